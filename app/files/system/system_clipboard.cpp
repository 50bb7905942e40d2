#include "app/files/system/system_clipboard.h"

#include <chrono>
#include <cstdlib>

#include "app/files/system/child_program.h"
#include "core/tensor/problem.h"

namespace convscope::files {

std::vector<std::string> clipboard_command() {
  if (std::getenv("WAYLAND_DISPLAY") != nullptr) {
    if (const std::string paste = found_in_path("wl-paste"); !paste.empty()) {
      return {paste, "--no-newline", "--type", "image/png"};
    }
  }
  if (const std::string xclip = found_in_path("xclip"); !xclip.empty()) {
    return {xclip, "-selection", "clipboard", "-target", "image/png", "-out"};
  }
  return {};
}

std::vector<std::string> clipboard_copy_command() {
  if (std::getenv("WAYLAND_DISPLAY") != nullptr) {
    if (const std::string copy = found_in_path("wl-copy"); !copy.empty()) {
      return {copy, "--type", "image/png"};
    }
  }
  if (const std::string xclip = found_in_path("xclip"); !xclip.empty()) {
    return {xclip, "-selection", "clipboard", "-target", "image/png", "-in"};
  }
  return {};
}

void put_picture(const std::string& png) {
  const std::vector<std::string> command = clipboard_copy_command();
  if (command.empty() || !takes_input(command, png)) {
    throw Failure({"clipboard_no_copy", "", {}});
  }
}

bool SystemClipboard::is_available() { return !clipboard_command().empty(); }

SystemClipboard::~SystemClipboard() {
  // The child may not have started yet: ask until it ends.
  while (answer_.valid() &&
         answer_.wait_for(std::chrono::milliseconds(20)) != std::future_status::ready) {
    close_process(process_);
  }
}

void SystemClipboard::ask() {
  if (const std::vector<std::string> command = clipboard_command();
      !is_open() && !command.empty()) {
    answer_ =
        std::async(std::launch::async, [this, command] { return output_of(command, process_); });
  }
}

std::optional<std::string> SystemClipboard::take() {
  const bool ready =
      is_open() && answer_.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  return ready ? std::optional(answer_.get()) : std::nullopt;
}

}  // namespace convscope::files
