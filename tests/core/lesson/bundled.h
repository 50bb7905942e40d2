// The bundled lessons as the tests read them: from their files, pictures replaced by a ramp.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/lesson/lesson_json.h"
#include "core/session/session.h"
#include "core/session/update.h"

namespace convscope::testing {

// The ids of all files in assets/lessons.
inline std::vector<std::string> all_bundled() {
  std::vector<std::string> ids;
  const auto folder = std::filesystem::path(CONVSCOPE_SOURCE_DIR) / "assets/lessons";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") {
      ids.push_back(entry.path().stem().string());
    }
  }
  std::ranges::sort(ids);
  return ids;
}

inline std::string read_text(const std::string& path) {
  std::ifstream file(std::string(CONVSCOPE_SOURCE_DIR) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// 3 x 640 x 960, values 0..255: as large as the still life, because texts name positions in it.
// Made once, as tensors share their values.
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

inline session::Session opened(const std::string& id) {
  return session::open_session(bundled(id), session::Theme::kDark, lesson::Language::kEnglish);
}

template <typename... Steps>
session::Session after(session::Session session, const Steps&... steps) {
  ((session = session::update(std::move(session), steps)), ...);
  return session;
}

inline std::vector<float> values_of(const Tensor& tensor) {
  return {tensor.values().begin(), tensor.values().end()};
}

}  // namespace convscope::testing
