// Layers that somebody pastes as code or as the print-out of a network. Read are
//
//   - PyTorch: nn.Conv1d/2d, ConvTranspose1d/2d, MaxPool1d/2d, AvgPool1d/2d, ReLU, Unfold, with or
//     without "nn.", and LazyConv and the like, whose input channels the layer before tells;
//     ZeroPad, ConstantPad of 0, ReflectionPad, ReplicationPad and CircularPad, which the
//     convolution behind them takes over; nn.Sequential(...), with OrderedDict, lists, names,
//     comments and trailing commas; "self.conv1 = nn.Conv2d(...)", the lines of a class, and
//     "conv.weight.data = torch.flip(...)"; the repr of a module; F.conv2d(x, w, stride=2) and the
//     other functions
//   - Keras: Conv1D/2D, Conv1D/2DTranspose, DepthwiseConv2D, MaxPooling, AveragePooling, ReLU,
//     Activation("relu"), ZeroPadding2D, Input, Sequential([...]), model.add(...)
//   - Flax: nn.Conv, nn.ConvTranspose, nn.max_pool, nn.avg_pool, nn.relu
//
// What leaves a fresh network's maps alone (Dropout, Identity, batch norm) is left out with a
// remark, and so are activations other than ReLU. From the first layer on that isn't told by
// windows (Flatten, Linear, ...) the rest is left out with a remark; if nothing stands before it,
// it is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/conv/layer_spec.h"
#include "core/import/plain_text.h"
#include "core/import/result.h"
#include "core/tensor/problem.h"

namespace convscope::imports {

struct PastedLayer {
  std::string name;  // "conv1"; may be empty
  // in_channels 0: not said; see complete(). A pool may have the padding kSameTf (Keras' "same"),
  // which complete() resolves, too.
  conv::LayerSpec spec;
  bool one_dimensional = false;
  std::int64_t filters_per_channel = 0;                 // of Keras' DepthwiseConv2D; else 0
  Place place;                                          // where its call stands
  std::vector<std::pair<std::string, Place>> settings;  // where what was said about it stands
};

struct LayerText {
  std::vector<PastedLayer> layers;  // at least one; of all 1d or all 2d
  Shape input;                      // as far as the text says; 0 where it doesn't
  bool order_assumed = false;       // as the remark "layer_order_assumed" says
  // What was left out or assumed: each with "row" and "column", and a sentence as problems have.
  std::vector<Problem> remarks;
};

struct LayerTextOptions {
  std::optional<Shape> weight;  // of the `w` in F.conv2d(x, w); without it 1 filter of 3x3
};

inline constexpr std::size_t kMostPastedLayers = 200;

// A Problem "layer_*" has "row" and "column", counted from 1, in its values.
Result<LayerText> read_layer_text(std::string_view text, const LayerTextOptions& options = {});

}  // namespace convscope::imports
