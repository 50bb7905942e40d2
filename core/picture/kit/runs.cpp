#include "core/picture/kit/runs.h"

#include <algorithm>
#include <utility>

namespace convscope::picture::kit {

Run bold(std::string text, Rgba color, std::optional<session::Target> target) {
  return {std::move(text), color, Font::kSansBold, true, target};
}

float width_of(const Canvas& canvas, const Runs& runs, float size) {
  float width = 0;
  for (const Run& run : runs) {
    width += canvas.metrics.width(run.text, run.font, size);
  }
  return width;
}

float draw_runs(Canvas& canvas, const Runs& runs, Point at, float size) {
  for (const Run& run : runs) {
    const float width = canvas.metrics.width(run.text, run.font, size);
    if (run.shown) {
      Text text{.at = at, .text = run.text, .font = run.font, .size = size, .color = run.color};
      if (run.target) {
        text.target = run.target;
        text.target_rect = {at.x, at.y - size, width, size * 1.3F};
      }
      canvas.add(std::move(text));
    }
    at.x += width;
  }
  return at.x;
}

float draw_shrunk(Canvas& canvas, const Runs& runs, Point at, float size, float room, float least) {
  const float width = std::max(width_of(canvas, runs, size), 1.0F);
  size *= std::clamp(room / width, least, 1.0F);
  draw_runs(canvas, runs, at, size);
  return size;
}

const Runs& fitting(const Canvas& canvas, const std::vector<Runs>& ways, float size, float room) {
  const auto fits = [&](const Runs& runs) { return width_of(canvas, runs, size) <= room; };
  const auto found = std::find_if(ways.begin(), ways.end(), fits);
  return found == ways.end() ? ways.back() : *found;
}

}  // namespace convscope::picture::kit
