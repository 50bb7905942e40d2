// When a tooltip shows: once the pointer has rested on an item, until it leaves the item or presses
// a button.
#pragma once

#include <optional>

#include "core/picture/display/picture.h"

namespace convscope::panels::widgets {

class TipClock {
 public:
  // `seconds` have passed since the last frame.
  void begin_frame(double seconds) {
    waited_ += seconds;
    under_.reset();
  }
  // The pointer is over the item with this corner: whether its tip shows.
  bool shows(picture::Point corner) {
    under_ = corner;
    return under_ == rested_on_ && !pressed_ && waited_ >= kDelay;
  }
  void end_frame(bool pressed) {
    if (under_ != rested_on_) {
      rested_on_ = under_;
      waited_ = 0;
      pressed_ = false;
    }
    pressed_ = pressed_ || pressed;
  }
  // Seconds until a tip will show if nothing moves.
  std::optional<double> due_in() const {
    const bool due = rested_on_ && !pressed_ && waited_ < kDelay;
    return due ? std::optional(kDelay - waited_) : std::nullopt;
  }

 private:
  static constexpr double kDelay = 0.4;

  std::optional<picture::Point> under_;      // in this frame
  std::optional<picture::Point> rested_on_;  // since the frame before
  double waited_ = 0;
  bool pressed_ = false;
};

}  // namespace convscope::panels::widgets
