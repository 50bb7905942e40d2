#include "core/import/layers/layer_text.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/import/layers/layer_names.h"
#include "core/import/layers/layer_reader.h"
#include "core/import/layers/session_lines.h"
#include "core/import/text/word_meant.h"

namespace convscope::imports {
namespace {

// Layers that get a name, and are applied by it: "conv = nn.Conv2d(3, 8, 3)", then "y = conv(x)".
// Then they run in the order in which they are applied.
using Definitions = std::map<std::string, const PythonValue*, std::less<>>;

// "net.eval()", "x.shape": no layer, of something that has a name.
bool is_upkeep(const PythonValue& value, const Definitions& definitions) {
  const std::string_view word = last_name(value.word);
  const std::string_view base =
      std::string_view(value.word).substr(0, value.word.size() - word.size());
  if (base.empty()) {
    return false;
  }
  if (value.kind == PythonValue::Kind::kName) {
    return word == "shape";
  }
  return value.kind == PythonValue::Kind::kCall &&
         definitions.contains(base.substr(0, base.size() - 1)) &&
         is_one_of(word, {"to", "cuda", "cpu", "eval", "train", "half", "float", "double",
                          "requires_grad_", "parameters", "state_dict", "load_state_dict"});
}

bool is_definition(const PythonStatement& statement) {
  const PythonValue& value = statement.value;
  const std::string_view word = last_name(value.word);
  const bool layer = value.kind == PythonValue::Kind::kCall && !word.empty() &&
                     word.front() >= 'A' && word.front() <= 'Z' &&
                     !is_one_of(word, {"Input", "InputLayer"});
  return !statement.target.empty() && value.applied.empty() &&
         (layer || value.kind == PythonValue::Kind::kModule);
}

Definitions definitions_of(const std::vector<PythonStatement>& statements) {
  Definitions found;
  for (const PythonStatement& statement : statements) {
    if (is_definition(statement)) {
      found[statement.target] = &statement.value;
    }
  }
  return found;
}

bool applies_any(const PythonValue& value, const Definitions& definitions) {
  const auto applies = [&](const PythonArgument& item) {
    return applies_any(item.value, definitions);
  };
  return (value.kind == PythonValue::Kind::kCall && definitions.contains(value.word)) ||
         std::ranges::any_of(value.items, applies) || std::ranges::any_of(value.applied, applies);
}

bool applies_any(const std::vector<PythonStatement>& statements, const Definitions& definitions) {
  return std::ranges::any_of(statements, [&](const PythonStatement& statement) {
    return applies_any(statement.value, definitions);
  });
}

// What has been read so far.
struct Reading {
  LayerCollector collector;
  std::int64_t read = 0;
  bool order_assumed = false;
};

// Reads a network, or a module in it, whose names are its own.
class LayerTextReader {
 public:
  LayerTextReader(const PlainText& text, Reading& reading, const Definitions& definitions)
      : text_(text), reading_(reading), collector_(reading.collector), definitions_(definitions) {}

  // In the order in which the layers are applied if that is a chain, otherwise as defined.
  static void read_best(const PlainText& text, Reading& reading,
                        const std::vector<PythonStatement>& statements) {
    const Definitions definitions = definitions_of(statements);
    if (applies_any(statements, definitions)) {
      const Reading before = reading;
      try {
        LayerTextReader(text, reading, definitions).read_as_used(statements);
        return;
      } catch (const Failure&) {
        reading = before;  // not a chain: shortcuts, branches, loops
      }
    }
    LayerTextReader(text, reading, definitions).read(statements);
  }

 private:
  // In the order in which the layers are defined.
  void read(const std::vector<PythonStatement>& statements) {
    for (const PythonStatement& statement : statements) {
      if (!statement.in_forward && !turn_kernel(statement) && !is_no_step(statement)) {
        reading_.order_assumed = reading_.order_assumed || statement.as_defined;
        value(statement.value, statement.target, 0);
        names_.insert(statement.target);
      }
    }
  }

  // In the order in which they are applied. Throws a Failure unless that is a chain.
  void read_as_used(const std::vector<PythonStatement>& statements) {
    as_used_ = true;
    for (const PythonStatement& statement : statements) {
      const bool flip = is_flip(statement);
      if (!flip && !is_definition(statement) && !is_no_step(statement)) {
        expect_step(statement);
        value(statement.value, "", 0);
        map_ = statement.target.empty() ? map_ : statement.target;
      }
    }
    std::ranges::for_each(statements, [&](const auto& statement) { turn_kernel(statement); });
  }

  // A tensor that a later statement reads, or nothing that computes.
  bool is_no_step(const PythonStatement& statement) const {
    return (statement.used && makes_tensor(statement.value.word)) ||
           is_upkeep(statement.value, definitions_);
  }

  // "identity = x" keeps a map for later: no chain.
  void expect_step(const PythonStatement& statement) const {
    if (!statement.target.empty() && statement.value.kind == PythonValue::Kind::kName) {
      fail("layer_expected", statement.value);
    }
  }

  // What a layer is applied to: the map that was made last, or another layer's.
  void read_operand(const std::vector<PythonArgument>& arguments, int depth) {
    for (const PythonArgument& argument : arguments) {
      const PythonValue& operand = argument.value;
      if (operand.kind == PythonValue::Kind::kCall) {
        inner(operand, depth);
      } else if (as_used_ && operand.kind == PythonValue::Kind::kName) {
        expect_map(operand);
      }
    }
  }

  void expect_map(const PythonValue& name) {
    if (!map_.empty() && name.word != map_) {
      fail("layer_expected", name);
    }
    map_ = name.word;
  }

  [[noreturn]] void fail(const char* code, const PythonValue& value,
                         ProblemValues more = {}) const {
    more.emplace_back("word", value.kind == PythonValue::Kind::kCall
                                  ? value.word
                                  : text_.quoted(value.begin, value.end));
    throw Failure({code, "", text_.values_at(value.begin, std::move(more))});
  }

  static bool is_flip(const PythonStatement& statement) {
    return statement.value.kind == PythonValue::Kind::kCall &&
           last_name(statement.value.word) == "flip" &&
           statement.target.find(".weight") != std::string::npos;
  }

  // "conv.weight.data = torch.flip(conv.weight.data, (2, 3))".
  bool turn_kernel(const PythonStatement& statement) {
    if (!is_flip(statement)) {
      return false;
    }
    const std::string& target = statement.target;
    const std::size_t weight = target.rfind(".weight");
    collector_.flip(statement.value, last_name(std::string_view(target).substr(0, weight)));
    return true;
  }

  void value(const PythonValue& value, std::string_view name, int depth) {
    // Nested repeats, "(0-9): 10 x ...", multiply.
    if (++reading_.read == kMostRead) {
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
      case PythonValue::Kind::kModule:
        read_operand(value.applied, depth);
        read_best(text_, reading_, value.body);
        break;
      case PythonValue::Kind::kName:
        if (value.is_name("x") || value.is_name("inputs") || value.is_name("input") ||
            value.word == map_ || names_.contains(value.word)) {
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
    read_operand(call.applied, depth);
    const std::string_view word = last_name(call.word);
    if (is_beside(call.word)) {
      return;
    }
    if (is_aside(word)) {
      if (word == "Model") {
        read_operand(call.items, depth);  // "Model(inputs, ReLU()(x))"
      }
      return;
    }
    if (const auto known = definitions_.find(call.word); known != definitions_.end()) {
      read_operand(call.items, depth);
      if (as_used_) {
        value(*known->second, known->first, depth + 1);
      }
      return;
    }
    if (is_one_of(word, {"view", "reshape", "mean", "squeeze", "permute", "transpose"}) &&
        word.size() < call.word.size() && !call.word.starts_with("torch.")) {
      collector_.end(call);  // "x.view(x.size(0), -1)": its arguments are sizes
      return;
    }
    const bool function = !word.empty() && word.front() >= 'a' && word.front() <= 'z';
    if (is_container(word) || (is_growth(word) && word.size() < call.word.size())) {
      const std::size_t before = collector_.size();
      if (word == "add_module" && call.items.size() == 2) {
        value(call.items[1].value, call.items[0].value.word, depth + 1);
        return;
      }
      children(call.items, depth);
      if (collector_.size() == before + 1) {
        collector_.name_last(name);  // a padding layer and its convolution, in one Sequential
      }
      return;
    }
    if (function && !call.items.empty()) {
      read_operand({call.items[0]}, depth);
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
    } else if (read_array_function(collector_, text_, call) ||
               read_torch_layer(collector_, text_, call) ||
               read_torch_function(collector_, text_, call) ||
               (!is_from_torch(call.word) && read_keras_layer(collector_, text_, call)) ||
               read_flax_layer(collector_, text_, call)) {
      return;
    } else if (has_children(call)) {
      // A custom module: its layers are assumed to run in the order of their creation.
      reading_.order_assumed = true;
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
  Reading& reading_;
  LayerCollector& collector_;
  const Definitions& definitions_;
  bool as_used_ = false;
  std::string map_;                           // the name of what was computed last
  std::set<std::string, std::less<>> names_;  // assigned so far
};

LayerText read_lines(std::string_view text, const LayerTextOptions& options) {
  const PlainText plain(text);
  Reading reading{LayerCollector(plain, options)};
  LayerTextReader::read_best(plain, reading, parse_python(plain));
  LayerText found = reading.collector.finish();
  found.order_assumed = reading.order_assumed && found.layers.size() > 1;
  if (found.order_assumed) {
    found.remarks.push_back({"layer_order_assumed", "", plain.values_at(0)});
  }
  return found;
}

}  // namespace

Result<LayerText> read_layer_text(std::string_view text, const LayerTextOptions& options) {
  auto typed = as_result([&] { return read_lines(typed_lines(text), options); });
  const std::string printed = printed_lines(text);
  if (std::holds_alternative<Problem>(typed) && !printed.empty()) {
    // ">>> net" shows the layers in what it prints.
    auto shown = as_result([&] { return read_lines(printed, options); });
    return std::holds_alternative<Problem>(shown) ? typed : shown;
  }
  return typed;
}

}  // namespace convscope::imports
