// The file with a learner's answers, kept on their own machine and never sent anywhere.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/quiz/practice/answer_log.h"
#include "core/quiz/practice/practice.h"

namespace convscope::files {

// nullopt if there is no home folder.
std::optional<std::filesystem::path> answer_file();

// The current time: "2026-03-01T09:30:00Z".
std::string time_text();

// Appends a line, creating the folder. Write errors are ignored: losing an answer is better than
// interrupting the learner. Never throws.
void append_answer(const std::filesystem::path& file, const quiz::LogEntry& entry);

// The results of the most recent questions in the file; empty if it can't be read. Never throws.
std::vector<quiz::Outcome> past_outcomes(const std::filesystem::path& file);

// One log per file in a folder, sorted by file name. Throws Failure.
std::vector<quiz::AnswerLog> answer_logs(const std::filesystem::path& folder);

}  // namespace convscope::files
