#include "core/quiz/exercise/exercise.h"

#include <algorithm>
#include <utility>

#include "core/quiz/setting/drawn_scene.h"

namespace convscope::quiz {
namespace {

bool all_hold(const Exercise& exercise, const lesson::Scene& scene, const lesson::Scene& start) {
  if (!can_run(scene)) {
    return false;
  }
  const Subject now = {scene, exercise.target};
  const Subject before = {start, exercise.target};
  return std::ranges::all_of(exercise.solved_when, [&](const Comparison& comparison) {
    return holds(comparison, {now, before});
  });
}

}  // namespace

bool belongs_to(const Exercise& exercise, const lesson::Lesson& lesson) {
  return exercise.lesson == lesson.id ||
         std::ranges::find(lesson.exercises, exercise.id) != lesson.exercises.end();
}

bool meets_goal(const Exercise& exercise, const lesson::Scene& scene) {
  if (!all_hold(exercise, scene, exercise.start)) {
    return false;
  }
  if (exercise.also_on.base.empty()) {
    return true;
  }
  lesson::Scene other = scene;
  lesson::Scene other_start = exercise.start;
  other.input = other_start.input = exercise.also_on;
  return all_hold(exercise, other, other_start);
}

bool is_solved(const Exercise& exercise, const ExerciseProgress& progress) {
  return progress.found.size() >= exercise.different_count;
}

ExerciseProgress after_edit(const Exercise& exercise, ExerciseProgress progress,
                            const lesson::Scene& scene) {
  if (!meets_goal(exercise, scene)) {
    return progress;
  }
  std::vector<Measured> setting;
  for (const Measure measure : exercise.different_in) {
    setting.push_back(measure({scene, exercise.target}));
  }
  if (std::ranges::find(progress.found, setting) == progress.found.end()) {
    progress.found.push_back(std::move(setting));
  }
  return progress;
}

ExerciseProgress with_next_hint(const Exercise& exercise, ExerciseProgress progress) {
  progress.hints_open = std::min(progress.hints_open + 1, exercise.hints.size());
  return progress;
}

bool is_solved_by(const Exercise& exercise, const std::vector<lesson::Scene>& scenes) {
  ExerciseProgress progress;
  for (const lesson::Scene& scene : scenes) {
    progress = after_edit(exercise, std::move(progress), scene);
  }
  return is_solved(exercise, progress);
}

}  // namespace convscope::quiz
