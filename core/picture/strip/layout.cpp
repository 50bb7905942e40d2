#include "core/picture/strip/layout.h"

#include <algorithm>
#include <cmath>

#include "core/picture/kit/camera.h"

namespace convscope::picture::strip {

namespace {

// At scale 1.
constexpr float kMaxCell = 84;
constexpr float kMinCell = 26;  // of a strip that is shown whole
constexpr float kCutCell = 34;  // of a part of a long one
constexpr std::int64_t kMostLevels = 6;
constexpr float kWeightShare = 0.82F;  // heights in cells
constexpr float kEllipsis = 0.8F;
constexpr float kLeastShare = 0.55F;  // of words and brackets, where the stage is low

float count(std::int64_t n) { return static_cast<float>(n); }

// Heights of a panel that do not depend on its cells.
struct Bands {
  float heading;
  float names;
  float level;
  float gap;      // between rows
  float between;  // of panels
};

Bands bands_of(float scale, float text_scale) {
  return {.heading = 28 * scale * text_scale,
          .names = 20 * scale * text_scale,
          .level = 13 * scale,
          .gap = 7 * scale,
          .between = 26 * scale};
}

float note_height(const StripContent& content, float words) {
  return content.note ? 24 * words : 0;
}

float fixed_height(const Bands& b, const Layout& out, std::size_t panels) {
  return count(static_cast<std::int64_t>(panels)) *
             (b.heading + b.names + 2 * b.gap + count(out.levels) * b.level) +
         count(static_cast<std::int64_t>(panels) - 1) * b.between;
}

// The whole extent of all rules together, and how deep their brackets stack.
void measure(const std::vector<StripRule>& rules, Layout& out) {
  std::int64_t end = 0;
  for (const StripRule& rule : rules) {
    out.first = std::min(out.first, rule.begin());
    end = std::max(end, rule.end());
    const std::int64_t overlap = (rule.axis.reach() + rule.axis.stride - 1) / rule.axis.stride;
    // Windows that only touch need two levels too, or their ticks would merge.
    const std::int64_t levels = overlap + (rule.axis.reach() % rule.axis.stride == 0 ? 1 : 0);
    out.levels = std::max(out.levels, std::min({levels, rule.axis.outputs, kMostLevels}));
  }
  out.total = end - out.first;
}

// A long strip shows the part with the window in it.
void choose_cells(const std::vector<StripRule>& rules, const StripContent& content, float room,
                  float tallest, float scale, Layout& out) {
  const float whole = std::min({room / count(out.total), tallest, kMaxCell * scale});
  if (whole >= kMinCell * scale || room / count(out.total) >= tallest) {
    out.cell = std::floor(std::max(whole, 1.0F));
    out.shown = {0, out.total};
    return;
  }
  std::int64_t reach = 1;
  for (const StripRule& rule : rules) {
    reach = std::max(reach, rule.axis.reach());
  }
  const float cell = std::min({kCutCell * scale, tallest, room / (count(reach) + 4)});
  const auto fitting = static_cast<std::int64_t>(room / std::max(cell, 1e-3F) - 2 * kEllipsis);
  out.cell = cell;
  out.shown = kit::page_of(content.window - out.first, reach, std::max<std::int64_t>(fitting, 1),
                           out.total);
}

StripPanel panel_at(float y, const Bands& b, const StripRule& rule, const StripContent& content,
                    const Layout& out) {
  StripPanel panel;
  panel.heading = y + b.heading * 0.72F;
  panel.weights = y + b.heading;
  const float below = panel.weights + (content.weighted && rule.own ? out.weight_height : 0);
  panel.names = below + b.names * 0.75F;
  panel.cells = below + b.names;
  panel.brackets = panel.cells + out.cell + b.gap;
  panel.outputs = panel.brackets + count(out.levels) * b.level + b.gap;
  return panel;
}

// Zoom and pan: words keep their size.
void look_through(const kit::CameraView& view, Layout& out) {
  out.left = view.x(out.left);
  out.cell = view.length(out.cell);
  out.weight_height = view.length(out.weight_height);
  out.level_height = view.length(out.level_height);
  out.note = view.y(out.note);
  for (StripPanel& panel : out.panels) {
    for (float* place : {&panel.heading, &panel.names, &panel.weights, &panel.cells,
                         &panel.brackets, &panel.outputs}) {
      *place = view.y(*place);
    }
  }
}

}  // namespace

Layout lay_out(const std::vector<StripRule>& rules, const StripContent& content, const Rect& main,
               float scale, float text_scale, const session::Camera& camera) {
  Layout out;
  measure(rules, out);
  // Input and output cells of every panel, and the one filter.
  const float rows =
      2 * count(static_cast<std::int64_t>(rules.size())) + (content.weighted ? kWeightShare : 0);
  const float wanted = fixed_height(bands_of(scale, text_scale), out, rules.size()) +
                       note_height(content, scale * text_scale);
  const float share = std::clamp((main.h - rows * kMinCell * scale) / wanted, kLeastShare, 1.0F);
  const float t = scale * text_scale * share;
  const Bands b = bands_of(scale * share, text_scale);
  out.caption_size = 15 * t;
  out.label_size = 14.5F * t;
  const float note = note_height(content, t);
  const float fixed = fixed_height(b, out, rules.size());
  const float tallest = std::max((main.h - note - fixed) / rows, 1.0F);
  const float labels = content.labels * share;
  const float room = std::max(main.w - labels, 1.0F);
  choose_cells(rules, content, room, tallest, scale, out);
  out.weight_height = content.weighted ? out.cell * kWeightShare : 0;
  out.level_height = b.level;

  const float height = fixed + 2 * out.cell * count(static_cast<std::int64_t>(rules.size())) +
                       out.weight_height + note;
  const float width = labels + count(out.shown.count) * out.cell;
  const float start = std::floor(main.x + labels + std::max(0.0F, (main.w - width) / 2));
  out.left = start - count(out.shown.first + out.first) * out.cell;
  float y = std::floor(main.y + std::max(0.0F, (main.h - height) / 2));
  for (const StripRule& rule : rules) {
    const StripPanel panel = panel_at(y, b, rule, content, out);
    out.panels.push_back(panel);
    y = panel.outputs + out.cell + b.between;
  }
  out.note = y - b.between + 20 * t;
  look_through(kit::CameraView(camera, main), out);
  return out;
}

}  // namespace convscope::picture::strip
