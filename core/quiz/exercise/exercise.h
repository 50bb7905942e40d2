// An exercise: a scene to change until its goal is met. Any setting that meets it will do.
//
// A file in assets/exercises holds
//   format        1
//   id, lesson    its name, and the lesson that it belongs to
//   extra         true for one that leads further (optional)
//   title, goal   texts
//   start         a scene, as in a lesson
//   solved_when   a list of comparisons, which all have to hold
//   different     {"count": 2, "in": [WORD, ...]}: so many settings have to be found that differ in
//                 these (optional)
//   target        layers, whose map on the scene's input is the word "target" (optional)
//   also_on       a tensor: the comparisons have to hold on this input too (optional)
//   hints         three texts, which open one by one
//   solution      changes to the start, tried one after another: after the last it is solved
//   also_solved_by, near_misses   more changes; each alone solves it, or does not
//
// A change is {"layer": {...}, "training": {...}, "input": {...}}: keys that replace those of the
// start's first layer, training or input; null takes one away.
//
// A comparison is {"what": QUANTITY, RELATION: QUANTITY or number or [numbers]}. A relation is
// equals, at_least, at_most, above or below; equals may have "within": 0.01, a difference to stay
// below. {"what": WORD, "is": true, false or a word} is for what is no number.
//
// A quantity is a word of measure.h ("map.size"), with "start." before it as it was at the start
// ("start.input"), or a part: {"of": WORD, "rows": [first, last], "columns": [first, last],
// "take": "all", "largest", "smallest" or "largest_size", "plus": number}.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/lesson/lesson_json.h"
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

  // Exercises are told apart by their id.
  friend bool operator==(const Exercise& a, const Exercise& b) { return a.id == b.id; }
};

// Throws Failure as parse_lesson() does; an unknown word is named with its line.
Exercise parse_exercise(std::string_view json, const std::string& name,
                        const lesson::LoadTensor& load);

// Whether the goal is met by the scene as it is; of an exercise that wants several settings,
// whether this is one of them.
bool meets_goal(const Exercise& exercise, const lesson::Scene& scene);

// How far a learner has come.
struct ExerciseProgress {
  std::vector<std::vector<Measured>> found;  // different settings that met the goal
  std::size_t hints_open = 0;

  bool operator==(const ExerciseProgress&) const = default;
};

bool is_solved(const Exercise& exercise, const ExerciseProgress& progress);
// After an edit led to this scene.
ExerciseProgress after_edit(const Exercise& exercise, ExerciseProgress progress,
                            const lesson::Scene& scene);
ExerciseProgress with_next_hint(const Exercise& exercise, ExerciseProgress progress);

// Whether these scenes, one after another, solve it.
bool is_solved_by(const Exercise& exercise, const std::vector<lesson::Scene>& scenes);

}  // namespace convscope::quiz
