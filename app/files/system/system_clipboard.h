// Pictures on the clipboard, through wl-paste or xclip, where one is installed: the window system
// gives us text alone. It runs beside ours; nothing waits for it.
#pragma once

#include <atomic>
#include <future>
#include <optional>
#include <string>
#include <vector>

namespace convscope::files {

class SystemClipboard {
 public:
  SystemClipboard() = default;
  // Ends what still runs.
  ~SystemClipboard();
  SystemClipboard(const SystemClipboard&) = delete;
  SystemClipboard& operator=(const SystemClipboard&) = delete;

  static bool is_available();
  // Asks for a PNG, unless that is under way.
  void ask();
  bool is_open() const { return answer_.valid(); }
  // Its bytes, once they are there; none when the clipboard holds no picture.
  std::optional<std::string> take();

 private:
  std::future<std::string> answer_;
  std::atomic<int> process_ = 0;  // while it runs
};

// Puts a PNG there and waits until the program has taken it. Throws Failure "clipboard_no_copy"
// where there is no such program, or it fails.
void put_picture(const std::string& png);

// The words of the command that puts a picture there; empty where there is no such program.
std::vector<std::string> clipboard_copy_command();
// The words of the command that asks; empty where there is no such program. For tests.
std::vector<std::string> clipboard_command();

}  // namespace convscope::files
