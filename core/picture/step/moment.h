// Moment: what one frame of the timeline shows of the current step. Pure choreography, no
// coordinates.
#pragma once

#include <cstdint>
#include <optional>

#include "core/conv/analysis/step.h"
#include "core/derive/derived.h"
#include "core/session/session.h"

namespace convscope::picture::step {

struct Moment {
  bool started = false;  // false: the empty map, the window waits at its first place
  conv::Step step;       // of the current position, or of the first one
  double window_y = 0;   // top left of the window in stage input cells, on its way
  double window_x = 0;
  bool window_arrived = true;
  std::int64_t terms_shown = 0;      // products spelled out so far, in the step's order
  std::int64_t active_channel = -1;  // the channel being summed, -1: none in particular
  std::int64_t active_term = -1;     // the product being made, -1: none in particular
  bool total_shown = false;          // the result stands behind "="
  double flight = -1;                // 0..1 of the value's way into its cell; -1 before and after
  bool landed = false;               // the value stands in the map
  std::int64_t revealed = 0;         // output cells that have their value, by position
  std::int64_t kept = 0;             // those that had it before the moment was chosen by a click
};

// nullopt when the layer has no output, or no input yet. A transposed convolution is stepped by its
// output cells here, whatever the session says.
std::optional<Moment> moment_of(const session::Session& session, const derive::LayerResult& layer);

}  // namespace convscope::picture::step
