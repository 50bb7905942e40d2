// Writes JSON: indented where people read it, on one line where it is a row of numbers or an
// action. Internal to core/lesson.
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
  // Nested lists, the innermost on one line each.
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

// A whole lesson as the next value: what lesson_json writes.
void write_lesson(JsonWriter& json, const Lesson& lesson);

// A problem's members, into the object that is open.
void write_problem(JsonWriter& json, const Problem& problem);

}  // namespace convscope::lesson
