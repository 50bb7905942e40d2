// A layer with weights, as the plain convolution that computes the same map: what the flat view
// shows.
//
// A transposed convolution puts stride - 1 zeros between the cells of its input ("stretches" it),
// pads it with dilated - 1 - padding cells (and output_padding more at the end), and lets the
// kernel, turned by 180 degrees, slide over it with stride 1. A true convolution turns its kernel.
// Any other layer is itself. Source: Dumoulin and Visin, "A guide to convolution arithmetic",
// section 4.
#pragma once

#include <optional>

#include "core/conv/layer_spec.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

struct AsConvolution {
  LayerSpec spec;  // kConv without flip, or the layer's own (fitted) when it has no weights.
                   // Pads may be negative here: the map is cut
  Tensor input;    // (N, C, H', W'): the equivalent input
  Tensor weight;  // (K, C/groups, kh, kw) as it lies on the equivalent input; empty without weights
  Size2 stretch = {1, 1};  // real cells of the equivalent input stand at multiples of it
  bool flipped = false;    // whether weight is the layer's own turned by 180 degrees
};

AsConvolution as_convolution(const Tensor& input, const Tensor& weight, const LayerSpec& spec);

// Its weight alone; empty without weights.
Tensor equivalent_weight(const Tensor& weight, const LayerSpec& spec);

// The same without values: the shape of the equivalent input, and its spec.
LayerSpec equivalent_spec(const LayerSpec& spec, const Shape& input);
Shape equivalent_input_shape(const LayerSpec& spec, const Shape& input);

// Places in the equivalent tensors and in the layer's own. Total.
// An equivalent cell's real cell; nothing for an inserted zero. Cells in the padding of a stretched
// input are nothing too; of any other layer they keep their place.
std::optional<Index> own_input_at(const LayerSpec& spec, const Shape& input,
                                  const Index& equivalent);
Index equivalent_input_at(const LayerSpec& spec, const Index& own);
Index own_weight_at(const LayerSpec& spec, const Index& equivalent);  // (k, c, i, j) -> the layer's
Index equivalent_weight_at(const LayerSpec& spec, const Index& own);

}  // namespace convscope::conv
