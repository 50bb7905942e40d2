#include "app/files/user/settings_file.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include "app/files/system/file_io.h"
#include "app/files/system/file_lock.h"
#include "core/lesson/json/json_tree.h"
#include "core/session/enum_names.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::uint64_t kLargestSettings = 1 << 20;
constexpr std::size_t kMostHints = 64;
constexpr std::size_t kMostLessons = 512;
constexpr double kMostScene = 1000;

// The object in the file; empty if the file is missing. nullopt, with the reason, if it is broken.
std::optional<Json> read_object(const fs::path& file, std::string& reason) {
  std::error_code error;
  if (!fs::exists(file, error)) {
    return std::make_optional(Json::object());
  }
  try {
    Json json = Json::parse(read_text_file(file, kLargestSettings));
    if (json.is_object()) {
      return std::make_optional(std::move(json));
    }
    reason = "JSON, {}";
  } catch (const Failure& failure) {
    reason = failure.problem().code;
  } catch (const Json::parse_error& broken) {
    reason = "JSON, byte " + std::to_string(broken.byte);
  }
  return std::nullopt;
}

template <typename Table, typename Value>
void read_word(const Json& json, const char* key, const Table& table, std::optional<Value>& value,
               std::string& reason) {
  if (!json.contains(key)) {
    return;
  }
  const auto found = std::ranges::find_if(table, [&](const auto& row) {
    return json[key].is_string() && json[key].template get<std::string>() == row.first;
  });
  if (found == table.end()) {
    reason = key;
  } else {
    value = found->second;
  }
}

void read_flag(const Json& json, const char* key, std::optional<bool>& value, std::string& reason) {
  if (!json.contains(key)) {
    return;
  }
  if (json[key].is_boolean()) {
    value = json[key].get<bool>();
  } else {
    reason = key;
  }
}

// A number within these limits.
void read_number(const Json& json, const char* key, double least, double most,
                 std::optional<double>& value, std::string& reason) {
  if (!json.contains(key)) {
    return;
  }
  const double number = json[key].is_number() ? json[key].get<double>() : 0;
  if (number >= least && number <= most) {
    value = number;
  } else {
    reason = key;
  }
}

void read_text(const Json& json, const char* key, std::optional<std::string>& value,
               std::string& reason) {
  if (json.contains(key) && json[key].is_string()) {
    value = json[key].get<std::string>();
  } else if (json.contains(key)) {
    reason = key;
  }
}

// The limits are beyond those of any window system: values from a broken file must not be used.
void read_window(const Json& json, std::optional<WindowPlace>& value, std::string& reason) {
  constexpr int kFarthest = 1 << 16;
  if (!json.contains("window")) {
    return;
  }
  const Json& window = json["window"];
  const auto number = [&](const char* key) {
    const bool fits = window.is_object() && window.contains(key) &&
                      window[key].is_number_integer() &&
                      std::abs(window[key].get<double>()) <= kFarthest;
    return fits ? std::optional(window[key].get<int>()) : std::nullopt;
  };
  const auto x = number("x");
  const auto y = number("y");
  const auto width = number("width");
  const auto height = number("height");
  if (!x || !y || width.value_or(0) <= 0 || height.value_or(0) <= 0) {
    reason = "window";
    return;
  }
  const bool maximized = window.contains("maximized") && window["maximized"] == true;
  value = WindowPlace{*x, *y, *width, *height, maximized};
}

// The first `most` strings of a list.
void read_texts(const Json& json, const char* key, std::size_t most,
                std::optional<std::vector<std::string>>& texts, std::string& reason) {
  if (!json.contains(key)) {
    return;
  }
  if (!json[key].is_array()) {
    reason = key;
    return;
  }
  texts.emplace();
  for (const Json& text : json[key]) {
    if (text.is_string() && texts->size() < most) {
      texts->push_back(text.get<std::string>());
    }
  }
}

// Lessons and scenes; what is no scene is passed over.
void read_scenes(const Json& json, std::optional<std::map<std::string, std::int64_t>>& scenes,
                 std::string& reason) {
  if (!json.contains("lesson_scenes")) {
    return;
  }
  if (!json["lesson_scenes"].is_object()) {
    reason = "lesson_scenes";
    return;
  }
  scenes.emplace();
  for (const auto& [id, scene] : json["lesson_scenes"].items()) {
    const double number = scene.is_number() ? scene.get<double>() : -1;
    if (number >= 0 && number <= kMostScene && scenes->size() < kMostLessons) {
      scenes->emplace(id, static_cast<std::int64_t>(number));
    }
  }
}

void read_side(const Json& json, const char* key, std::int64_t& side, std::string& reason) {
  std::optional<double> number;
  read_number(json, key, static_cast<double>(session::kLeastExportSide),
              static_cast<double>(session::kMostExportSide), number, reason);
  side = number ? static_cast<std::int64_t>(*number) : side;
}

void read_export(const Json& all, std::optional<session::ExportChoice>& value,
                 std::string& reason) {
  if (!all.contains("export")) {
    return;
  }
  const Json& json = all["export"];
  if (!json.is_object()) {
    reason = "export";
    return;
  }
  session::ExportChoice choice;
  std::optional<bool> animated;
  std::optional<bool> loop;
  std::optional<std::string> still_ending;
  std::optional<std::string> animated_ending;
  std::optional<session::ExportChoice::What> what;
  std::optional<session::Theme> theme;
  std::optional<double> rate;
  std::optional<double> pause;
  read_flag(json, "animated", animated, reason);
  read_flag(json, "loop", loop, reason);
  read_text(json, "still", still_ending, reason);
  read_text(json, "animation", animated_ending, reason);
  read_word(json, "what", session::kExportWhats, what, reason);
  read_word(json, "theme", session::kThemes, theme, reason);
  read_word(json, "language", lesson::kLanguages, choice.language, reason);
  read_side(json, "width", choice.width, reason);
  read_side(json, "height", choice.height, reason);
  read_number(json, "rate", 1, static_cast<double>(session::kMostExportRate), rate, reason);
  read_number(json, "pause", 0, session::kMostExportPause, pause, reason);
  choice.animated = animated.value_or(choice.animated);
  choice.loop = loop.value_or(choice.loop);
  choice.still_ending = still_ending.value_or(choice.still_ending);
  choice.animated_ending = animated_ending.value_or(choice.animated_ending);
  choice.what = what.value_or(choice.what);
  choice.theme = theme.value_or(choice.theme);
  choice.frames_per_second = rate ? static_cast<std::int64_t>(*rate) : choice.frames_per_second;
  choice.pause = pause.value_or(choice.pause);
  value = choice;
}

Json export_json(const session::ExportChoice& choice) {
  Json json = {{"animated", choice.animated},
               {"still", choice.still_ending},
               {"animation", choice.animated_ending},
               {"what", std::string(lesson::word_of(session::kExportWhats, choice.what))},
               {"width", choice.width},
               {"height", choice.height},
               {"theme", std::string(lesson::word_of(session::kThemes, choice.theme))},
               {"rate", choice.frames_per_second},
               {"pause", choice.pause},
               {"loop", choice.loop}};
  if (choice.language) {
    json["language"] = std::string(lesson::word_of(lesson::kLanguages, *choice.language));
  }
  return json;
}

Settings settings_of(const Json& json, std::string& reason) {
  Settings settings;
  read_word(json, "language", lesson::kLanguages, settings.language, reason);
  read_word(json, "theme", session::kThemes, settings.theme, reason);
  read_number(json, "speed", session::kMinSpeed, session::kMaxSpeed, settings.speed, reason);
  read_flag(json, "lessons_open", settings.lessons_open, reason);
  read_flag(json, "inspector_open", settings.inspector_open, reason);
  read_flag(json, "guided", settings.guided, reason);
  read_flag(json, "fading", settings.fading, reason);
  read_flag(json, "loop", settings.loop, reason);
  read_flag(json, "reduced_motion", settings.reduced_motion, reason);
  read_number(json, "scale", kSmallestScale, kLargestScale, settings.scale, reason);
  read_window(json, settings.window, reason);
  read_text(json, "dialog_folder", settings.dialog_folder, reason);
  read_export(json, settings.exporting, reason);
  read_texts(json, "hints_done", kMostHints, settings.hints_done, reason);
  read_texts(json, "finished_lessons", kMostLessons, settings.finished_lessons, reason);
  read_scenes(json, settings.lesson_scenes, reason);
  read_text(json, "last_lesson", settings.last_lesson, reason);
  read_number(json, "last_scene", 0, kMostScene, settings.last_scene, reason);
  std::optional<std::vector<std::string>> files;
  read_texts(json, "recent_files", kMostRecentFiles, files, reason);
  settings.recent_files = std::move(files).value_or(std::vector<std::string>());
  return settings;
}

template <typename Value, typename Write>
void put(Json& json, const char* key, const std::optional<Value>& before,
         const std::optional<Value>& now, const Write& write) {
  if (before == now) {
    return;
  }
  if (now) {
    json[key] = write(*now);
  } else {
    json.erase(key);
  }
}

// Ours first, then those that another program has added.
std::vector<std::string> merged_files(const Settings& before, const Settings& now,
                                      const Settings& other) {
  std::vector<std::string> files = now.recent_files;
  for (const std::string& file : other.recent_files) {
    const bool forgotten =
        std::ranges::find(before.recent_files, file) != before.recent_files.end();
    if (!forgotten && std::ranges::find(files, file) == files.end()) {
      files.push_back(file);
    }
  }
  files.resize(std::min(files.size(), kMostRecentFiles));
  return files;
}

void put_changes(Json& json, const Settings& before, const Settings& now) {
  const auto same = [](auto value) { return value; };
  put(json, "language", before.language, now.language, [](lesson::Language language) {
    return std::string(lesson::word_of(lesson::kLanguages, language));
  });
  put(json, "theme", before.theme, now.theme,
      [](session::Theme theme) { return std::string(lesson::word_of(session::kThemes, theme)); });
  put(json, "speed", before.speed, now.speed, same);
  put(json, "lessons_open", before.lessons_open, now.lessons_open, same);
  put(json, "inspector_open", before.inspector_open, now.inspector_open, same);
  put(json, "guided", before.guided, now.guided, same);
  put(json, "fading", before.fading, now.fading, same);
  put(json, "loop", before.loop, now.loop, same);
  put(json, "reduced_motion", before.reduced_motion, now.reduced_motion, same);
  put(json, "scale", before.scale, now.scale, same);
  put(json, "window", before.window, now.window, [](const WindowPlace& place) {
    return Json{{"x", place.x},
                {"y", place.y},
                {"width", place.width},
                {"height", place.height},
                {"maximized", place.maximized}};
  });
  put(json, "dialog_folder", before.dialog_folder, now.dialog_folder, same);
  put(json, "export", before.exporting, now.exporting, export_json);
  put(json, "last_lesson", before.last_lesson, now.last_lesson, same);
  put(json, "last_scene", before.last_scene, now.last_scene, same);
  put(json, "hints_done", before.hints_done, now.hints_done, same);
  put(json, "finished_lessons", before.finished_lessons, now.finished_lessons, same);
  put(json, "lesson_scenes", before.lesson_scenes, now.lesson_scenes,
      [](const auto& scenes) { return Json(scenes); });
  if (before.recent_files != now.recent_files) {
    std::string ignored;
    json["recent_files"] = merged_files(before, now, settings_of(json, ignored));
  }
}

}  // namespace

ReadSettings read_settings(const fs::path& file) {
  std::string reason;
  const std::optional<Json> json = read_object(file, reason);
  ReadSettings read{json ? settings_of(*json, reason) : Settings{}, std::nullopt};
  if (!reason.empty()) {
    read.problem = Problem{"settings_broken", "", {{"file", utf8_of(file)}, {"reason", reason}}};
  }
  return read;
}

void write_settings(const fs::path& file, const Settings& before, const Settings& now) {
  if (before == now) {
    return;
  }
  try {
    fs::create_directories(file.parent_path());
    fs::path lock = file;
    const FileLock held(lock += ".lock");
    std::string reason;
    std::optional<Json> json = read_object(file, reason);
    if (!json) {
      fs::path broken = file;
      fs::rename(file, broken += ".broken");
      json = Json::object();
    }
    put_changes(*json, before, now);
    write_file(file, json->dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  } catch (const Failure& failure) {
    Problem problem = failure.problem();
    problem.code = "settings_unwritable";
    throw Failure(std::move(problem));
  } catch (const fs::filesystem_error& error) {
    throw Failure(
        {"settings_unwritable", "", {{"file", utf8_of(file)}, {"reason", error.code().message()}}});
  }
}

void remember_file(Settings& settings, const std::string& path) {
  std::erase(settings.recent_files, path);
  settings.recent_files.insert(settings.recent_files.begin(), path);
  settings.recent_files.resize(std::min(settings.recent_files.size(), kMostRecentFiles));
}

}  // namespace convscope::files
