// The bundled lessons for tests of core: read from their files, with images replaced by a ramp.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/lesson/json/lesson_json.h"

namespace convscope::testing {

inline std::string read_text(const std::string& path) {
  std::ifstream file(std::string(CONVSCOPE_SOURCE_DIR) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The names of the files in a folder of assets, without .json: the ids of the bundled lessons or of
// the exercises.
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

// 3 x 640 x 960, values 0..255: as large as the still life, because narration refers to its
// positions. Created once, as tensors share their values.
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

}  // namespace convscope::testing
