// An exercise: a scene to change until its goal is met. Any setting that meets it is accepted.
//
// A file in assets/exercises has these keys:
//   format        1
//   id, lesson    its name, and the lesson that it belongs to
//   extra         true for an advanced exercise (optional)
//   title, goal   texts
//   start         a scene, as in a lesson
//   solved_when   a list of comparisons, all of which must be true
//   different     {"count": 2, "in": [WORD, ...]}: this many settings have to be found that
//                 differ in these words (optional)
//   target        layers, whose map on the scene's input is the word "target" (optional)
//   also_on       a tensor: the comparisons must be true for this input too (optional)
//   hints         three texts, shown one at a time
//   solution      changes to the start, applied one after another; the last one solves it
//   also_solved_by, near_misses   more changes; each alone solves it, or does not
//
// A change is {"layer": {...}, "training": {...}, "input": {...}}: keys that replace those of the
// start's first layer, training or input; null removes a key.
//
// A comparison is {"what": QUANTITY, RELATION: QUANTITY or number or [numbers]}. A relation is
// equals, at_least, at_most, above or below; equals may have "within": 0.01, and ignores smaller
// differences. {"what": WORD, "is": true, false or a word} compares what is not a number.
//
// A quantity is a word of measure.h ("map.size"), preceded by "start." for its value at the start
// ("start.input"), or a part: {"of": WORD, "rows": [first, last], "columns": [first, last], "take":
// "all", "largest", "smallest" or "largest_size", "plus": number}.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/lesson/json/lesson_json.h"
#include "core/quiz/exercise/comparison.h"

namespace convscope::quiz {

struct Exercise {
  std::string id;
  std::string lesson;
  bool extra = false;
  lesson::LocalizedText title;
  lesson::LocalizedText goal;
  lesson::Scene start;
  std::vector<Comparison> solved_when;
  std::size_t different_count = 1;
  std::vector<Measure> different_in;
  std::vector<lesson::Layer> target;
  lesson::TensorRef also_on;  // empty: none
  std::vector<lesson::LocalizedText> hints;
  std::vector<lesson::Scene> solution;
  std::vector<lesson::Scene> also_solved_by;
  std::vector<lesson::Scene> near_misses;

  // Exercises are identified by their id.
  friend bool operator==(const Exercise& a, const Exercise& b) { return a.id == b.id; }
};

// Throws Failure like parse_lesson(); an unknown word is reported with its line.
Exercise parse_exercise(std::string_view json, const std::string& name,
                        const lesson::LoadTensor& load);

// Whether it names the lesson, or the lesson names it.
bool belongs_to(const Exercise& exercise, const lesson::Lesson& lesson);

// Whether the scene meets the goal; if the exercise asks for several settings, whether this is one
// of them.
bool meets_goal(const Exercise& exercise, const lesson::Scene& scene);

// A learner's progress.
struct ExerciseProgress {
  std::vector<std::vector<Measured>> found;  // different settings that met the goal
  std::size_t hints_open = 0;

  bool operator==(const ExerciseProgress&) const = default;
};

bool is_solved(const Exercise& exercise, const ExerciseProgress& progress);
// The progress after an edit that led to this scene.
ExerciseProgress after_edit(const Exercise& exercise, ExerciseProgress progress,
                            const lesson::Scene& scene);
ExerciseProgress with_next_hint(const Exercise& exercise, ExerciseProgress progress);

// Whether these scenes, visited one after another, solve the exercise.
bool is_solved_by(const Exercise& exercise, const std::vector<lesson::Scene>& scenes);

}  // namespace convscope::quiz
