#include "core/import/layers/layer_names.h"

#include <algorithm>

#include "core/import/text/word_meant.h"

namespace convscope::imports {

bool is_harmless(std::string_view name) {
  return is_one_of(
      name, {"Identity", "Dropout", "Dropout1d", "Dropout2d", "AlphaDropout", "FeatureAlphaDropout",
             "SpatialDropout1D", "SpatialDropout2D", "BatchNorm1d", "BatchNorm2d", "SyncBatchNorm",
             "LazyBatchNorm1d", "LazyBatchNorm2d", "FrozenBatchNorm2d", "BatchNormalization",
             "BatchNorm", "DropPath", "StochasticDepth", "dropout"});
}

bool is_activation(std::string_view name) {
  return is_one_of(name, {"LeakyReLU",
                          "PReLU",
                          "RReLU",
                          "ELU",
                          "SELU",
                          "CELU",
                          "GELU",
                          "SiLU",
                          "Mish",
                          "Sigmoid",
                          "Tanh",
                          "Softplus",
                          "Softsign",
                          "Hardswish",
                          "Hardsigmoid",
                          "Hardtanh",
                          "ReLU6",
                          "LogSigmoid",
                          "GroupNorm",
                          "InstanceNorm1d",
                          "InstanceNorm2d",
                          "LocalResponseNorm",
                          "LayerNormalization",
                          "leaky_relu",
                          "gelu",
                          "silu",
                          "swish",
                          "sigmoid",
                          "tanh",
                          "elu",
                          "selu",
                          "softplus",
                          "hard_swish",
                          "LayerNorm2d"});
}

bool is_foreign(std::string_view name) {
  return is_one_of(name, {"Flatten",
                          "Linear",
                          "LazyLinear",
                          "Bilinear",
                          "Dense",
                          "Softmax",
                          "LogSoftmax",
                          "Softmax2d",
                          "AdaptiveAvgPool1d",
                          "AdaptiveAvgPool2d",
                          "AdaptiveMaxPool1d",
                          "AdaptiveMaxPool2d",
                          "GlobalAveragePooling1D",
                          "GlobalAveragePooling2D",
                          "GlobalMaxPooling1D",
                          "GlobalMaxPooling2D",
                          "Upsample",
                          "UpSampling1D",
                          "UpSampling2D",
                          "UpsamplingNearest2d",
                          "UpsamplingBilinear2d",
                          "PixelShuffle",
                          "PixelUnshuffle",
                          "Conv3d",
                          "ConvTranspose3d",
                          "MaxPool3d",
                          "AvgPool3d",
                          "Conv3D",
                          "Conv3DTranspose",
                          "MaxPooling3D",
                          "AveragePooling3D",
                          "LSTM",
                          "GRU",
                          "RNN",
                          "Embedding",
                          "TransformerEncoderLayer",
                          "MultiheadAttention",
                          "MultiHeadAttention",
                          "LayerNorm",
                          "Fold",
                          "Unflatten",
                          "Reshape",
                          "LPPool2d",
                          "FractionalMaxPool2d",
                          "MaxUnpool2d",
                          "flatten",
                          "view",
                          "reshape",
                          "softmax",
                          "log_softmax",
                          "linear",
                          "interpolate",
                          "adaptive_avg_pool2d"});
}

bool is_container(std::string_view name) {
  return is_one_of(name,
                   {"Sequential", "ModuleList", "ModuleDict", "OrderedDict", "list", "tuple"});
}

bool is_growth(std::string_view name) {
  return is_one_of(name, {"add", "append", "extend", "add_module"});
}

bool is_aside(std::string_view name) {
  return name.ends_with("Loss") ||
         is_one_of(name, {"Model", "compile", "summary", "build", "print", "manual_seed"});
}

bool is_beside(std::string_view name) {
  constexpr std::string_view kPlaces[] = {
      "torch.optim.", "optim.", "torch.utils.", "torchvision.", "transforms.", "datasets.",
      "np.",          "numpy.", "plt.",         "os.",          "time.",       "random."};
  const std::size_t dot = name.rfind('.');
  const std::string_view owner = dot == std::string_view::npos ? "" : name.substr(0, dot);
  const bool method = !owner.empty() && owner.find('.') == std::string_view::npos &&
                      is_one_of(owner, {"optimizer", "optim", "loss", "scheduler", "criterion",
                                        "writer", "scaler", "trainer", "opt"});
  return method || std::ranges::any_of(
                       kPlaces, [&](std::string_view place) { return name.starts_with(place); });
}

}  // namespace convscope::imports
