// The numbers of a question by their names in the formulas ("i", "k", "s"), in order.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/lesson/json_writer.h"
#include "core/lesson/locale.h"

namespace convscope::quiz {

using NumberList = std::vector<double>;

// A text is the name of a filter: a locale key below "filter.".
using Value = std::variant<double, bool, std::string, NumberList, std::vector<NumberList>>;

class Values {
 public:
  void put(std::string_view name, Value value);
  // Asserts that it is there, and a number.
  double number(std::string_view name) const;
  // Nothing where there is no number of this name.
  std::optional<double> find(std::string_view name) const;
  // Asserts that it is there.
  const Value& at(std::string_view name) const;

  bool operator==(const Values&) const = default;
  auto begin() const { return all_.begin(); }
  auto end() const { return all_.end(); }

 private:
  std::vector<std::pair<std::string, Value>> all_;
};

// As it stands in a sentence: "2.5", "False", "[4, -2]", "[(3, 1, 1), (2, 2, 0)]".
std::string value_text(const Value& value, const lesson::Locale& locale);

// All of them, for the placeholders of a text.
lesson::TextValues text_values(const Values& values, const lesson::Locale& locale);

// One object, on one line; the names of filters in the words of `english`.
void write_values(lesson::JsonWriter& json, const Values& values, const lesson::Locale& english);
// A number as JSON should have it: without what rounding left behind the ninth decimal.
void write_number(lesson::JsonWriter& json, double value);

}  // namespace convscope::quiz
