// What the program remembers between runs: preferences and recent files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/lesson/lesson.h"
#include "core/session/export_choice.h"
#include "core/session/session.h"
#include "core/tensor/problem.h"

namespace convscope::files {

inline constexpr std::size_t kMostRecentFiles = 12;
inline constexpr double kSmallestScale = 0.5;
inline constexpr double kLargestScale = 4;

// The window's position and size, in units of the window system; if maximized, those it had before.
struct WindowPlace {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  bool maximized = false;

  bool operator==(const WindowPlace&) const = default;
};

// Members are empty if they were never set.
struct Settings {
  std::optional<lesson::Language> language = std::nullopt;
  std::optional<session::Theme> theme = std::nullopt;
  std::optional<double> speed = std::nullopt;
  std::optional<bool> lessons_open = std::nullopt;
  std::optional<bool> inspector_open = std::nullopt;
  std::optional<bool> guided = std::nullopt;  // playing pauses at the lesson's texts
  std::optional<bool> fading = std::nullopt;  // practice begins with worked sums
  std::optional<bool> loop = std::nullopt;
  std::optional<bool> reduced_motion = std::nullopt;
  std::optional<double> scale = std::nullopt;  // of the interface
  std::optional<WindowPlace> window = std::nullopt;
  std::optional<std::string> dialog_folder = std::nullopt;  // of the last file chosen
  std::optional<session::ExportChoice> exporting = std::nullopt;
  // Hints of the tour that are no longer needed; nullopt on the first start.
  std::optional<std::vector<std::string>> hints_done = std::nullopt;
  std::optional<std::vector<std::string>> finished_lessons = std::nullopt;  // their ids
  // The scene, from 0, at which each lesson of the course that was begun was left.
  std::optional<std::map<std::string, std::int64_t>> lesson_scenes = std::nullopt;
  // The bundled lesson that was open last, and its scene, from 0.
  std::optional<std::string> last_lesson = std::nullopt;
  std::optional<double> last_scene = std::nullopt;
  std::vector<std::string> recent_files = {};  // absolute paths, UTF-8, the newest first

  bool operator==(const Settings&) const = default;
};

struct ReadSettings {
  Settings settings;               // without the parts that could not be read
  std::optional<Problem> problem;  // "settings_broken", with the file and the reason
};

// A missing file gives empty settings. Never throws.
ReadSettings read_settings(const std::filesystem::path& file);

// Writes what differs between `before` and `now`, creating the folder. Changes by other programs
// and unknown members are kept; recent files are merged. A broken file is kept as
// "settings.json.broken". Writes nothing if nothing differs. Throws Failure "settings_unwritable".
void write_settings(const std::filesystem::path& file, const Settings& before, const Settings& now);

// Moves a file to the front of the recent files.
void remember_file(Settings& settings, const std::string& path);

}  // namespace convscope::files
