// Shared by the tests of the quiz: the bundled lessons, exercises and languages, read from files.
#pragma once

#include <string>
#include <vector>

#include "core/lesson/locale.h"
#include "core/quiz/exercise/exercise.h"
#include "core/quiz/question/question_text.h"
#include "core/quiz/setting/drawn_scene.h"
#include "tests/support/bundled_files.h"

namespace convscope::quiz::testing {

using convscope::testing::bundled;
using convscope::testing::names_in;
using convscope::testing::ramp;
using convscope::testing::read_text;

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

inline std::string text(const Answer& answer) { return answer_text(answer, english()); }

inline Locales both() { return {english(), russian()}; }

}  // namespace convscope::quiz::testing
