// The file dialog of the desktop, as a program of its own: zenity or kdialog, where one is
// installed. It runs beside ours; nothing waits for it.
#pragma once

#include <atomic>
#include <future>
#include <optional>
#include <string>
#include <vector>

namespace convscope::files {

class SystemDialog {
 public:
  struct Question {
    bool save = false;
    std::string title;
    std::string start;                      // a folder, ending in '/', or a file
    std::vector<std::string> endings = {};  // ".png"; empty: any
  };

  SystemDialog() = default;
  // Closes a dialog that is still open.
  ~SystemDialog();
  SystemDialog(const SystemDialog&) = delete;
  SystemDialog& operator=(const SystemDialog&) = delete;

  static bool is_available();
  // Opens the dialog, unless one is open.
  void ask(const Question& question);
  bool is_open() const { return answer_.valid(); }
  // Closes the dialog once it has started; the answer will be empty. Call it until take() has an
  // answer.
  void close();
  // The answer, once there is one: a path, or empty if the dialog was cancelled.
  std::optional<std::string> take();

 private:
  std::future<std::string> answer_;
  std::atomic<int> process_ = 0;  // while the dialog runs
};

// The command line of the dialog; empty if no dialog program is installed. For tests.
std::vector<std::string> dialog_command(const SystemDialog::Question& question);

}  // namespace convscope::files
