// A layer with weights, expressed as the plain convolution that computes the same map; the flat
// view shows it.
//
// A transposed convolution inserts stride - 1 zeros between the cells of its input ("stretches"
// it), pads it with dilated - 1 - padding cells (plus output_padding at the end), and slides the
// kernel, turned by 180 degrees, over it with stride 1. A true convolution turns its kernel. Any
// other layer is returned unchanged. Source: Dumoulin and Visin, "A guide to convolution
// arithmetic", section 4.
#pragma once

#include <optional>

#include "core/conv/layer_spec.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

struct AsConvolution {
  LayerSpec spec;  // kConv without flip, or the layer's own (fitted) when it has no weights.
                   // Pads may be negative here: the map is cropped.
  Tensor input;    // (N, C, H', W'): the equivalent input
  Tensor weight;  // (K, C/groups, kh, kw) as it lies on the equivalent input; empty without weights
  Size2 stretch = {1, 1};  // real cells of the equivalent input are at multiples of it
  bool flipped = false;    // whether weight is the layer's own turned by 180 degrees
};

AsConvolution as_convolution(const Tensor& input, const Tensor& weight, const LayerSpec& spec);

// Only the weight; empty without weights.
Tensor equivalent_weight(const Tensor& weight, const LayerSpec& spec);

// Without values: the spec and the shape of the equivalent input.
LayerSpec equivalent_spec(const LayerSpec& spec, const Shape& input);
Shape equivalent_input_shape(const LayerSpec& spec, const Shape& input);

// Map places in the equivalent tensors to places in the layer's own. Accept any index.
// The real cell behind an equivalent cell; nullopt for an inserted zero and for the padding of a
// stretched input. For any other layer, padding cells keep their place.
std::optional<Index> own_input_at(const LayerSpec& spec, const Shape& input,
                                  const Index& equivalent);
Index equivalent_input_at(const LayerSpec& spec, const Index& own);
Index own_weight_at(const LayerSpec& spec, const Index& equivalent);  // (k, c, i, j) -> the layer's
Index equivalent_weight_at(const LayerSpec& spec, const Index& own);

}  // namespace convscope::conv
