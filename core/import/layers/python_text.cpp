// The statements of pasted Python.
#include "core/import/layers/python_text.h"

#include <algorithm>
#include <utility>

#include "core/import/layers/call_arguments.h"
#include "core/import/layers/layer_reader.h"
#include "core/import/layers/python_reader.h"
#include "core/import/text/word_meant.h"

namespace convscope::imports {
namespace {

// What is called for something else than the layers that it returns.
bool is_side_effect(std::string_view word) {
  return word.find("init.") != std::string_view::npos || word.ends_with("_") ||
         is_one_of(last_name(word), {"register_buffer", "apply", "print", "manual_seed"});
}

// "for m in self.modules()": what initializes weights, say.
bool walks_modules(const PythonValue& over) {
  return over.kind == PythonValue::Kind::kCall &&
         is_one_of(last_name(over.word), {"modules", "named_modules", "children", "named_children",
                                          "parameters", "named_parameters"});
}

// Whether a part of a program makes layers, as far as its words tell.
bool names_layers(std::string_view chars) {
  constexpr std::string_view kWords[] = {"Conv",    "Pool",    "ReLU", "Sequential", "Unfold",
                                         "conv1d(", "conv2d(", "pool", "relu(",      "add_module("};
  return std::ranges::any_of(
      kWords, [&](std::string_view word) { return chars.find(word) != std::string_view::npos; });
}

// "Conv = nn.Conv2d", "conv = partial(nn.Conv2d, kernel_size=3)", "act = lambda: nn.ReLU()".
bool names_a_layer(const PythonValue& value) {
  const std::string_view word = last_name(value.word);
  if (value.kind == PythonValue::Kind::kCall) {
    return word == "partial";
  }
  const bool name = value.kind == PythonValue::Kind::kName && !word.empty();
  return name && (value.word.starts_with("lambda ") ||
                  (word.front() >= 'A' && word.front() <= 'Z' && !value.is_name("None")));
}

}  // namespace

// "self.save_hyperparameters()" in a constructor: no layer is in it.
bool is_upkeep_of_self(const PythonStatement& found) {
  const PythonValue& call = found.value;
  return found.target.empty() && call.kind == PythonValue::Kind::kCall &&
         call.word.starts_with("self.") &&
         std::ranges::none_of(call.items,
                              [](const PythonArgument& item) { return has_layers(item.value); });
}

bool has_layers(const PythonValue& value) {
  return value.kind == PythonValue::Kind::kCall || value.kind == PythonValue::Kind::kModule ||
         std::ranges::any_of(value.items,
                             [](const PythonArgument& item) { return has_layers(item.value); });
}

std::vector<PythonStatement> PythonReader::statements() {
  std::vector<PythonStatement> all;
  Frame frame{.out = all};
  run(frame);
  read_main(all);
  for (PythonStatement& statement : all) {
    statement.used = used(statement.target);
  }
  return all;
}

void PythonReader::run(Frame& frame) {
  while (!frame.returned && frame.leave == Leave::kNothing && next_statement()) {
    spend(1);
    if (starts_keyword("break") || starts_keyword("continue")) {
      frame.leave = starts_keyword("break") ? Leave::kLoop : Leave::kRound;
    } else if (!take_definition(frame) && !take_loop(frame) && !take_choice(frame) &&
               !take_return(frame) && !take_parent(frame) && !skip_scaffold()) {
      take_statement(frame);
    }
  }
}

// The block alone; afterwards the place is behind it.
void PythonReader::run_block(const PythonBlock& block, Frame& frame) {
  constexpr int kDeepestBlocks = 100;
  if (blocks_ >= kDeepestBlocks) {
    fail("layer_text_too_deep", at_, {{"limit", std::int64_t{kDeepestBlocks}}});
  }
  const std::string_view all = chars_;
  chars_ = all.substr(0, block.end);
  at_ = block.body;
  ++blocks_;
  run(frame);
  --blocks_;
  chars_ = all;
  at_ = block.end;
}

// Goes to the next statement; false at the end of the text.
bool PythonReader::next_statement() {
  skip_space(true);
  while (peek() == ';' || peek() == ',') {
    ++at_;
    skip_space(true);
  }
  return !at_end();
}

void PythonReader::expect_end() {
  skip_space(false);
  if (!at_end() && peek() != '\n' && peek() != ';' && peek() != ',') {
    unexpected(at_);
  }
}

// Whether this word stands here, and not "passes" for "pass".
bool PythonReader::starts_keyword(std::string_view word) const {
  const std::size_t end = at_ + word.size();
  return starts_line(word) &&
         (end >= chars_.size() || !is_name_part(word.back()) || !is_name_part(chars_[end]));
}

// Skips one of the lines that surround layers in a file; returns whether there was one.
bool PythonReader::skip_scaffold() {
  for (const char* word : {"import ", "from ", "assert ", "raise ", "del ", "global ", "@"}) {
    if (starts_line(word)) {
      at_ = find_outside(chars_, at_, ";\n");
      return true;
    }
  }
  for (const char* word : {"pass", "if __name__", "with ", "try:", "except", "finally:"}) {
    if (starts_keyword(word)) {
      at_ = line_end();
      return true;
    }
  }
  return false;
}

bool PythonReader::take_definition(Frame& frame) {
  if (starts_line("class ")) {
    define("class ", "");
    return true;
  }
  if (starts_line("async def ")) {
    at_ += 6;
  }
  if (!starts_line("def ")) {
    return false;
  }
  const std::size_t begin = at_;
  at_ += 4;
  skip_space(false);
  const std::string word = name();
  at_ = begin;
  const PythonBlock block = block_at(chars_, at_);
  const std::size_t bracket = chars_.find_first_not_of(" \t\n", chars_.find('(', begin) + 1);
  const bool method = bracket < chars_.size() && chars_.substr(bracket).starts_with("self");
  if (method && is_one_of(word, {"forward", "call", "__call__"})) {
    // The method of a class whose first line was not copied.
    defined_[word] = {Kind::kMethod, chars_.find('(', begin) + 1, block};
    run_forward(word.c_str(), frame.out);
    defined_.erase(word);
    at_ = block.end;
  } else if (method && is_one_of(word, {"__init__", "setup", "build"})) {
    bind_parameters({Kind::kMethod, chars_.find('(', begin) + 1, block}, {});
    run_block(block, frame);
  } else {
    define("def ", "");
  }
  return true;
}

// Whether a block at the top of the text only runs a network, as a training loop does.
bool PythonReader::only_runs(const PythonBlock& block, const Frame& frame) const {
  const std::string_view chars = chars_.substr(0, block.end).substr(std::min(at_, block.end));
  return !frame.binds && calls_ == 0 && !names_layers(chars) &&
         std::ranges::none_of(order_, [&](const std::string& word) {
           return chars.find(word + "(") != std::string_view::npos;
         });
}

bool PythonReader::take_loop(Frame& frame) {
  if (!starts_line("for ") && !starts_line("while ")) {
    return false;
  }
  const std::size_t begin = at_;
  const PythonBlock block = block_at(chars_, at_);
  if (only_runs(block, frame)) {
    at_ = block.end;
    return true;
  }
  if (starts_line("while ")) {
    fail("layer_text_undecided", begin, {{"word", text_.quoted(begin, block.colon)}});
  }
  at_ += 4;
  skip_space(false);
  const std::vector<std::string> names = targets();
  if (!starts_line("in ")) {
    unexpected(begin);
  }
  at_ += 3;
  skip_space(false);
  const PythonValue over = value(0);
  if (!walks_modules(over)) {
    for (const PythonValue& one : each(over)) {
      spend(1);
      assign_all(names, one);
      run_block(block, frame);
      if (std::exchange(frame.leave, Leave::kNothing) == Leave::kLoop) {
        break;
      }
    }
  }
  at_ = block.end;
  return true;
}

// if, elif and else: the block whose condition holds.
bool PythonReader::take_choice(Frame& frame) {
  if (!starts_line("if ") || starts_line("if __name__")) {
    return false;
  }
  const std::int64_t margin = text_.place(at_).column;
  bool done = only_runs(block_at(chars_, at_), frame);
  while (true) {
    const PythonBlock block = block_at(chars_, at_);
    const bool otherwise = starts_line("else");
    at_ += starts_line("if ") ? 3 : 4;
    skip_space(false);
    if (!done && (otherwise || condition(0, false))) {
      done = true;
      run_block(block, frame);
    }
    at_ = block.end;
    if (frame.returned || frame.leave != Leave::kNothing || !next_statement() ||
        text_.place(at_).column != margin ||
        (!starts_line("elif ") && !starts_line("else:") && !starts_line("else "))) {
      at_ = block.end;
      return true;
    }
  }
}

bool PythonReader::take_return(Frame& frame) {
  if (!starts_line("return")) {
    return false;
  }
  at_ += 6;
  skip_space(false);
  PythonStatement found;
  if (at_end() || peek() == '\n' || peek() == ';') {
    found.value.word = "None";
  } else {
    found.value = expression(0, false);
  }
  frame.returned = found.value;
  if (!frame.binds && !found.value.is_name("None")) {
    frame.out.push_back(std::move(found));
  }
  at_ = find_outside(chars_, at_, ";\n");
  return true;
}

// "super().__init__(nn.Conv2d(3, 8, 3), nn.ReLU())" of a class that is a Sequential.
bool PythonReader::take_parent(Frame& frame) {
  if (!starts_line("super(")) {
    return false;
  }
  const std::size_t begin = at_;
  const std::size_t end = find_outside(chars_, at_, ";\n");
  const std::size_t call = chars_.find("__init__(", at_);
  at_ = end;
  if (call < end) {
    at_ = call;
    PythonStatement found;
    found.value = value(0);
    found.value.word = "Sequential";
    found.value.begin = begin;
    if (std::ranges::any_of(found.value.items,
                            [](const auto& item) { return has_layers(item.value); })) {
      frame.out.push_back(std::move(found));
    }
  }
  return true;
}

void PythonReader::take_statement(Frame& frame) {
  PythonStatement found = statement(frame.binds);
  expect_end();
  keep(std::move(found), frame);
}

PythonStatement PythonReader::statement(bool binds) {
  PythonStatement found;
  const std::size_t begin = at_;
  std::string_view sign;
  std::vector<std::string> names;
  if (is_name_start(peek())) {
    try {
      names = targets();
    } catch (const Failure&) {
      names.clear();  // "conv[i](x)"
    }
    if (names.size() == 1 && peek() == ':') {
      at_ = find_outside(chars_, at_, "=\n");  // a type: "conv: nn.Module = ..."
    }
    for (const char* one : {"+=", "-=", "*=", "//=", "="}) {
      if (sign.empty() && starts_line(one) && !starts_line("==")) {
        sign = one;
      }
    }
    if (!names.empty() && (!sign.empty() || peek() == '\n')) {
      found.target = names.front();
      at_ += sign.size();
      skip_space(false);
      if (sign.empty()) {  // a type alone
        found.target.clear();
        found.value.word = "None";
        return found;
      }
    } else {
      names.clear();
      at_ = begin;
    }
  } else if (const auto child = child_label()) {
    found.target = child->name;  // a line copied from a repr
  }
  found.value = expression(0, false);
  if (peek() == ',' && names.size() > 1) {
    PythonValue tuple;
    tuple.kind = PythonValue::Kind::kTuple;
    tuple.begin = found.value.begin;
    while (peek() == ',') {
      tuple.items.emplace_back().value = std::move(found.value);
      ++at_;
      skip_space(false);
      found.value = expression(0, false);
    }
    tuple.items.emplace_back().value = std::move(found.value);
    found.value = std::move(tuple);
  }
  if (names.size() > 1) {
    assign_all(names, found.value);
    found = {};
    found.value.word = "None";
  } else if (take_change(found.target, found.value, sign) && (binds || !has_layers(found.value))) {
    found = {};
    found.value.word = "None";
  }
  return found;
}

// "width *= 2" and "layers += [...]" of what is known; false for anything else.
bool PythonReader::take_change(const std::string& target, const PythonValue& value,
                               std::string_view sign) {
  PythonValue* old = sign.size() < 2 ? nullptr : known(target);
  if (old == nullptr) {
    return false;
  }
  using Kind = PythonValue::Kind;
  if (old->kind == Kind::kList && sign == "+=") {
    std::ranges::copy(value.items, std::back_inserter(old->items));
    return true;
  }
  if (old->kind != Kind::kWhole || value.kind != Kind::kWhole) {
    forget(target);
    return true;
  }
  const auto result = whole_result(old->whole, sign.substr(0, sign.size() - 1), value.whole);
  if (result) {
    old->whole = *result;
  } else {
    forget(target);
  }
  return true;
}

void PythonReader::keep(PythonStatement found, Frame& frame) {
  const PythonValue& value = found.value;
  if (found.target.empty() &&
      (value.kind == PythonValue::Kind::kText || value.is_name("None") ||
       (value.kind == PythonValue::Kind::kCall && is_side_effect(value.word)))) {
    return;
  }
  if (frame.binds && (bind(found) || grow(found, frame) || is_upkeep_of_self(found))) {
    return;
  }
  const bool tensor = value.kind == PythonValue::Kind::kCall && makes_tensor(value.word);
  if (!found.target.empty()) {
    const bool constant = value.kind == PythonValue::Kind::kText || value.is_name("None") ||
                          value.is_name("True") || value.is_name("False");
    const bool settings =
        !value.items.empty() && !has_layers(value) && value.kind != PythonValue::Kind::kCall;
    if (value.kind == PythonValue::Kind::kWhole || tensor || constant || settings ||
        names_a_layer(value)) {
      assign(found.target, value);
      if (!tensor) {
        return;
      }
    } else {
      forget(found.target);
    }
  }
  found.as_defined = found.as_defined || (frame.binds && found.target.starts_with("self."));
  frame.out.push_back(std::move(found));
}

// In a function: the target stands for the value, unless it is a part of the object.
bool PythonReader::bind(const PythonStatement& found) {
  if (found.target.empty() || (found.target.starts_with("self.") && has_layers(found.value))) {
    return false;
  }
  spend(1);
  assign(found.target, found.value);
  return true;
}

// "layers.append(nn.ReLU())" of a list or a Sequential that is known here, or of the object's own.
bool PythonReader::grow(const PythonStatement& found, Frame& frame) {
  const PythonValue& call = found.value;
  const std::string_view word = last_name(call.word);
  if (!found.target.empty() || call.kind != PythonValue::Kind::kCall ||
      !is_one_of(word, {"append", "extend", "add", "add_module", "insert"}) ||
      word.size() == call.word.size() || call.items.empty()) {
    return false;
  }
  const std::string_view grown =
      std::string_view(call.word).substr(0, call.word.size() - word.size() - 1);
  PythonValue* list = known(grown);
  const auto own = std::ranges::find(frame.out, grown, &PythonStatement::target);
  if (list == nullptr && own != frame.out.end() && own->value.applied.empty()) {
    list = &own->value;
  }
  if (list == nullptr) {
    return false;
  }
  const PythonValue& last = call.items.back().value;
  if (word == "extend") {
    std::ranges::copy(last.items, std::back_inserter(list->items));
    return true;
  }
  PythonArgument item;
  item.begin = last.begin;
  item.value = last;
  if (word == "add_module" && call.items.front().value.kind == PythonValue::Kind::kText) {
    item.name = call.items.front().value.word;
  }
  list->items.push_back(std::move(item));
  return true;
}

std::vector<PythonStatement> parse_python(const PlainText& text) {
  return PythonReader(text).statements();
}

}  // namespace convscope::imports
