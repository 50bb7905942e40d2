#include "app/files/system/system_dialog.h"

#include <chrono>

#include "app/files/system/child_program.h"

namespace convscope::files {
namespace {

// "*.json *.png"
std::string patterns_of(const std::vector<std::string>& endings) {
  std::string patterns;
  for (const std::string& ending : endings) {
    patterns += (patterns.empty() ? "*" : " *") + ending;
  }
  return patterns;
}

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
    answer_ = std::async(std::launch::async, [this, command] {
      std::string path = output_of(command, process_);
      while (path.ends_with('\n')) {
        path.pop_back();
      }
      return path;
    });
  }
}

std::optional<std::string> SystemDialog::take() {
  const bool ready =
      is_open() && answer_.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  return ready ? std::optional(answer_.get()) : std::nullopt;
}

}  // namespace convscope::files
