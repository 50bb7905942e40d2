// Asking: the questions under way, one on the stage at a time. The stage belongs to them until they
// are left; then it is as it was.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/lesson/lesson.h"
#include "core/quiz/answer/grade.h"
#include "core/quiz/practice/practice.h"
#include "core/quiz/question/question.h"
#include "core/session/clock.h"
#include "core/session/document.h"
#include "core/session/look.h"
#include "core/tensor/shared.h"
#include "core/tensor/tensor.h"

namespace convscope::session {

enum class AskAbout {
  kScene,    // the one on the stage
  kLesson,   // all scenes of it
  kConcept,  // practice of one concept, or of all: it has no end
  kQuiz,     // every template in turn, drawn by seed
};

// What leaving brings back. Its parts are shared: no copy is deep.
struct Kept {
  Document document;
  Clock clock;
  Look look;

  bool operator==(const Kept&) const = default;
};

// A question that has been answered.
struct AnsweredQuestion {
  std::string template_id;
  int concept_number = 0;
  bool right = false;
  std::string misconception;  // its code; empty: none that we know

  bool operator==(const AnsweredQuestion&) const = default;
};

// A second scene, played beside the question's under the same playhead.
struct BesideScene {
  // kCompared: somebody wants to compare; look.comparison says with what.
  enum class Why { kYours, kStrideOne, kLarger, kCompared };
  Why why = Why::kYours;
  Shared<lesson::Lesson> lesson;  // of one scene
  Index shift = {};               // from the question's cell of the map to the one to look at there

  bool operator==(const BesideScene&) const = default;
};

struct Asking {
  enum class Phase { kOpen, kAnswered, kDone };

  AskAbout about = AskAbout::kScene;
  std::int64_t count = 0;        // of the questions; 0: no end
  quiz::Practice practice = {};  // of kConcept
  std::vector<Shared<quiz::Question>> questions = {};
  std::size_t number = 0;  // of the one on the stage, from 0
  Phase phase = Phase::kOpen;
  std::optional<std::int64_t> option = std::nullopt;  // the one that was picked
  std::optional<quiz::Verdict> verdict = std::nullopt;
  std::vector<AnsweredQuestion> answered = {};
  std::optional<BesideScene> beside = std::nullopt;
  // Of practice with fading: the steps to the answer, some of them to fill in, one after another.
  quiz::WorkedSteps worked = {};
  std::int64_t filled = 0;     // blanks that were filled right
  bool blank_refused = false;  // the last try at the next one was wrong
  Kept kept = {};

  const quiz::Question& question() const { return *questions[number]; }
  bool is_open() const { return phase == Phase::kOpen; }
  bool operator==(const Asking&) const = default;
};

}  // namespace convscope::session
