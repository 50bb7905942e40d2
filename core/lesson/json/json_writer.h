// Writes JSON: indented for people to read, on one line for rows of numbers and for actions.
// Internal to core/lesson.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/tensor/problem.h"

namespace convscope::lesson {

class JsonWriter {
 public:
  enum class Style { kLines, kInline };

  void begin_object(Style style = Style::kLines) { begin('{', style); }
  void end_object() { end('}'); }
  void begin_array(Style style = Style::kLines) { begin('[', style); }
  void end_array() { end(']'); }
  void key(std::string_view key);

  void text(std::string_view value);
  void number(double value);
  void integer(std::int64_t value) { raw(std::to_string(value)); }
  void seed(std::uint64_t value) { raw(std::to_string(value)); }
  void boolean(bool value) { raw(value ? "true" : "false"); }
  void null() { raw("null"); }
  void integers(std::span<const std::int64_t> values);
  // Nested lists, each innermost list on one line.
  void values(std::span<const std::int64_t> shape, std::span<const float> values);

  const std::string& result() const { return result_; }

 private:
  struct Level {
    Style style;
    bool empty = true;
  };

  void begin(char bracket, Style style);
  void end(char bracket);
  void raw(std::string_view value);
  // The comma, line break and indent before an element.
  void separate();
  void break_line();

  std::string result_;
  std::vector<Level> levels_;
  bool after_key_ = false;
};

struct Lesson;

// A whole lesson as the next value; lesson_json() writes this.
void write_lesson(JsonWriter& json, const Lesson& lesson);

// Writes a problem's members into the open object.
void write_problem(JsonWriter& json, const Problem& problem);

}  // namespace convscope::lesson
