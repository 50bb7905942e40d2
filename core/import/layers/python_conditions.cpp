// Conditions and loops of pasted Python.
#include <algorithm>
#include <utility>

#include "core/import/layers/python_blocks.h"
#include "core/import/layers/python_values.h"

namespace convscope::imports {
namespace {

bool is_constant(const PythonValue& value) {
  return value.is_name("None") || value.is_name("True") || value.is_name("False");
}

// nullopt for what only a run of the program would tell.
std::optional<bool> truth(const PythonValue& value) {
  switch (value.kind) {
    case PythonValue::Kind::kWhole:
      return value.whole != 0;
    case PythonValue::Kind::kText:
      return !value.word.empty();
    case PythonValue::Kind::kName:
      return is_constant(value) ? std::optional(value.is_name("True")) : std::nullopt;
    case PythonValue::Kind::kTuple:
    case PythonValue::Kind::kList:
    case PythonValue::Kind::kDict:
      return !value.items.empty();
    case PythonValue::Kind::kModule:
      return true;
    case PythonValue::Kind::kCall:
    case PythonValue::Kind::kReal:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<bool> equal(const PythonValue& a, const PythonValue& b) {
  using Kind = PythonValue::Kind;
  if (a.kind == Kind::kWhole && b.kind == Kind::kWhole) {
    return a.whole == b.whole;
  }
  if (a.kind == Kind::kText && b.kind == Kind::kText) {
    return a.word == b.word;
  }
  if (a.kind == Kind::kName && b.kind == Kind::kName) {
    const bool known = (is_constant(a) && is_constant(b)) || a.word == b.word;
    return known ? std::optional(a.word == b.word) : std::nullopt;
  }
  // "64 == 'M'", "conv is None".
  const auto definite = [](const PythonValue& value) {
    return is_constant(value) || (value.kind != Kind::kName && value.kind != Kind::kCall);
  };
  const bool none = a.is_name("None") || b.is_name("None");
  const bool objects = a.kind != Kind::kName || b.kind != Kind::kName;
  const bool differ = a.kind != b.kind && definite(a) && definite(b);
  const bool called = a.kind == Kind::kCall || b.kind == Kind::kCall;
  return differ || (none && objects && called) ? std::optional(false) : std::nullopt;
}

std::optional<bool> negated(std::optional<bool> known) {
  return known ? std::optional(!*known) : std::nullopt;
}

std::optional<bool> is_among(const PythonValue& value, const PythonValue& list) {
  bool all_known = list.kind == PythonValue::Kind::kList || list.kind == PythonValue::Kind::kTuple;
  for (const PythonArgument& item : list.items) {
    const auto same = equal(value, item.value);
    if (same == true) {
      return true;
    }
    all_known = all_known && same.has_value();
  }
  return all_known ? std::optional(false) : std::nullopt;
}

std::optional<bool> ordered(const PythonValue& a, std::string_view sign, const PythonValue& b) {
  if (a.kind != PythonValue::Kind::kWhole || b.kind != PythonValue::Kind::kWhole) {
    return std::nullopt;
  }
  if (sign == "<" || sign == "<=") {
    return sign == "<" ? a.whole < b.whole : a.whole <= b.whole;
  }
  return sign == ">" ? a.whole > b.whole : a.whole >= b.whole;
}

}  // namespace

bool PythonValues::take_word(std::string_view word, bool lines) {
  const std::size_t begin = at_;
  skip_space(lines);
  const std::size_t end = at_ + word.size();
  if (!starts_line(word) || (end < chars_.size() && is_name_part(chars_[end]))) {
    at_ = begin;
    return false;
  }
  at_ = end;
  skip_space(lines);
  return true;
}

// Whether a sign that compares comes next, or "and".
bool PythonValues::is_compared() {
  for (const char* sign : {"==", "!=", "<=", ">=", "<", ">", "is ", "in ", "not in ", "and "}) {
    if (starts_line(sign)) {
      return true;
    }
  }
  return false;
}

PythonValue PythonValues::expression(int depth, bool lines) {
  const std::size_t begin = at_;
  const bool negation = starts_line("not ");
  PythonValue left = negation ? PythonValue{} : value(depth);
  skip_space(lines);
  if (negation || is_compared()) {
    at_ = begin;
    const auto holds = alternatives(depth, lines);
    left = {};
    left.begin = begin;
    left.end = at_;
    left.word = !holds ? text_.quoted(begin, at_) : *holds ? "True" : "False";
  }
  while (true) {
    skip_space(lines);
    const std::size_t here = at_;
    if (starts_line("or ")) {
      take_word("or", lines);
      PythonValue right = value(depth);
      const auto holds = truth(left);
      if (!holds) {
        fail("layer_text_undecided", left.begin, {{"word", text_.quoted(left.begin, here)}});
      }
      left = *holds ? std::move(left) : std::move(right);
    } else if (starts_line("if ")) {
      take_word("if", lines);
      const bool holds = condition(depth, lines);
      if (!take_word("else", lines)) {
        unexpected(at_);
      }
      PythonValue other = expression(depth + 1, lines);
      return holds ? left : other;
    } else {
      return left;
    }
  }
}

bool PythonValues::condition(int depth, bool lines) {
  const std::size_t begin = at_;
  const auto holds = alternatives(depth, lines);
  if (!holds) {
    fail("layer_text_undecided", begin, {{"word", text_.quoted(begin, at_)}});
  }
  return *holds;
}

std::optional<bool> PythonValues::alternatives(int depth, bool lines) {
  auto any = conjunction(depth, lines);
  while (take_word("or", lines)) {
    const auto next = conjunction(depth, lines);
    any = any == true || next == true ? std::optional(true) : any && next ? any : std::nullopt;
  }
  return any;
}

std::optional<bool> PythonValues::conjunction(int depth, bool lines) {
  auto all = comparison(depth, lines);
  while (take_word("and", lines)) {
    const auto next = comparison(depth, lines);
    all = all == false || next == false ? std::optional(false) : all && next ? all : std::nullopt;
  }
  return all;
}

std::optional<bool> PythonValues::comparison(int depth, bool lines) {
  if (take_word("not", lines)) {
    return negated(comparison(depth + 1, lines));
  }
  const PythonValue left = value(depth + 1);
  const std::size_t behind = at_;
  skip_space(lines);
  for (const char* sign : {"==", "!=", "<=", ">=", "<", ">"}) {
    if (starts_line(sign)) {
      const std::string_view word = sign;
      at_ += word.size();
      skip_space(lines);
      const PythonValue right = value(depth + 1);
      return word == "=="   ? equal(left, right)
             : word == "!=" ? negated(equal(left, right))
                            : ordered(left, word, right);
    }
  }
  if (take_word("is", lines)) {
    const bool differs = take_word("not", lines);
    const auto same = equal(left, value(depth + 1));
    return differs ? negated(same) : same;
  }
  const bool outside = take_word("not", lines);
  if (take_word("in", lines)) {
    const auto among = is_among(left, value(depth + 1));
    return outside ? negated(among) : among;
  }
  at_ = behind;
  return truth(left);
}

std::vector<std::string> PythonValues::targets() {
  std::vector<std::string> names;
  const bool bracket = peek() == '(';
  at_ += bracket ? 1 : 0;
  do {
    at_ += peek() == ',' ? 1 : 0;
    skip_space(bracket);
    if (!is_name_start(peek())) {
      break;  // "a, = ..."
    }
    names.push_back(name());
    skip_space(bracket);
  } while (peek() == ',');
  at_ += bracket && peek() == ')' ? 1 : 0;
  skip_space(false);
  return names;
}

void PythonValues::assign_all(const std::vector<std::string>& names, const PythonValue& value) {
  if (names.size() == 1) {
    assign(names.front(), value);
    return;
  }
  const bool fits =
      (value.kind == PythonValue::Kind::kTuple || value.kind == PythonValue::Kind::kList) &&
      value.items.size() == names.size();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (fits) {
      assign(names[i], value.items[i].value);
    } else {
      forget(names[i]);
    }
  }
}

std::vector<PythonValue> PythonValues::each(const PythonValue& value) const {
  using Kind = PythonValue::Kind;
  std::vector<PythonValue> all;
  const auto add_whole = [&](std::int64_t whole) {
    PythonValue one;
    one.kind = Kind::kWhole;
    one.begin = value.begin;
    one.end = value.end;
    one.whole = whole;
    all.push_back(std::move(one));
  };
  constexpr std::size_t kMost = 1001;
  if (value.kind == Kind::kList || value.kind == Kind::kTuple) {
    for (const PythonArgument& item : value.items) {
      for (std::int64_t i = 0; i < item.repeated && all.size() < kMost; ++i) {
        // "[a, b] * 3" is a list repeated.
        const bool inner = item.repeated > 1 && item.value.kind == Kind::kList;
        std::vector<PythonValue> more = inner ? each(item.value) : std::vector{item.value};
        std::ranges::move(more, std::back_inserter(all));
      }
    }
    return all;
  }
  const auto whole = [](const PythonArgument& item) {
    constexpr std::int64_t kLargest = std::int64_t{1} << 40;
    return item.value.kind == Kind::kWhole && item.value.whole <= kLargest &&
           item.value.whole >= -kLargest;
  };
  const bool called = value.kind == Kind::kCall && !value.items.empty();
  if (called && value.word == "range" && value.items.size() <= 3 &&
      std::ranges::all_of(value.items, whole)) {
    const std::size_t count = value.items.size();
    const std::int64_t first = count == 1 ? 0 : value.items[0].value.whole;
    const std::int64_t last = value.items[count == 1 ? 0 : 1].value.whole;
    const std::int64_t step = count == 3 ? value.items[2].value.whole : 1;
    for (std::int64_t i = first;
         step != 0 && (step > 0 ? i < last : i > last) && all.size() < kMost; i += step) {
      add_whole(i);
    }
    return all;
  }
  const bool pairs = called && (value.word == "enumerate" || value.word == "zip");
  if (pairs) {
    std::vector<std::vector<PythonValue>> columns;
    for (const PythonArgument& item : value.items) {
      columns.push_back(each(item.value));
      if (value.word == "enumerate") {
        break;
      }
    }
    std::size_t rows = columns.front().size();
    for (const auto& column : columns) {
      rows = std::min(rows, column.size());
    }
    for (std::size_t i = 0; i < rows; ++i) {
      PythonValue row;
      row.kind = Kind::kTuple;
      row.begin = value.begin;
      if (value.word == "enumerate") {
        PythonArgument index;
        index.value.kind = Kind::kWhole;
        index.value.whole = static_cast<std::int64_t>(i);
        row.items.push_back(std::move(index));
      }
      for (const auto& column : columns) {
        PythonArgument item;
        item.value = column[i];
        row.items.push_back(std::move(item));
      }
      all.push_back(std::move(row));
    }
    return all;
  }
  if (called && (value.word == "list" || value.word == "tuple" || value.word == "reversed")) {
    all = each(value.items[0].value);
    if (value.word == "reversed") {
      std::ranges::reverse(all);
    }
    return all;
  }
  fail("layer_text_undecided", value.begin,
       {{"word", text_.quoted(value.begin, std::max(value.end, value.begin + 1))}});
}

}  // namespace convscope::imports
