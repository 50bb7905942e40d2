// FrameLoop: what the window's loop does between waiting and showing: it advances the clock and
// draws one frame. The time is a parameter, so tests can choose it. Needs what Shell needs.
#pragma once

#include <optional>

#include "app/window/shell/shell.h"
#include "app/window/store.h"
#include "app/window/ticker.h"

namespace convscope::window {

struct FrameSize {
  int width = 0;
  int height = 0;
  float scale = 1;
};

class FrameLoop {
 public:
  // `now`, here and below: seconds of a steady clock.
  FrameLoop(Store& store, const picture::TextMetrics& metrics, double now,
            panels::widgets::Clipboard clipboard = {});

  Shell& shell() { return shell_; }
  // Seconds until another frame is due without any further event; nothing when none is.
  std::optional<double> patience() const;
  void turn(const FrameSize& size, double now);
  // Call this instead while the window is hidden: the clock stands still.
  void rest(double now);

 private:
  void tick(double seconds);

  Store& store_;
  Shell shell_;
  Ticker ticker_;
  double last_;
};

}  // namespace convscope::window
