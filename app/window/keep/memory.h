// Memory: writes down what somebody chooses while the program runs, a moment after the last change
// and at the end. What was so from the start, by the command line or by default, is no choice.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/files/user/settings_file.h"

namespace convscope::window {

class Memory {
 public:
  // `known`: what `file` holds. Without a file everything is forgotten at the end.
  Memory(std::optional<std::filesystem::path> file, files::Settings known);

  // What the program shows at `now` (seconds of a steady clock), and the file it shows, if any.
  void watch(const files::Settings& shown, const std::optional<std::string>& path, double now);
  // Seconds until something is to be written; nothing when there is nothing to write.
  std::optional<double> due_in(double now) const;
  // Writes what is not written yet. Throws Failure "settings_unwritable", once for each change.
  void save();

  const std::vector<std::string>& recent_files() const { return wanted_.recent_files; }

 private:
  std::optional<std::filesystem::path> file_;
  files::Settings written_;
  files::Settings wanted_;
  std::optional<files::Settings> seen_;
  std::optional<std::string> seen_path_;
  double changed_at_ = 0;
};

}  // namespace convscope::window
