// A call's arguments, accessed by the names in its signature. Internal to the layer readers.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/conv/layer_spec.h"
#include "core/import/layers/layer_text.h"
#include "core/import/layers/python_text.h"

namespace convscope::imports {

// The name without modules: "Conv2d" for "torch.nn.Conv2d".
std::string_view last_name(std::string_view dotted);

class CallArguments {
 public:
  // `signature`: the names in order; keyword-only ones come after "*". Throws Failure for an
  // argument that is unknown, given twice, or one too many.
  CallArguments(const PlainText& text, const PythonValue& call,
                std::span<const std::string_view> signature);
  CallArguments(const PlainText& text, const PythonValue& call,
                std::initializer_list<std::string_view> signature)
      : CallArguments(text, call, std::span(signature.begin(), signature.size())) {}

  // Null if it isn't given, or is None.
  const PythonValue* find(std::string_view name) const;
  const PythonValue& get(std::string_view name) const;

  // Each throws Failure "layer_*", pointing at the value, if it has another type.
  std::int64_t whole(std::string_view name) const;
  std::int64_t whole(std::string_view name, std::int64_t usual) const;
  bool flag(std::string_view name, bool usual) const;
  // A number, or one per dimension.
  conv::Size2 size(std::string_view name, bool one_dimensional) const;
  conv::Size2 size(std::string_view name, bool one_dimensional, const conv::Size2& usual) const;
  // The value for a word, from a table of (word, value); also without quotes, as in a repr.
  template <typename Table>
  auto choice(std::string_view name, const Table& table, bool any_case = false) const {
    const PythonValue& value = get(name);
    std::string words;
    for (const auto& [word, meaning] : table) {
      if (is_word(value, word, any_case)) {
        return meaning;
      }
      words.append(words.empty() ? "" : ", ").append(word);
    }
    fail("layer_unknown_choice", value.begin,
         {{"argument", std::string(name)}, {"word", shown(value)}, {"choices", words}});
  }
  static bool is_word(const PythonValue& value, std::string_view word, bool any_case = false);

  // An integer; `name` is the argument's, for error messages.
  std::int64_t whole_of(const PythonValue& value, std::string_view name) const;

  // Refuses a list that does not have `expected` numbers.
  void expect_length(const PythonValue& list, std::string_view name, std::size_t found,
                     std::size_t expected) const;

  std::string shown(const PythonValue& value) const { return text_.quoted(value.begin, value.end); }
  const PlainText& text() const { return text_; }
  std::string_view called() const { return called_; }
  const PythonValue& call() const { return call_; }

  // The place of each argument.
  std::vector<std::pair<std::string, Place>> places() const;

  [[noreturn]] void fail(const char* code, std::size_t at, ProblemValues more = {}) const;

 private:
  void take(std::string_view name, const PythonArgument& argument);

  const PlainText& text_;
  const PythonValue& call_;
  std::string_view called_;
  std::map<std::string, const PythonValue*, std::less<>> values_;
};

}  // namespace convscope::imports
