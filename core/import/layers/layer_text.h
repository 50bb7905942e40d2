// Reads layers pasted as code or as the print-out of a network. Accepted are
//
// - PyTorch: nn.Conv1d/2d, ConvTranspose1d/2d, MaxPool1d/2d, AvgPool1d/2d, ReLU, Unfold, with or
//   without "nn.", and LazyConv and the like, whose input channels follow from the layer before;
//   ZeroPad, ConstantPad of 0, ReflectionPad, ReplicationPad and CircularPad, which are merged into
//   the convolution after them; nn.Sequential(...), with OrderedDict, lists, names, comments and
//   trailing commas; "self.conv1 = nn.Conv2d(...)", the lines of a class, and
//   "conv.weight.data = torch.flip(...)"; the repr of a module; F.conv2d(x, w, stride=2) and the
//   other functions. Layers that have a name and are applied by it, as in a class's forward, run in
//   that order if it is a chain, otherwise in the order of their definitions
// - Keras: Conv1D/2D, Conv1D/2DTranspose, DepthwiseConv2D, MaxPooling, AveragePooling, ReLU,
//   Activation("relu"), ZeroPadding2D, Input, Sequential([...]), model.add(...)
// - Flax: nn.Conv, nn.ConvTranspose, nnx.Conv, nn.max_pool, nn.avg_pool, nn.relu
// - functions of arrays: tf.nn.conv2d, depthwise_conv2d, max_pool2d, avg_pool2d; lax.conv,
//   lax.conv_general_dilated
//
// Functions and classes that the text defines are followed where they are called (python_text.h).
// The text may be a session with an interpreter, or a block of Markdown.
//
// Layers that don't change an untrained network's maps (Dropout, Identity, batch norm) are left out
// with a remark, as are activations other than ReLU. From the first layer on that isn't computed by
// windows (Flatten, Linear, ...) the rest is left out with a remark; if it is the very first layer,
// it is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/conv/layer_spec.h"
#include "core/import/text/plain_text.h"
#include "core/import/text/result.h"
#include "core/tensor/problem.h"

namespace convscope::imports {

struct PastedLayer {
  std::string name;  // "conv1"; may be empty
  // in_channels 0: not given; see complete(). A pool may have the padding kSameTf (Keras' "same"),
  // which complete() also resolves.
  conv::LayerSpec spec;
  bool one_dimensional = false;
  std::int64_t filters_per_channel = 0;                 // of Keras' DepthwiseConv2D; else 0
  Place place;                                          // of its call
  std::vector<std::pair<std::string, Place>> settings;  // the place of each setting in the text
};

struct LayerText {
  std::vector<PastedLayer> layers;  // at least one; all 1d or all 2d
  Shape input;                      // as far as the text gives it; otherwise 0
  bool order_assumed = false;       // as in the remark "layer_order_assumed"
  // What was left out or assumed; each has "row" and "column", and a sentence like a problem.
  std::vector<Problem> remarks;
};

struct LayerTextOptions {
  std::optional<Shape> weight;  // of `w` in F.conv2d(x, w); without it one filter of 3x3
};

inline constexpr std::size_t kMostPastedLayers = 200;

// A Problem "layer_*" has "row" and "column", counted from 1, in its values.
Result<LayerText> read_layer_text(std::string_view text, const LayerTextOptions& options = {});

}  // namespace convscope::imports
