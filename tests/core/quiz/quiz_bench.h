// What the tests of the quiz share: the bundled lessons, exercises and languages, read from their
// files.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/lesson/lesson_json.h"
#include "core/lesson/locale.h"
#include "core/quiz/drawn_scene.h"
#include "core/quiz/exercise.h"
#include "core/quiz/question_text.h"

namespace convscope::quiz::testing {

inline std::string read_text(const std::string& path) {
  std::ifstream file(std::string(CONVSCOPE_SOURCE_DIR) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The names of the files in a folder of assets, without .json.
inline std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  const auto path = std::filesystem::path(CONVSCOPE_SOURCE_DIR) / "assets" / folder;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    if (entry.path().extension() == ".json") {
      names.push_back(entry.path().stem().string());
    }
  }
  std::ranges::sort(names);
  return names;
}

// Pictures are replaced by a ramp, as large as the still life: texts name positions in it. Made
// once, as tensors share their values.
inline Tensor ramp(const lesson::FileSource&) {
  static const Tensor kRamp = [] {
    const Shape shape = {1, 3, 640, 960};
    std::vector<float> values(static_cast<std::size_t>(shape.count()));
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = static_cast<float>(i % 256);
    }
    return Tensor(shape, std::move(values));
  }();
  return kRamp;
}

inline lesson::Lesson bundled(const std::string& id) {
  return lesson::parse_lesson(read_text("assets/lessons/" + id + ".json"), id + ".json", ramp);
}

inline std::vector<lesson::Lesson> all_bundled() {
  std::vector<lesson::Lesson> lessons;
  for (const std::string& id : names_in("lessons")) {
    lessons.push_back(bundled(id));
  }
  return lessons;
}

inline Exercise exercise(const std::string& id) {
  return parse_exercise(read_text("assets/exercises/" + id + ".json"), id + ".json", ramp);
}

inline const lesson::Locale& english() {
  static const lesson::Locale locale(lesson::Language::kEnglish,
                                     read_text("assets/locale/en.json"));
  return locale;
}

inline const lesson::Locale& russian() {
  static const lesson::Locale locale(lesson::Language::kRussian,
                                     read_text("assets/locale/ru.json"));
  return locale;
}

inline Locales both() { return {english(), russian()}; }

}  // namespace convscope::quiz::testing
