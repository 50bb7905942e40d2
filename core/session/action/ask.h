// Actions about questions and exercises. While a question is open, only these and what changes
// neither its scene nor its moment have an effect.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/session/session.h"

namespace convscope::session::action {

struct Ask {
  AskAbout about = AskAbout::kScene;
  std::int64_t concept_number = 0;  // of kConcept: 1 to 17; 0 is all
  std::int64_t seed = 0;
  std::int64_t count = 1;  // of kScene, kLesson and kQuiz
  // Of kQuiz: a question of each of these, "1a 4a 9a"; empty: of every template in turn.
  std::string templates = {};
};
// An option, from 0; or what was typed.
struct Answer {
  std::optional<std::int64_t> option;
  std::string text;
};
struct FillBlank {
  std::string text;
};  // the next blank of a faded sum
struct NextQuestion {};
struct Leave {};  // questions or an exercise
// Left to the front, which has the exercises: it turns it into ExerciseStarted.
struct StartExercise {
  std::string exercise;  // its id
};
struct ExerciseStarted {
  Shared<quiz::Exercise> exercise;
};
struct OpenHint {};

using AskActions = std::variant<Ask, Answer, FillBlank, NextQuestion, Leave, StartExercise,
                                ExerciseStarted, OpenHint>;

}  // namespace convscope::session::action
