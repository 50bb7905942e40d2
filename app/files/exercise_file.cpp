#include "app/files/exercise_file.h"

#include <string>

#include "app/files/embedded.h"
#include "app/files/lesson_file.h"

namespace convscope::files {

std::vector<quiz::Exercise> bundled_exercises() {
  std::vector<quiz::Exercise> exercises;
  for (const std::string& path : assets_below("exercises")) {
    exercises.push_back(quiz::parse_exercise(asset_text(path), path, load_bundled));
  }
  return exercises;
}

}  // namespace convscope::files
