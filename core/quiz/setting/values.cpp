#include "core/quiz/setting/values.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>

#include "core/quiz/answer/answer.h"

namespace convscope::quiz {
namespace {

std::string list_text(const NumberList& list, const char* open, const char* close) {
  std::string text = open;
  for (std::size_t i = 0; i < list.size(); ++i) {
    text.append(i == 0 ? "" : ", ").append(decimal_text(list[i]));
  }
  return text + close;
}

void write_list(lesson::JsonWriter& json, const NumberList& list) {
  json.begin_array(lesson::JsonWriter::Style::kInline);
  for (const double value : list) {
    write_number(json, value);
  }
  json.end_array();
}

void write_value(lesson::JsonWriter& json, const Value& value, const lesson::Locale& english) {
  if (const auto* number = std::get_if<double>(&value)) {
    write_number(json, *number);
  } else if (const auto* truth = std::get_if<bool>(&value)) {
    json.boolean(*truth);
  } else if (const auto* list = std::get_if<NumberList>(&value)) {
    write_list(json, *list);
  } else if (const auto* lists = std::get_if<std::vector<NumberList>>(&value)) {
    json.begin_array(lesson::JsonWriter::Style::kInline);
    for (const NumberList& each : *lists) {
      write_list(json, each);
    }
    json.end_array();
  } else {
    json.text(value_text(value, english));
  }
}

}  // namespace

void Values::put(std::string_view name, Value value) {
  const auto found = std::ranges::find_if(all_, [&](const auto& v) { return v.first == name; });
  if (found == all_.end()) {
    all_.emplace_back(std::string(name), std::move(value));
  } else {
    found->second = std::move(value);
  }
}

const Value& Values::at(std::string_view name) const {
  const auto found = std::ranges::find_if(all_, [&](const auto& v) { return v.first == name; });
  assert(found != all_.end());
  return found->second;
}

std::optional<double> Values::find(std::string_view name) const {
  for (const auto& [known, value] : all_) {
    if (const auto* number = std::get_if<double>(&value); known == name && number != nullptr) {
      return *number;
    }
  }
  return std::nullopt;
}

double Values::number(std::string_view name) const { return std::get<double>(at(name)); }

std::string value_text(const Value& value, const lesson::Locale& locale) {
  if (const auto* number = std::get_if<double>(&value)) {
    return decimal_text(*number);
  }
  if (const auto* truth = std::get_if<bool>(&value)) {
    return *truth ? "True" : "False";  // as in Python
  }
  if (const auto* name = std::get_if<std::string>(&value)) {
    return locale.text("filter." + *name);
  }
  if (const auto* list = std::get_if<NumberList>(&value)) {
    return list_text(*list, "[", "]");
  }
  std::string text = "[";
  for (const NumberList& list : std::get<std::vector<NumberList>>(value)) {
    text.append(text.size() == 1 ? "" : ", ").append(list_text(list, "(", ")"));
  }
  return text + "]";
}

lesson::TextValues text_values(const Values& values, const lesson::Locale& locale) {
  lesson::TextValues texts;
  for (const auto& [name, value] : values) {
    const auto* number = std::get_if<double>(&value);
    // An integer stays an integer: plural forms depend on it.
    if (number != nullptr && *number == std::trunc(*number)) {
      texts.emplace_back(name, static_cast<std::int64_t>(*number));
    } else {
      texts.emplace_back(name, value_text(value, locale));
    }
  }
  return texts;
}

void write_number(lesson::JsonWriter& json, double value) {
  constexpr double kDecimals = 1e9;
  const double scaled = value * kDecimals;
  const bool rounds = std::abs(scaled) < 9e15;  // still exact in a double
  json.number(rounds ? std::round(scaled) / kDecimals : value);
}

void write_values(lesson::JsonWriter& json, const Values& values, const lesson::Locale& english) {
  json.begin_object(lesson::JsonWriter::Style::kInline);
  for (const auto& [name, value] : values) {
    json.key(name);
    write_value(json, value, english);
  }
  json.end_object();
}

}  // namespace convscope::quiz
