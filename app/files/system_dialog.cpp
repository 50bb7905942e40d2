#include "app/files/system_dialog.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>

#if defined(__unix__)
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

#if defined(__unix__)

std::string found_in_path(std::string_view program) {
  const char* folders = std::getenv("PATH");
  std::string_view rest = folders != nullptr ? folders : "";
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const fs::path file = fs::path(rest.substr(0, end)) / program;
    if (file.is_absolute() && access(file.c_str(), X_OK) == 0) {
      return file.string();
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return "";
}

// "*.json *.png"
std::string patterns_of(const std::vector<std::string>& endings) {
  std::string patterns;
  for (const std::string& ending : endings) {
    patterns += (patterns.empty() ? "*" : " *") + ending;
  }
  return patterns;
}

// What the program prints until it exits; empty unless it succeeds. No shell is involved, so paths
// may contain any character.
std::string output_of(const std::vector<std::string>& command, std::atomic<int>& process) {
  std::vector<char*> words;
  for (const std::string& word : command) {
    words.push_back(const_cast<char*>(word.c_str()));
  }
  words.push_back(nullptr);
  int ends[2];
  if (pipe(ends) != 0) {
    return "";
  }
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    execv(words.front(), words.data());
    _exit(127);
  }
  close(ends[1]);
  process = child;
  std::string text;
  char chunk[4096];
  for (ssize_t count = 1; child > 0 && count != 0;) {
    count = read(ends[0], chunk, sizeof chunk);
    if (count > 0) {
      text.append(chunk, static_cast<std::size_t>(count));
    } else if (count < 0 && errno != EINTR) {
      break;
    }
  }
  close(ends[0]);
  int status = 1;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  process = 0;
  while (text.ends_with('\n')) {
    text.pop_back();
  }
  return child > 0 && status == 0 ? text : "";
}

void close_process(int process) {
  if (process > 0) {
    kill(process, SIGTERM);
  }
}

#else

std::string found_in_path(std::string_view) { return ""; }
std::string patterns_of(const std::vector<std::string>&) { return ""; }
std::string output_of(const std::vector<std::string>&, std::atomic<int>&) { return ""; }
void close_process(int) {}

#endif

}  // namespace

std::vector<std::string> dialog_command(const SystemDialog::Question& question) {
  const std::string patterns = patterns_of(question.endings);
  if (const std::string zenity = found_in_path("zenity"); !zenity.empty()) {
    std::vector<std::string> command = {zenity, "--file-selection", "--title=" + question.title,
                                        "--filename=" + question.start};
    if (question.save) {
      command.emplace_back("--save");
    }
    if (!patterns.empty()) {
      command.push_back("--file-filter=" + patterns);
    }
    return command;
  }
  if (const std::string kdialog = found_in_path("kdialog"); !kdialog.empty()) {
    std::vector<std::string> command = {kdialog, "--title", question.title,
                                        question.save ? "--getsavefilename" : "--getopenfilename",
                                        question.start};
    if (!patterns.empty()) {
      command.push_back(patterns);
    }
    return command;
  }
  return {};
}

bool SystemDialog::is_available() { return !dialog_command({}).empty(); }

SystemDialog::~SystemDialog() {
  // The child may not have started yet, so ask until it exits.
  while (answer_.valid() &&
         answer_.wait_for(std::chrono::milliseconds(20)) != std::future_status::ready) {
    close();
  }
}

void SystemDialog::close() { close_process(process_); }

void SystemDialog::ask(const Question& question) {
  if (const std::vector<std::string> command = dialog_command(question);
      !is_open() && !command.empty()) {
    answer_ =
        std::async(std::launch::async, [this, command] { return output_of(command, process_); });
  }
}

std::optional<std::string> SystemDialog::take() {
  const bool ready =
      is_open() && answer_.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  return ready ? std::optional(answer_.get()) : std::nullopt;
}

}  // namespace convscope::files
