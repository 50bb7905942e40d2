#include "core/import/layers/call_arguments.h"

#include <algorithm>
#include <utility>

#include "core/import/text/word_meant.h"

namespace convscope::imports {

std::string_view last_name(std::string_view dotted) {
  const std::size_t point = dotted.rfind('.');
  return point == std::string_view::npos ? dotted : dotted.substr(point + 1);
}

void CallArguments::fail(const char* code, std::size_t at, ProblemValues more) const {
  more.emplace_back("called", std::string(called_));
  throw Failure({code, "", text_.values_at(at, std::move(more))});
}

CallArguments::CallArguments(const PlainText& text, const PythonValue& call,
                             std::span<const std::string_view> signature)
    : text_(text), call_(call), called_(last_name(call.word)) {
  std::vector<std::string_view> names(signature.begin(), signature.end());
  const auto star = std::ranges::find(names, "*");
  const auto positional = static_cast<std::size_t>(star - names.begin());
  if (star != names.end()) {
    names.erase(star);
  }
  std::size_t place = 0;
  for (const PythonArgument& argument : call.items) {
    const std::size_t at = argument.value.begin;
    if (argument.name.empty()) {
      if (place == positional) {
        fail("layer_too_many_arguments", at, {{"limit", static_cast<std::int64_t>(positional)}});
      }
      take(names[place++], argument);
    } else if (std::ranges::find(names, argument.name) != names.end()) {
      take(argument.name, argument);
    } else if (const auto meant = word_meant(argument.name, names); !meant.empty()) {
      fail("layer_unknown_argument_near", argument.begin,
           {{"argument", argument.name}, {"nearest", std::string(meant)}});
    } else {
      fail("layer_unknown_argument", argument.begin, {{"argument", argument.name}});
    }
  }
}

void CallArguments::take(std::string_view name, const PythonArgument& argument) {
  if (!values_.emplace(name, &argument.value).second) {
    fail("layer_argument_twice", argument.value.begin, {{"argument", std::string(name)}});
  }
}

const PythonValue* CallArguments::find(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() || found->second->is_name("None") ? nullptr : found->second;
}

const PythonValue& CallArguments::get(std::string_view name) const {
  const PythonValue* found = find(name);
  if (found == nullptr) {
    fail("layer_missing_argument", call_.begin, {{"argument", std::string(name)}});
  }
  return *found;
}

std::int64_t CallArguments::whole_of(const PythonValue& value, std::string_view name) const {
  if (value.kind != PythonValue::Kind::kWhole) {
    fail("layer_not_whole", value.begin, {{"argument", std::string(name)}, {"word", shown(value)}});
  }
  return value.whole;
}

void CallArguments::expect_length(const PythonValue& list, std::string_view name, std::size_t found,
                                  std::size_t expected) const {
  if (found != expected) {
    fail("layer_size_length", list.begin,
         {{"argument", std::string(name)},
          {"found", static_cast<std::int64_t>(found)},
          {"expected", static_cast<std::int64_t>(expected)}});
  }
}

std::int64_t CallArguments::whole(std::string_view name) const { return whole_of(get(name), name); }

std::int64_t CallArguments::whole(std::string_view name, std::int64_t usual) const {
  return find(name) != nullptr ? whole(name) : usual;
}

bool CallArguments::flag(std::string_view name, bool usual) const {
  const PythonValue* value = find(name);
  if (value == nullptr) {
    return usual;
  }
  if (value->is_name("True") || value->is_name("False")) {
    return value->is_name("True");
  }
  if (value->kind == PythonValue::Kind::kWhole && (value->whole == 0 || value->whole == 1)) {
    return value->whole == 1;
  }
  fail("layer_not_flag", value->begin, {{"argument", std::string(name)}, {"word", shown(*value)}});
}

conv::Size2 CallArguments::size(std::string_view name, bool one_dimensional) const {
  const PythonValue& value = get(name);
  const bool list =
      value.kind == PythonValue::Kind::kTuple || value.kind == PythonValue::Kind::kList;
  if (!list) {
    if (value.kind != PythonValue::Kind::kWhole) {
      fail("layer_not_size", value.begin,
           {{"argument", std::string(name)}, {"word", shown(value)}});
    }
    return {value.whole, value.whole};
  }
  expect_length(value, name, value.items.size(), one_dimensional ? 1 : 2);
  return {whole_of(value.items.front().value, name), whole_of(value.items.back().value, name)};
}

conv::Size2 CallArguments::size(std::string_view name, bool one_dimensional,
                                const conv::Size2& usual) const {
  return find(name) != nullptr ? size(name, one_dimensional) : usual;
}

bool CallArguments::is_word(const PythonValue& value, std::string_view word, bool any_case) {
  const bool worded =
      value.kind == PythonValue::Kind::kText || value.kind == PythonValue::Kind::kName;
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return worded &&
         (any_case ? std::ranges::equal(value.word, word, {}, lower, lower) : value.word == word);
}

std::vector<std::pair<std::string, Place>> CallArguments::places() const {
  std::vector<std::pair<std::string, Place>> places;
  for (const auto& [name, value] : values_) {
    places.emplace_back(name, text_.place(value->begin));
  }
  return places;
}

}  // namespace convscope::imports
