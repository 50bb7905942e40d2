// The frames of an animation as they are stored: each as what changed, for as long as nothing does.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "app/files/image/animation_timing.h"
#include "app/files/image/frame_change.h"
#include "app/files/image/frame_size.h"

namespace convscope::files {

struct StoredFrame {
  PixelArea area;
  std::string bytes;
  std::int64_t start = 0;  // the number of the first frame that it shows
};

class StoredFrames {
 public:
  // Throws Failure "frame_size" if a side is longer than `limit`.
  StoredFrames(const char* format, int width, int height, int limit, const AnimationTiming& timing)
      : format_(format), limit_(limit), width_(width), height_(height), timing_(checked(timing)) {
    check_frame_size(format, width, height, limit);
  }

  int width() const { return width_; }
  int height() const { return height_; }
  const AnimationTiming& timing() const { return timing_; }

  // `encode(pixels, area)` makes a StoredFrame of what changed. `store(frame, end)` takes one when
  // the number of the frame after it is known.
  template <typename Encode, typename Store>
  void add(const Pixels& frame, const Encode& encode, const Store& store) {
    if (frame.width != width_ || frame.height != height_) {
      throw wrong_frame_size(format_, frame.width, frame.height, limit_);
    }
    const std::int64_t start = count_++;
    const std::optional<PixelArea> area = last_.change_to(frame);
    if (!area) {
      return;
    }
    finish(start, store);
    pending_ = encode(last_.pixels(), *area);
    pending_->start = start;
  }
  template <typename Store>
  void finish(const Store& store) {
    finish(count_, store);
  }

 private:
  static AnimationTiming checked(AnimationTiming timing) {
    timing.frames_per_second = std::clamp(timing.frames_per_second, 1, 1000);
    return timing;
  }
  template <typename Store>
  void finish(std::int64_t end, const Store& store) {
    if (pending_) {
      store(*pending_, end);
    }
  }

  const char* format_;
  int limit_;
  int width_;
  int height_;
  AnimationTiming timing_;
  LastFrame last_;
  std::optional<StoredFrame> pending_;  // its end is not known yet
  std::int64_t count_ = 0;
};

}  // namespace convscope::files
