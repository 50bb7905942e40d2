// Which control has the keyboard focus: Tab visits all controls on screen, the arrow keys those of
// one panel, Enter presses one. We do this ourselves, because versions of Dear ImGui differ here,
// and use Space and the arrows, which play and step.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "app/panels/key_area.h"

namespace convscope::panels::widgets {

class FocusOrder {
 public:
  struct Control {
    unsigned id = 0;
    KeyFocus area = KeyFocus::kStage;

    bool operator==(const Control&) const = default;
  };

  // A frame's controls are visited in the order in which they are drawn, panel by panel.
  void begin_frame() { visited_.clear(); }
  void enter(KeyFocus area) { area_ = area; }
  // Registers a control; returns whether it has the focus.
  bool visit(unsigned id) {
    visited_.push_back({id, area_});
    return focused_ == visited_.back();
  }
  void end_frame() {
    std::ranges::stable_sort(visited_, {}, &Control::area);
    order_ = visited_;
    pressed_.reset();
    revealed_ = focused_;
  }

  const std::optional<Control>& focused() const { return focused_; }
  // Whether it got the focus since the last frame, and may have to be scrolled into view.
  bool is_new() const { return focused_ != revealed_; }
  void clear() { focused_.reset(); }
  void take(unsigned id) { focused_ = Control{id, area_}; }

  // Moves to the next (step 1) or previous (-1) control, starting at `here` if none has the focus.
  // After the last control the stage gets the focus, then the first control again.
  KeyFocus move(int step, KeyFocus here) {
    std::vector<Control> stops = order_;
    std::erase_if(stops, [](const Control& stop) { return stop.area == KeyFocus::kStage; });
    const Control stage{0, KeyFocus::kStage};
    const auto at_stage =
        stops.insert(std::ranges::upper_bound(stops, stage.area, {}, &Control::area), stage);
    const std::ptrdiff_t count = std::ssize(stops);
    const auto found = std::ranges::find(stops, focused_.value_or(stage));
    std::ptrdiff_t at = found - stops.begin();
    if (!focused_ && here != KeyFocus::kStage) {
      // A click gave the panel the keyboard: start at its first control.
      at = std::ranges::lower_bound(stops, here, {}, &Control::area) - stops.begin() - (step > 0);
    } else if (found == stops.end()) {
      at = at_stage - stops.begin();
    }
    const Control& next = stops[static_cast<std::size_t>((at + step + count) % count)];
    focused_ = next == stage ? std::nullopt : std::optional(next);
    return next.area;
  }

  // Moves within a panel, for arrow keys; stops at its ends.
  void move_within(int step, KeyFocus here) {
    std::vector<Control> stops;
    for (const Control& stop : order_) {
      if (stop.area == here) {
        stops.push_back(stop);
      }
    }
    if (stops.empty()) {
      return;
    }
    const std::ptrdiff_t last = std::ssize(stops) - 1;
    const auto found = focused_ ? std::ranges::find(stops, *focused_) : stops.end();
    const std::ptrdiff_t at =
        found == stops.end() ? (step > 0 ? 0 : last)
                             : std::clamp<std::ptrdiff_t>(found - stops.begin() + step, 0, last);
    focused_ = stops[static_cast<std::size_t>(at)];
  }

  // Enter: the focused control treats it as a click, in the next frame.
  void press() { pressed_ = focused_; }
  bool is_pressed(unsigned id) const {
    return pressed_ && pressed_->id == id && pressed_->area == area_;
  }

 private:
  KeyFocus area_ = KeyFocus::kStage;
  std::vector<Control> visited_;  // in this frame
  std::vector<Control> order_;    // of the previous frame
  std::optional<Control> focused_;
  std::optional<Control> pressed_;
  std::optional<Control> revealed_;
};

}  // namespace convscope::panels::widgets
