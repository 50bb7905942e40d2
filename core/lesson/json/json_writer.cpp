#include "core/lesson/json/json_writer.h"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/lesson/json/lesson_json.h"

namespace convscope::lesson {
namespace {

template <typename Number>
std::string shortest(Number value) {
  char text[64];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  return std::string(text, end);
}

}  // namespace

std::string json_number(double value) {
  constexpr double kExactIntegers = 9007199254740992.0;  // 2^53
  if (!std::isfinite(value)) {
    return "null";  // JSON can't represent it
  }
  if (value == 0 && std::signbit(value)) {
    return "-0.0";  // as an integer it would lose its sign
  }
  if (std::abs(value) <= kExactIntegers && value == std::trunc(value)) {
    return shortest(static_cast<std::int64_t>(value));
  }
  // Values that are floats are written with as few digits as a float needs: 0.1, not
  // 0.10000000149011612.
  const bool single = std::abs(value) <= static_cast<double>(std::numeric_limits<float>::max()) &&
                      static_cast<double>(static_cast<float>(value)) == value;
  return single ? shortest(static_cast<float>(value)) : shortest(value);
}

void JsonWriter::key(std::string_view key) {
  separate();
  result_.append(nlohmann::json(key).dump()).append(": ");
  after_key_ = true;
}

void JsonWriter::text(std::string_view value) {
  // Bytes that are not UTF-8 (in a file name, for instance) become U+FFFD.
  raw(nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

void JsonWriter::number(double value) { raw(json_number(value)); }

void JsonWriter::integers(std::span<const std::int64_t> values) {
  begin_array(Style::kInline);
  for (const std::int64_t value : values) {
    raw(std::to_string(value));
  }
  end_array();
}

void JsonWriter::values(std::span<const std::int64_t> shape, std::span<const float> values) {
  begin_array(shape.size() == 1 ? Style::kInline : Style::kLines);
  const auto count = static_cast<std::size_t>(shape.front());
  for (std::size_t i = 0; i < count; ++i) {
    if (shape.size() == 1) {
      number(static_cast<double>(values[i]));
    } else {
      const std::size_t size = values.size() / count;
      this->values(shape.subspan(1), values.subspan(i * size, size));
    }
  }
  end_array();
}

void JsonWriter::begin(char bracket, Style style) {
  separate();
  const bool nested_inline = !levels_.empty() && levels_.back().style == Style::kInline;
  levels_.push_back({nested_inline ? Style::kInline : style});
  result_ += bracket;
}

void JsonWriter::end(char bracket) {
  const Level level = levels_.back();
  levels_.pop_back();
  if (level.style == Style::kLines && !level.empty) {
    break_line();
  }
  result_ += bracket;
}

void JsonWriter::raw(std::string_view value) {
  separate();
  result_ += value;
}

void JsonWriter::separate() {
  if (std::exchange(after_key_, false) || levels_.empty()) {
    return;
  }
  Level& level = levels_.back();
  if (!level.empty) {
    result_ += level.style == Style::kInline ? ", " : ",";
  }
  level.empty = false;
  if (level.style == Style::kLines) {
    break_line();
  }
}

void JsonWriter::break_line() {
  result_ += '\n';
  result_.append(levels_.size() * 2, ' ');
}

void write_problem(JsonWriter& json, const Problem& problem) {
  json.key("code");
  json.text(problem.code);
  if (!problem.field.empty()) {
    json.key("field");
    json.text(problem.field);
  }
  if (problem.values.empty()) {
    return;
  }
  json.key("values");
  json.begin_object();
  for (const auto& [name, value] : problem.values) {
    json.key(name);
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      json.integer(*number);
    } else {
      json.text(std::get<std::string>(value));
    }
  }
  json.end_object();
}

}  // namespace convscope::lesson
