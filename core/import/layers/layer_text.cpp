#include "core/import/layers/layer_text.h"

#include <algorithm>
#include <utility>

#include "core/import/layers/layer_reader.h"
#include "core/import/text/word_meant.h"

namespace convscope::imports {
namespace {

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

// Layers that don't change the maps of an untrained network in evaluation mode.
bool is_harmless(std::string_view name) {
  return is_one_of(
      name, {"Identity", "Dropout", "Dropout1d", "Dropout2d", "AlphaDropout", "FeatureAlphaDropout",
             "SpatialDropout1D", "SpatialDropout2D", "BatchNorm1d", "BatchNorm2d", "SyncBatchNorm",
             "LazyBatchNorm1d", "LazyBatchNorm2d", "FrozenBatchNorm2d", "BatchNormalization",
             "BatchNorm", "DropPath", "StochasticDepth", "dropout"});
}

// Layers that change every value, but no shape.
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

// Layers that are not computed by windows, or change shapes in ways that we don't show.
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
                          "softmax",
                          "log_softmax",
                          "linear",
                          "interpolate",
                          "adaptive_avg_pool2d"});
}

bool is_container(std::string_view name) {
  return is_one_of(name, {"Sequential", "ModuleList", "OrderedDict", "list", "tuple"});
}

// Calls around a network that don't create layers.
bool is_aside(std::string_view name) {
  return is_one_of(name, {"Model", "compile", "summary", "build", "print", "manual_seed"});
}

class LayerTextReader {
 public:
  LayerTextReader(const PlainText& text, const LayerTextOptions& options)
      : text_(text), collector_(text, options) {}

  LayerText read() {
    for (const PythonStatement& statement : parse_python(text_)) {
      if (!turn_kernel(statement)) {
        order_assumed_ = order_assumed_ || statement.as_defined;
        value(statement.value, statement.target, 0);
      }
    }
    LayerText found = collector_.finish();
    found.order_assumed = order_assumed_ && found.layers.size() > 1;
    if (found.order_assumed) {
      found.remarks.push_back({"layer_order_assumed", "", text_.values_at(0)});
    }
    return found;
  }

 private:
  [[noreturn]] void fail(const char* code, const PythonValue& value,
                         ProblemValues more = {}) const {
    more.emplace_back("word", value.kind == PythonValue::Kind::kCall
                                  ? value.word
                                  : text_.quoted(value.begin, value.end));
    throw Failure({code, "", text_.values_at(value.begin, std::move(more))});
  }

  // "conv.weight.data = torch.flip(conv.weight.data, (2, 3))".
  bool turn_kernel(const PythonStatement& statement) {
    const std::string& target = statement.target;
    const bool flip = statement.value.kind == PythonValue::Kind::kCall &&
                      last_name(statement.value.word) == "flip";
    const std::size_t weight = target.rfind(".weight");
    if (!flip || weight == std::string::npos) {
      return false;
    }
    collector_.flip(statement.value, last_name(std::string_view(target).substr(0, weight)));
    return true;
  }

  void value(const PythonValue& value, std::string_view name, int depth) {
    // Nested repeats, "(0-9): 10 x ...", multiply.
    if (++read_ == kMostRead) {
      fail("layer_text_too_many", value, {{"limit", std::int64_t{kMostRead}}});
    }
    switch (value.kind) {
      case PythonValue::Kind::kCall:
        call(value, name, depth);
        break;
      case PythonValue::Kind::kList:
      case PythonValue::Kind::kDict:
        children(value.items, depth);
        break;
      case PythonValue::Kind::kTuple:
        pair_or_children(value, depth);
        break;
      case PythonValue::Kind::kName:
        if (value.is_name("x") || value.is_name("inputs") || value.is_name("input")) {
          break;
        }
        [[fallthrough]];
      default:
        fail("layer_expected", value);
    }
  }

  // ("conv1", nn.Conv2d(...)), an entry of an OrderedDict, or a tuple of layers.
  void pair_or_children(const PythonValue& tuple, int depth) {
    if (tuple.items.size() == 2 && tuple.items[0].value.kind == PythonValue::Kind::kText) {
      value(tuple.items[1].value, tuple.items[0].value.word, depth + 1);
    } else {
      children(tuple.items, depth);
    }
  }

  void children(const std::vector<PythonArgument>& items, int depth) {
    for (const PythonArgument& item : items) {
      const bool title = item.name == "name" && item.value.kind == PythonValue::Kind::kText;
      if (title || (item.child && item.value.word == "None")) {
        continue;
      }
      for (std::int64_t i = 0; i < item.repeated; ++i) {
        // A child's number in a repr is not a name.
        const bool number = !item.name.empty() && is_digit(item.name.front());
        value(item.value, number ? "" : item.name, depth + 1);
      }
    }
  }

  void call(const PythonValue& call, std::string_view name, int depth) {
    // "Conv2D(8, 3)(x)", "F.relu(F.conv2d(x, w))": inner calls come first.
    for (const PythonArgument& argument : call.applied) {
      if (argument.value.kind == PythonValue::Kind::kCall) {
        value(argument.value, "", depth + 1);
      }
    }
    const std::string_view word = last_name(call.word);
    if (is_aside(word)) {
      return;
    }
    const bool function = !word.empty() && word.front() >= 'a' && word.front() <= 'z';
    if (is_container(word) || (word == "add" && call.items.size() == 1)) {
      const std::size_t before = collector_.size();
      children(call.items, depth);
      if (collector_.size() == before + 1) {
        collector_.name_last(name);  // a padding layer and its convolution, in one Sequential
      }
      return;
    }
    if (function && !call.items.empty() && call.items[0].value.kind == PythonValue::Kind::kCall) {
      inner(call.items[0].value, depth);
    }
    layer(call, name, depth);
  }

  // The first argument of a function: a layer, or a call that creates a tensor.
  void inner(const PythonValue& input, int depth) {
    if (makes_tensor(input.word)) {
      made_input(input);
    } else {
      call(input, "", depth + 1);
    }
  }

  void made_input(const PythonValue& tensor) {
    if (const auto shape = shape_of_made_tensor(tensor, false)) {
      collector_.input(*shape);
    }
  }

  void layer(const PythonValue& call, std::string_view name, int depth) {
    const std::string_view word = last_name(call.word);
    collector_.name(name);
    if (is_harmless(word)) {
      collector_.remark("layer_left_out", call);
    } else if (is_activation(word)) {
      collector_.remark("layer_activation_left_out", call);
    } else if (is_foreign(word)) {
      collector_.end(call);
    } else if (read_torch_layer(collector_, text_, call) ||
               read_torch_function(collector_, text_, call) ||
               (!is_from_torch(call.word) && read_keras_layer(collector_, text_, call)) ||
               read_flax_layer(collector_, text_, call)) {
      return;
    } else if (has_children(call)) {
      // A custom module: its layers are assumed to run in the order of their creation.
      order_assumed_ = true;
      children(call.items, depth);
    } else if (makes_tensor(call.word)) {
      made_input(call);
    } else {
      refuse(call);
    }
  }

  // "nn.Conv2D" is neither PyTorch nor Keras, whose arguments are in different orders.
  static bool is_from_torch(std::string_view word) {
    return word.starts_with("nn.") || word.starts_with("torch.");
  }

  static bool has_children(const PythonValue& call) {
    return !call.items.empty() &&
           std::ranges::all_of(call.items, [](const PythonArgument& item) { return item.child; });
  }

  [[noreturn]] void refuse(const PythonValue& call) const {
    std::vector<std::string_view> names = kTorchNames;
    if (!is_from_torch(call.word)) {
      names.insert(names.end(), kKerasNames.begin(), kKerasNames.end());
    }
    if (call.word.starts_with("self.")) {
      fail("layer_undefined", call);
    }
    const std::string_view meant = word_meant(last_name(call.word), names);
    if (!meant.empty()) {
      fail("layer_unknown_near", call, {{"nearest", std::string(meant)}});
    }
    fail("layer_unknown", call);
  }

  // Layers and containers, including those left out. No network has this many.
  static constexpr std::int64_t kMostRead = 20'000;

  const PlainText& text_;
  LayerCollector collector_;
  std::int64_t read_ = 0;
  bool order_assumed_ = false;
};

}  // namespace

Result<LayerText> read_layer_text(std::string_view text, const LayerTextOptions& options) {
  return as_result([&] {
    const PlainText plain(text);
    return LayerTextReader(plain, options).read();
  });
}

}  // namespace convscope::imports
