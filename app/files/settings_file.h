// What the program remembers from one run to the next: how somebody likes it, and their files.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/lesson/lesson.h"
#include "core/session/session.h"
#include "core/tensor/problem.h"

namespace convscope::files {

inline constexpr std::size_t kMostRecentFiles = 12;
inline constexpr double kSmallestScale = 0.5;
inline constexpr double kLargestScale = 4;

// Where the window stands, in the units of the window system; without `maximized` if it is.
struct WindowPlace {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  bool maximized = false;

  bool operator==(const WindowPlace&) const = default;
};

// What was never chosen is empty.
struct Settings {
  std::optional<lesson::Language> language = std::nullopt;
  std::optional<session::Theme> theme = std::nullopt;
  std::optional<double> speed = std::nullopt;
  std::optional<bool> lessons_open = std::nullopt;
  std::optional<bool> inspector_open = std::nullopt;
  std::optional<bool> guided = std::nullopt;  // playing pauses at the lesson's texts
  std::optional<bool> fading = std::nullopt;  // practice begins with worked sums
  std::optional<bool> loop = std::nullopt;
  std::optional<double> scale = std::nullopt;  // of the interface
  std::optional<WindowPlace> window = std::nullopt;
  std::optional<std::string> dialog_folder = std::nullopt;  // where a file was last chosen
  // Hints of the tour that are not needed any more; none was ever shown: the first start.
  std::optional<std::vector<std::string>> hints_done = std::nullopt;
  std::optional<std::vector<std::string>> finished_lessons = std::nullopt;  // their ids
  std::vector<std::string> recent_files = {};  // absolute paths, UTF-8, the newest first

  bool operator==(const Settings&) const = default;
};

struct ReadSettings {
  Settings settings;               // without what could not be read
  std::optional<Problem> problem;  // "settings_broken", with the file and the reason
};

// A missing file is no settings. Throws nothing.
ReadSettings read_settings(const std::filesystem::path& file);

// Writes what differs between `before` and `now`, creating the folder. What other programs have
// written since, and members that we don't know, stay; of the recent files both keep theirs. A file
// that was broken is kept beside it as "settings.json.broken". Writes nothing when nothing differs.
// Throws Failure "settings_unwritable".
void write_settings(const std::filesystem::path& file, const Settings& before, const Settings& now);

// Puts a file first among the recent ones.
void remember_file(Settings& settings, const std::string& path);

}  // namespace convscope::files
