// When a tooltip is shown: once the pointer has rested on an item for a moment, until it leaves, a
// button or a key is pressed, or there was enough time to read it.
#pragma once

#include <optional>

#include "core/picture/display/picture.h"

namespace convscope::panels::widgets {

class TipClock {
 public:
  // `seconds`: the time since the last frame.
  void begin_frame(double seconds) {
    waited_ += seconds;
    under_.reset();
  }
  // Called if the pointer is over the item with this corner; returns whether its tooltip is shown.
  bool shows(picture::Point corner) {
    under_ = corner;
    return under_ == rested_on_ && is_due();
  }
  void end_frame(bool pressed) {
    if (under_ != rested_on_) {
      rested_on_ = under_;
      waited_ = 0;
      pressed_ = false;
    }
    pressed_ = pressed_ || pressed;
  }
  // Hides it until the pointer rests on another item.
  void hide() { pressed_ = true; }
  bool is_due() const {
    return rested_on_ && !pressed_ && waited_ >= kDelay && waited_ < kDelay + kLasts;
  }
  // Seconds until a tooltip will appear or disappear if nothing moves.
  std::optional<double> due_in() const {
    if (!rested_on_ || pressed_ || waited_ >= kDelay + kLasts) {
      return std::nullopt;
    }
    return (waited_ < kDelay ? kDelay : kDelay + kLasts) - waited_;
  }

 private:
  static constexpr double kDelay = 0.4;
  static constexpr double kLasts = 12;

  std::optional<picture::Point> under_;      // in this frame
  std::optional<picture::Point> rested_on_;  // since the previous frame
  double waited_ = 0;
  bool pressed_ = false;
};

}  // namespace convscope::panels::widgets
