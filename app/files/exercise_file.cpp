#include "app/files/exercise_file.h"

#include <string>

#include "app/files/embedded.h"
#include "app/files/image_file.h"
#include "core/tensor/npy.h"

namespace convscope::files {
namespace {

constexpr std::string_view kBundled = "bundled:";

// What is built in lies nowhere that a file could stand beside.
Tensor load_bundled(const lesson::FileSource& source) {
  if (!source.path.starts_with(kBundled)) {
    throw Failure({"asset_missing", "", {{"name", source.path}}});
  }
  const auto bytes = asset(source.path.substr(kBundled.size()));
  return source.kind == lesson::FileSource::Kind::kImage
             ? decode_image(bytes, source.path)
             : tensor_from_npy(parse_npy(bytes, source.path), source.path);
}

}  // namespace

std::vector<quiz::Exercise> bundled_exercises() {
  std::vector<quiz::Exercise> exercises;
  for (const std::string& path : assets_below("exercises")) {
    exercises.push_back(quiz::parse_exercise(asset_text(path), path, load_bundled));
  }
  return exercises;
}

}  // namespace convscope::files
