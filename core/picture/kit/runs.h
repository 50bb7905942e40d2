// A line of text in several colours and fonts, and what happens to it where there is little room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/picture/kit/canvas.h"

namespace convscope::picture::kit {

struct Run {
  std::string text;
  Rgba color;
  Font font = Font::kSans;
  bool shown = true;  // false: it only takes its place
  std::optional<session::Target> target = std::nullopt;
};
using Runs = std::vector<Run>;

Run bold(std::string text, Rgba color, std::optional<session::Target> target = std::nullopt);

float width_of(const Canvas& canvas, const Runs& runs, float size);

// Draws from `at` on, on the baseline, and returns where it ends.
float draw_runs(Canvas& canvas, const Runs& runs, Point at, float size);

// The same in `room` pixels: smaller where it is too long, down to `least` times as large. Returns
// the size.
float draw_shrunk(Canvas& canvas, const Runs& runs, Point at, float size, float room,
                  float least = 0.6F);

// The first of several ways to say it, the fullest first, that is not wider than `room`; else the
// last.
const Runs& fitting(const Canvas& canvas, const std::vector<Runs>& ways, float size, float room);

}  // namespace convscope::picture::kit
