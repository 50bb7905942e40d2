// The file that a learner's answers are kept in, on their own machine. Never sent anywhere.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/quiz/practice/answer_log.h"
#include "core/quiz/practice/practice.h"

namespace convscope::files {

// Nothing where there is no home.
std::optional<std::filesystem::path> answer_file();

// "2026-03-01T09:30:00Z": now.
std::string time_text();

// Adds a line, creating the folder. What can't be written is lost: an answer is not worth a
// disturbance. Throws nothing.
void append_answer(const std::filesystem::path& file, const quiz::LogEntry& entry);

// How the newest questions in it were answered; nothing where it can't be read. Throws nothing.
std::vector<quiz::Outcome> past_outcomes(const std::filesystem::path& file);

// One log for each file of a folder, in the order of their names. Throws Failure.
std::vector<quiz::AnswerLog> answer_logs(const std::filesystem::path& folder);

}  // namespace convscope::files
