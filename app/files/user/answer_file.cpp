#include "app/files/user/answer_file.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <string_view>
#include <system_error>

#include "app/files/system/file_io.h"
#include "app/files/user/user_folders.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

constexpr std::ptrdiff_t kMostOutcomes = 1000;
constexpr std::uint64_t kMostBytes = std::uint64_t{64} << 20;

// Logs grow for years; older lines are not parsed.
std::string_view last_lines(std::string_view text, std::ptrdiff_t count) {
  std::size_t start = text.size();
  for (std::ptrdiff_t i = 0; i <= count; ++i) {
    start = start == 0 ? std::string_view::npos : text.rfind('\n', start - 1);
    if (start == std::string_view::npos) {
      return text;
    }
  }
  return text.substr(start + 1);
}

}  // namespace

std::optional<fs::path> answer_file() {
  const std::optional<fs::path> folder = state_folder();
  return folder ? std::optional(*folder / "answers.jsonl") : std::nullopt;
}

std::string time_text() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  char text[32];
  const std::size_t length =
      std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&now));
  return {text, length};
}

void append_answer(const fs::path& file, const quiz::LogEntry& entry) {
  std::error_code ignored;
  fs::create_directories(file.parent_path(), ignored);
  std::ofstream out(file, std::ios::app | std::ios::binary);
  out << quiz::log_line(entry);
}

std::vector<quiz::Outcome> past_outcomes(const fs::path& file) {
  std::vector<quiz::Outcome> outcomes;
  try {
    const std::string text = read_text_file(file, kMostBytes);
    const quiz::AnswerLog log = quiz::read_log(last_lines(text, kMostOutcomes));
    for (const quiz::LogEntry& entry : log.entries) {
      outcomes.push_back({entry.template_id, entry.right, entry.hinted});
    }
    if (std::ssize(outcomes) > kMostOutcomes) {
      outcomes.erase(outcomes.begin(), outcomes.end() - kMostOutcomes);
    }
  } catch (const Failure&) {
    outcomes.clear();  // no practice so far, or the log is unreadable
  }
  return outcomes;
}

std::vector<quiz::AnswerLog> answer_logs(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> files;
  for (auto entry = fs::directory_iterator(folder, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (entry->is_regular_file(error) && entry->path().extension() == ".jsonl") {
      files.push_back(entry->path());
    }
  }
  if (error) {
    throw Failure(
        {"folder_unreadable", "", {{"file", utf8_of(folder)}, {"reason", error.message()}}});
  }
  std::ranges::sort(files);
  std::vector<quiz::AnswerLog> logs;
  for (const fs::path& file : files) {
    logs.push_back(quiz::read_log(read_text_file(file, kMostBytes)));
  }
  return logs;
}

}  // namespace convscope::files
