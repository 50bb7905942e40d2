#include "core/quiz/practice/class_summary.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/quiz/templates/templates.h"

namespace convscope::quiz {

ClassSummary summary_of(std::span<const AnswerLog> logs) {
  ClassSummary summary;
  std::map<std::string, MisconceptionCount> codes;
  std::map<std::string, TemplateCount> templates;
  for (const AnswerLog& log : logs) {
    std::set<std::string> own;
    for (const LogEntry& entry : log.entries) {
      TemplateCount& count = templates[entry.template_id];
      ++count.answers;
      count.right += entry.right ? 1 : 0;
      ++summary.answers;
      summary.right += entry.right ? 1 : 0;
      if (!entry.misconception.empty()) {
        ++codes[entry.misconception].answers;
        own.insert(entry.misconception);
      }
    }
    for (const std::string& code : own) {
      ++codes[code].learners;
    }
    summary.broken += log.broken;
    summary.learners += log.entries.empty() ? 0 : 1;  // an empty file is nobody's answers
  }
  for (auto& [code, count] : codes) {
    count.code = code;
    summary.misconceptions.push_back(count);
  }
  std::ranges::stable_sort(summary.misconceptions, std::ranges::greater(),
                           &MisconceptionCount::answers);
  for (const Template* each : all_templates()) {
    const auto found = templates.find(std::string(each->id));
    if (found != templates.end()) {
      summary.templates.push_back({found->first, found->second.answers, found->second.right});
    }
  }
  return summary;
}

}  // namespace convscope::quiz
