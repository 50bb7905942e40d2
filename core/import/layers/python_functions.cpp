// Functions and classes of pasted Python, followed where they are called.
#include <algorithm>
#include <tuple>
#include <utility>

#include "core/import/layers/call_arguments.h"
#include "core/import/layers/python_reader.h"
#include "core/import/text/word_meant.h"

namespace convscope::imports {
namespace {

constexpr int kDeepestCalls = 12;

// What a constructor runs, in the libraries' words.
constexpr const char* kConstructors[] = {"__init__", "setup"};
constexpr const char* kForwards[] = {"forward", "call", "__call__"};

PythonValue none() {
  PythonValue value;
  value.word = "None";
  return value;
}

// Whether the word stands before a bracket in the text, outside of [begin, end).
bool is_called(std::string_view chars, const std::string& word, std::size_t begin,
               std::size_t end) {
  const std::string call = word + "(";
  for (std::size_t at = chars.find(call); at != std::string_view::npos;
       at = chars.find(call, at + 1)) {
    const bool part = at > 0 && (is_name_part(chars[at - 1]) || chars[at - 1] == '.');
    if (!part && (at < begin || at >= end)) {
      return true;
    }
  }
  return false;
}

}  // namespace

// Notes the function or class at `at_`, and goes behind it. Methods of an object: prefix "self.".
void PythonReader::define(std::string_view word, const std::string& prefix) {
  const std::size_t begin = at_;
  const PythonBlock block = block_at(chars_, begin);
  at_ += word.size();
  skip_space(false);
  const std::string named = prefix + name();
  const bool bracket = peek() == '(';
  const Kind kind = word == "class " ? Kind::kClass
                    : prefix.empty() ? Kind::kFunction
                                     : Kind::kMethod;
  defined_[named] = {kind, bracket ? at_ + 1 : block.colon, block};
  if (prefix.empty() && calls_ == 0) {
    order_.push_back(named);
  }
  forget(named);
  if (kind == Kind::kClass) {
    note_constants(named, block);
  }
  at_ = block.end;
}

// "expansion = 4" in a class, which others read as "Bottleneck.expansion".
void PythonReader::note_constants(const std::string& named, const PythonBlock& block) {
  const std::string_view all = chars_;
  chars_ = all.substr(0, block.end);
  at_ = block.body;
  while (next_statement()) {
    const std::size_t begin = at_;
    if (starts_line("def ") || starts_line("async ") || starts_line("class ")) {
      at_ = block_at(chars_, at_).end;
      continue;
    }
    try {
      const PythonStatement found = statement(true);
      if (found.value.kind == PythonValue::Kind::kWhole && !found.target.empty()) {
        assign(named + "." + found.target, found.value);
      }
    } catch (const Failure&) {
      at_ = begin;
    }
    at_ = find_outside(chars_, at_, "\n");
  }
  chars_ = all;
}

// Makes the parameters stand for the arguments, or for their defaults; for nothing without either.
void PythonReader::bind_parameters(const Defined& defined,
                                   const std::vector<PythonArgument>& given) {
  const std::size_t end = defined.kind == Kind::kLambda
                              ? find_outside(chars_, defined.parameters, ":")
                              : find_outside(chars_, defined.parameters, ")");
  std::vector<const PythonArgument*> unnamed;
  std::vector<const PythonArgument*> named;
  for (const PythonArgument& argument : given) {
    (argument.name.empty() ? unnamed : named).push_back(&argument);
  }
  std::size_t next = 0;
  bool first = true;
  at_ = defined.parameters;
  const auto skip = [&] {
    skip_space(true);
    return at_ < end;
  };
  while (skip()) {
    std::size_t stars = 0;
    for (; peek() == '*' || peek() == '/'; ++at_) {
      ++stars;
    }
    if (!is_name_start(peek())) {
      ++at_;  // a comma, or "*" alone
      continue;
    }
    const std::string word = name();
    at_ = std::min(find_outside(chars_, at_, "=,"), end);
    const bool usual = at_ < end && peek() == '=';
    const bool self = std::exchange(first, false) && defined.kind == Kind::kMethod;
    if (self) {
      continue;
    }
    if (stars > 0) {
      PythonValue rest;
      rest.kind = stars == 1 ? PythonValue::Kind::kList : PythonValue::Kind::kDict;
      for (; stars == 1 && next < unnamed.size(); ++next) {
        rest.items.push_back(*unnamed[next]);
      }
      for (const PythonArgument* argument : named) {
        if (stars == 2 && argument != nullptr) {
          rest.items.push_back(*argument);
        }
      }
      assign(word, rest);
      continue;
    }
    const auto by_name = std::ranges::find_if(named, [&](const PythonArgument* argument) {
      return argument != nullptr && argument->name == word;
    });
    if (next < unnamed.size()) {
      assign(word, unnamed[next++]->value);
      at_ = std::min(find_outside(chars_, at_, ","), end);
    } else if (by_name != named.end()) {
      assign(word, (*by_name)->value);
      *by_name = nullptr;
      at_ = std::min(find_outside(chars_, at_, ","), end);
    } else if (usual) {
      ++at_;
      skip_space(true);
      assign(word, expression(0, true));
    } else {
      forget(word);
    }
  }
  at_ = end;
}

bool PythonReader::call_defined(PythonValue& call, int depth) {
  const auto found = defined_.find(call.word);
  if (found == defined_.end()) {
    return false;
  }
  found->second.called = true;
  if (calls_ >= kDeepestCalls) {
    fail("layer_text_too_deep", call.begin, {{"limit", std::int64_t{kDeepestCalls}}});
  }
  spend(1 + depth);
  const Defined defined = found->second;
  const std::string_view all = chars_;
  const std::size_t back = at_;
  Names outside = names();
  ++calls_;
  PythonValue result =
      defined.kind == Kind::kClass ? instance(defined, call) : called(defined, call);
  --calls_;
  if (defined.kind == Kind::kMethod) {
    // What it did to the object stays.
    for (const auto& [name, value] : names()) {
      if (name.starts_with("self.")) {
        outside[name] = value;
      }
    }
  }
  names() = std::move(outside);
  chars_ = all;
  at_ = back;
  const std::size_t begin = call.begin;
  const std::size_t end = call.end;
  call = std::move(result);
  call.begin = begin;
  call.end = end;
  return true;
}

// What a function returns; None where it returns nothing.
PythonValue PythonReader::called(const Defined& defined, const PythonValue& call) {
  chars_ = text_.chars();
  bind_parameters(defined, call.items);
  if (defined.kind == Kind::kLambda) {
    at_ = defined.block.body;
    skip_space(true);
    return expression(0, true);
  }
  std::vector<PythonStatement> aside;
  Frame frame{.binds = true, .out = aside};
  run_block(defined.block, frame);
  return frame.returned.value_or(none());
}

PythonValue PythonReader::lambda() {
  const std::size_t begin = at_;
  const std::string word = "lambda " + std::to_string(begin);
  PythonBlock block;
  block.colon = find_outside(chars_, begin, ":");
  block.body = std::min(block.colon + 1, chars_.size());
  block.end = find_outside(chars_, block.body, ",\n");
  defined_[word] = {Kind::kLambda, begin + 6, block};
  at_ = block.end;
  PythonValue found;
  found.word = word;
  found.begin = begin;
  found.end = at_;
  return found;
}

// An object: what its constructor and its forward do.
PythonValue PythonReader::instance(const Defined& defined, const PythonValue& call) {
  auto outside = defined_;
  PythonValue object;
  object.kind = PythonValue::Kind::kModule;
  object.word = call.word;
  chars_ = text_.chars();
  Frame frame{.binds = true, .out = object.body};
  class_fields(defined, frame);
  for (const PythonArgument& field : call.items) {
    if (!field.name.empty()) {
      assign("self." + field.name, field.value);
    }
  }
  for (const char* constructor : kConstructors) {
    run_method(constructor, call, frame);
  }
  for (const auto& [name, value] : names()) {
    if (name.starts_with("self.") && !has_layers(value) && value.kind != PythonValue::Kind::kDict) {
      PythonArgument field;
      field.name = name.substr(5);
      field.value = value;
      object.items.push_back(std::move(field));
    }
  }
  for (PythonStatement& statement : object.body) {
    statement.as_defined = !statement.target.empty();
  }
  for (const char* forward : kForwards) {
    run_forward(forward, object.body);
  }
  for (auto& [name, other] : outside) {
    const auto now = defined_.find(name);
    other.called = other.called || (now != defined_.end() && now->second.called);
  }
  defined_ = std::move(outside);
  return object;
}

// Notes the methods of a class, and what its other lines assign.
void PythonReader::class_fields(const Defined& defined, Frame& frame) {
  const std::string_view all = chars_;
  chars_ = all.substr(0, defined.block.end);
  at_ = defined.block.body;
  std::erase_if(defined_, [](const auto& entry) { return entry.first.starts_with("self."); });
  while (next_statement()) {
    at_ += starts_line("async ") ? 6 : 0;
    if (starts_line("def ")) {
      define("def ", "self.");
    } else if (starts_line("class ")) {
      at_ = block_at(chars_, at_).end;
    } else if (!skip_scaffold()) {
      PythonStatement found = statement(true);
      expect_end();
      if (has_layers(found.value)) {
        frame.out.push_back(std::move(found));
      } else if (!found.target.empty()) {
        assign(found.target, found.value);
        assign("self." + found.target, found.value);
      }
    }
  }
  chars_ = all;
}

void PythonReader::run_method(const char* name, const PythonValue& call, Frame& frame) {
  const auto found = defined_.find(std::string("self.") + name);
  if (found == defined_.end()) {
    return;
  }
  const Defined method = found->second;
  bind_parameters(method, call.items);
  run_block(method.block, frame);
  frame.returned.reset();
}

// Appends what a forward does; nothing if it can't be followed.
void PythonReader::run_forward(const char* name, std::vector<PythonStatement>& body) {
  const auto method = defined_.find(std::string("self.") + name);
  const auto bare = defined_.find(name);
  if (method == defined_.end() && (bare == defined_.end() || bare->second.kind != Kind::kMethod)) {
    return;
  }
  const Defined forward = method != defined_.end() ? method->second : bare->second;
  const std::string_view all = chars_;
  const std::pair depth = {calls_, blocks_};
  const auto defined = defined_;
  const Names outside = names();
  const std::size_t before = body.size();
  std::vector<PythonStatement> steps;
  Frame frame{.out = steps};
  try {
    bind_parameters(forward, {});
    run_block(forward.block, frame);
  } catch (const Failure&) {
    steps.clear();
    std::tie(calls_, blocks_) = depth;
    defined_ = defined;
    names() = outside;
  }
  chars_ = all;
  for (PythonStatement& step : steps) {
    step.in_forward = before > 0;  // else it makes the layers itself, as in Flax
    body.push_back(std::move(step));
  }
}

// Text that defines a network and doesn't call it: the last class, or else the last function, that
// no other calls.
void PythonReader::read_main(std::vector<PythonStatement>& all) {
  const bool any_called = std::ranges::any_of(order_, [&](const std::string& word) {
    const auto found = defined_.find(word);
    return found != defined_.end() && found->second.called;
  });
  if (any_called || order_.empty()) {
    return;
  }
  const std::string* main = nullptr;
  for (const bool only_uncalled : {true, false}) {
    for (const Kind kind : {Kind::kFunction, Kind::kClass}) {
      for (const std::string& word : order_) {
        const Defined& defined = defined_.at(word);
        if (defined.kind == kind &&
            !(only_uncalled && is_called(text_.chars(), word, defined.parameters - word.size() - 1,
                                         defined.block.end))) {
          main = &word;
        }
      }
    }
    if (main != nullptr) {
      break;
    }
  }
  const Defined chosen = defined_.at(*main);
  PythonValue value;
  value.kind = PythonValue::Kind::kCall;
  value.word = *main;
  value.begin = chosen.block.colon;
  call_defined(value, 0);
  std::vector<PythonStatement> body;
  if (chosen.kind == Kind::kClass) {
    body = std::move(value.body);
  } else if (!value.is_name("None")) {
    body.push_back({.target = "", .value = std::move(value)});
  } else {
    Frame frame{.out = body};  // "def main(): model = ...": its lines
    bind_parameters(chosen, {});
    run_block(chosen.block, frame);
  }
  body.insert(body.end(), std::make_move_iterator(all.begin()), std::make_move_iterator(all.end()));
  all = std::move(body);
}

}  // namespace convscope::imports
