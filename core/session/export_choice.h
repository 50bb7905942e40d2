// What is exported and how it looks. The last choices are remembered from one run to the next.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/lesson/lesson.h"
#include "core/session/look.h"

namespace convscope::session {

struct ExportChoice {
  // The stage, its sum or one tensor of the step alone, or the window around it.
  enum class What { kStage, kSum, kInput, kFilter, kMap, kWindow };

  bool animated = false;
  std::string still_ending = ".png";
  std::string animated_ending = ".gif";
  What what = What::kStage;
  std::int64_t width = 1280;
  std::int64_t height = 720;
  Theme theme = Theme::kLight;  // most pictures are printed, or stand on white slides
  std::optional<lesson::Language> language = std::nullopt;  // else the program's
  std::int64_t frames_per_second = 30;
  double pause = 1.5;  // seconds that the last frame is held
  bool loop = true;

  const std::string& ending() const { return animated ? animated_ending : still_ending; }
  bool operator==(const ExportChoice&) const = default;
};

inline constexpr std::int64_t kLeastExportSide = 16;
inline constexpr std::int64_t kMostExportSide = 8192;
inline constexpr std::int64_t kMostExportRate = 100;
inline constexpr double kMostExportPause = 60;
inline constexpr std::int64_t kMostExportFrames = 2000;

}  // namespace convscope::session
