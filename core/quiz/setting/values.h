// The numbers of a question by their names in the formulas ("i", "k", "s"), in order.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/lesson/json/json_writer.h"
#include "core/lesson/locale.h"

namespace convscope::quiz {

using NumberList = std::vector<double>;

// A string names a filter: a locale key below "filter.".
using Value = std::variant<double, bool, std::string, NumberList, std::vector<NumberList>>;

class Values {
 public:
  void put(std::string_view name, Value value);
  // Asserts that it exists and is a number.
  double number(std::string_view name) const;
  // nullopt if there is no number with this name.
  std::optional<double> find(std::string_view name) const;
  // Asserts that it exists.
  const Value& at(std::string_view name) const;

  bool operator==(const Values&) const = default;
  auto begin() const { return all_.begin(); }
  auto end() const { return all_.end(); }

 private:
  std::vector<std::pair<std::string, Value>> all_;
};

// As written in a sentence: "2.5", "False", "[4, -2]", "[(3, 1, 1), (2, 2, 0)]".
std::string value_text(const Value& value, const lesson::Locale& locale);

// All of them, for the placeholders of a text.
lesson::TextValues text_values(const Values& values, const lesson::Locale& locale);

// Writes one object on one line, with the names of filters from `english`.
void write_values(lesson::JsonWriter& json, const Values& values, const lesson::Locale& english);
// Writes a number without rounding errors beyond the ninth decimal.
void write_number(lesson::JsonWriter& json, double value);

}  // namespace convscope::quiz
