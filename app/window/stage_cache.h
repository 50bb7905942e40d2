// The stage's picture, composed only when something that it shows has changed.
#pragma once

#include <cstdint>
#include <optional>

#include "core/picture/compose.h"

namespace convscope::window {

class StageCache {
 public:
  // Whether `picture()` has to be drawn anew: composes unless `shown` is what it shows already.
  bool refresh(const picture::Shown& shown, const lesson::Locale& locale,
               const picture::TextMetrics& metrics);
  const picture::Picture& picture() const { return picture_; }
  // How often it was composed.
  std::int64_t composes() const { return composes_; }

 private:
  std::optional<picture::Shown> shown_;
  picture::Picture picture_;
  std::int64_t composes_ = 0;
};

}  // namespace convscope::window
