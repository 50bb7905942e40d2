// Calls and brackets of pasted Python.
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/import/layers/call_arguments.h"
#include "core/import/layers/python_blocks.h"
#include "core/import/layers/python_values.h"
#include "core/tensor/number_text.h"

namespace convscope::imports {
namespace {

PythonValue whole_value(const PythonValue& at, std::int64_t whole) {
  PythonValue found;
  found.kind = PythonValue::Kind::kWhole;
  found.begin = at.begin;
  found.whole = whole;
  return found;
}

// len(), int(), round(), min(), max() and dict() of what is known.
std::optional<PythonValue> computed_call(const PythonValue& call) {
  if (call.items.empty()) {
    return std::nullopt;
  }
  if (call.word == "dict" && std::ranges::none_of(call.items, [](const PythonArgument& item) {
        return item.name.empty();
      })) {
    PythonValue settings = call;  // "dict(kernel_size=3)"
    settings.kind = PythonValue::Kind::kDict;
    return settings;
  }
  const PythonValue& first = call.items[0].value;
  if (call.word == "len" &&
      (first.kind == PythonValue::Kind::kList || first.kind == PythonValue::Kind::kTuple)) {
    std::int64_t count = 0;
    for (const PythonArgument& item : first.items) {
      count += item.repeated;
    }
    return whole_value(call, count);
  }
  const std::string_view rounding = last_name(call.word);
  if (const auto real = number_of(first);
      real && call.items.size() == 1 && std::abs(*real) <= static_cast<double>(kMostComputed)) {
    // Python rounds halves to even, as nearbyint() does.
    const std::optional<double> rounded = rounding == "int"     ? std::trunc(*real)
                                          : rounding == "round" ? std::nearbyint(*real)
                                          : rounding == "ceil"  ? std::ceil(*real)
                                          : rounding == "floor" ? std::floor(*real)
                                                                : std::optional<double>();
    if (rounded) {
      return whole_value(call, static_cast<std::int64_t>(*rounded));
    }
  }
  const bool whole = std::ranges::all_of(call.items, [](const PythonArgument& item) {
    return item.value.kind == PythonValue::Kind::kWhole;
  });
  if (!whole || (call.word != "min" && call.word != "max")) {
    return std::nullopt;
  }
  std::int64_t result = first.whole;
  for (const PythonArgument& item : call.items) {
    const std::int64_t other = item.value.whole;
    result = call.word == "min"   ? std::min(result, other)
             : call.word == "max" ? std::max(result, other)
                                  : result;
  }
  return whole_value(call, result);
}

}  // namespace

void PythonValues::call(PythonValue& found, int depth) {
  found.kind = PythonValue::Kind::kCall;
  const std::size_t open = at_++;
  items(found.items, ')', depth, open);
  found.end = at_;
  rename(found);
  if (const auto result = computed_call(found)) {
    found = *result;
    return;
  }
  if (found.word == "float" && found.items.size() == 1 && number_of(found.items[0].value)) {
    PythonValue same = found.items[0].value;
    found = std::move(same);
    return;
  }
  call_defined(found, depth);
  while (true) {
    if (peek() == '(') {
      const std::size_t second = at_++;
      items(found.applied, ')', depth, second);
    } else if (peek() == '.') {
      method(depth);
    } else {
      return;
    }
  }
}

// "conv(3, 8)" after "conv = nn.Conv2d" or "conv = partial(nn.Conv2d, kernel_size=3)".
void PythonValues::rename(PythonValue& call) {
  constexpr int kMostNames = 8;
  for (int i = 0; i < kMostNames; ++i) {
    const PythonValue* meant = known(call.word);
    if (meant == nullptr) {
      return;
    }
    const bool partial = meant->kind == PythonValue::Kind::kCall && !meant->items.empty() &&
                         last_name(meant->word) == "partial";
    if (partial) {
      spend(size_of(*meant));
      std::vector<PythonArgument> all(meant->items.begin() + 1, meant->items.end());
      for (PythonArgument& given : call.items) {
        std::erase_if(all, [&](const PythonArgument& usual) {
          return !usual.name.empty() && usual.name == given.name;
        });
        const auto named =
            std::ranges::find_if(all, [](const auto& item) { return !item.name.empty(); });
        all.insert(given.name.empty() ? named : all.end(), std::move(given));
      }
      call.word = meant->items[0].value.word;
      call.items = std::move(all);
    } else if (meant->kind == PythonValue::Kind::kName && meant->word != call.word) {
      call.word = meant->word;
    } else {
      return;
    }
  }
}

// ".to(device)", ".shape" and others that change no layer.
void PythonValues::method(int depth) {
  const std::size_t begin = ++at_;
  const std::string word = name();
  for (const char* harmless :
       {"to",         "cuda",   "cpu",          "eval",       "train",          "float",
        "double",     "half",   "bfloat16",     "apply",      "requires_grad_", "shape",
        "size",       "dtype",  "weight.shape", "bias.shape", "weight.size",    "parameters",
        "state_dict", "detach", "numpy",        "compile",    "summary"}) {
    if (word == harmless) {
      if (peek() == '(') {
        const std::size_t open = at_++;
        std::vector<PythonArgument> ignored;
        items(ignored, ')', depth, open);
      }
      return;
    }
  }
  unexpected(begin);
}

// Reads up to and including `closer`; returns whether a comma came before it.
bool PythonValues::items(std::vector<PythonArgument>& found, char closer, int depth,
                         std::size_t open) {
  bool comma = comprehension(found, depth);
  while (true) {
    skip_space(true);
    if (at_end()) {
      fail("layer_text_unclosed", open, {{"bracket", std::string(1, chars_[open])}});
    }
    if (peek() == closer) {
      ++at_;
      return comma;
    }
    if (!spread(found, depth)) {
      found.push_back(argument(depth));
    }
    comma = false;
    skip_space(true);
    if (peek() == ',') {
      ++at_;
      comma = true;
    } else if (peek() != closer && (found.empty() || !found.back().child) && !next_is_child()) {
      if (at_end()) {
        continue;
      }
      unexpected(at_);
    }
  }
}

// "*layers" and "**settings" of what is known are its items; of other names the latter is nothing.
bool PythonValues::spread(std::vector<PythonArgument>& found, int depth) {
  if (peek() != '*') {
    return false;
  }
  const bool settings = starts_line("**");
  PythonValue all = value(depth + 1);
  const bool listed = all.kind == PythonValue::Kind::kList || all.kind == PythonValue::Kind::kTuple;
  if (settings ? all.kind == PythonValue::Kind::kDict : listed) {
    std::ranges::move(all.items, std::back_inserter(found));
  } else if (!settings) {
    PythonArgument item;
    item.begin = all.begin;
    item.value = std::move(all);
    found.push_back(std::move(item));
  }
  return true;
}

// "nn.Conv2d(8, 8, 3) for _ in range(3)", between brackets.
bool PythonValues::comprehension(std::vector<PythonArgument>& found, int depth) {
  const std::size_t begin = at_;
  const std::size_t loop = find_comprehension(chars_, at_);
  if (loop == std::string_view::npos) {
    return false;
  }
  at_ = loop + 4;
  skip_space(true);
  const std::vector<std::string> names = targets();
  if (!take_word("in", true)) {
    unexpected(loop);
  }
  skip_space(true);
  const PythonValue over = value(depth + 1);
  const std::vector<PythonValue> all = each(over);
  if (static_cast<std::int64_t>(all.size()) > kMostRepeats) {
    fail("layer_text_too_many", over.begin, {{"limit", kMostRepeats}});
  }
  skip_space(true);
  const std::size_t filter = starts_line("if ") ? at_ : 0;
  std::size_t end = at_;
  for (const PythonValue& one : all) {
    spend(1);
    assign_all(names, one);
    if (filter != 0) {
      at_ = filter + 3;
      const bool holds = condition(depth + 1, true);
      end = at_;
      if (!holds) {
        continue;
      }
    }
    at_ = begin;
    skip_space(true);
    found.push_back(argument(depth));
    skip_space(true);
    if (at_ != loop) {
      unexpected(at_);
    }
  }
  at_ = filter != 0 && all.empty() ? find_outside(chars_, filter, ",") : end;
  return true;
}

std::optional<PythonArgument> PythonValues::child_label() {
  if (peek() != '(') {
    return std::nullopt;
  }
  const std::size_t close = chars_.find(')', at_);
  const std::string_view label =
      close == std::string_view::npos ? "" : chars_.substr(at_ + 1, close - at_ - 1);
  const bool good =
      !label.empty() && close + 1 < chars_.size() && chars_[close + 1] == ':' &&
      std::ranges::all_of(label, [](char c) { return is_name_part(c) || c == '.' || c == '-'; });
  if (!good) {
    return std::nullopt;
  }
  PythonArgument child;
  child.name = label;
  child.child = true;
  at_ = close + 2;
  skip_space(true);
  const auto count = leading_number(chars_.substr(at_));
  if (count && chars_.substr(at_ + count->length).starts_with(" x ")) {
    if (count->too_large || count->value < 1 || count->value > static_cast<double>(kMostRepeats)) {
      fail("layer_text_too_many", at_, {{"limit", kMostRepeats}});
    }
    child.repeated = static_cast<std::int64_t>(count->value);
    at_ += count->length + 3;
    skip_space(true);
  }
  return child;
}

// A repr prints its children on separate lines, without commas.
bool PythonValues::next_is_child() {
  const std::size_t begin = at_;
  const bool child = child_label().has_value();
  at_ = begin;
  return child;
}

// Where "stride" ends in "stride=2"; `at_` if no keyword is here.
std::size_t PythonValues::keyword_end() const {
  std::size_t end = at_;
  while (end < chars_.size() && (end == at_ ? is_name_start : is_name_part)(chars_[end])) {
    ++end;
  }
  const std::size_t sign = std::min(chars_.find_first_not_of(" \t", end), chars_.size());
  const std::string_view rest = chars_.substr(sign);
  return rest.starts_with('=') && !rest.starts_with("==") ? end : at_;
}

PythonArgument PythonValues::argument(int depth) {
  if (auto child = child_label()) {
    child->value = value(depth + 1);
    return std::move(*child);
  }
  PythonArgument found;
  const std::size_t begin = at_;
  found.begin = begin;
  if (const std::size_t name_end = keyword_end(); name_end > begin) {
    found.name = chars_.substr(begin, name_end - begin);
    at_ = chars_.find('=', name_end) + 1;
    skip_space(true);
  }
  found.value = expression(depth + 1, true);
  skip_space(true);
  if (peek() == ':' && found.value.kind == PythonValue::Kind::kText) {
    ++at_;
    skip_space(true);
    found.name = found.value.word;
    found.value = expression(depth + 1, true);
  }
  return found;
}

}  // namespace convscope::imports
