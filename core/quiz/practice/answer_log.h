// The log of a learner's answers: one line of JSON each, kept on the learner's own machine.
//
// {"time": ..., "lesson": "stride", "template": "4a", "settings": {"i": 15, ...}, "option": "7",
//   "right": false, "hinted": false, "misconception": "CEIL"}
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/lesson/locale.h"
#include "core/quiz/answer/grade.h"
#include "core/quiz/question/question.h"

namespace convscope::quiz {

struct LogEntry {
  std::string time;  // in the caller's format
  std::string lesson;
  std::string template_id;
  std::string settings;  // a JSON object
  std::string option;    // the answer as it was understood
  bool right = false;
  bool hinted = false;
  std::string misconception;  // empty: none is known

  bool operator==(const LogEntry&) const = default;
};

LogEntry log_entry(const Question& question, const Verdict& verdict, std::string time, bool hinted,
                   const lesson::Locale& english);
// Ends with a line break.
std::string log_line(const LogEntry& entry);

struct AnswerLog {
  std::vector<LogEntry> entries;
  std::int64_t broken = 0;  // lines that could not be parsed
};
// Skips and counts lines that are not entries; empty lines don't count.
AnswerLog read_log(std::string_view text);

}  // namespace convscope::quiz
