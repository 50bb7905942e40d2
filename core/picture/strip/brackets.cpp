#include <algorithm>
#include <cmath>

#include "core/picture/strip/stage.h"

namespace convscope::picture::strip {

namespace {

// A bracket as the lecture draws it: |____|
struct Bracket {
  float left;
  float right;
  float top;
  float bottom;
};

Bracket bracket_of(const StripStage& stage, std::size_t panel, const StripRule& rule, double start,
                   std::int64_t window) {
  const StripLayout& layout = stage.layout;
  const float inset = std::min(layout.cell * 0.12F, 5 * layout.level_height / 13);
  const float top = layout.panels[panel].brackets;
  const auto level = static_cast<float>(window % layout.levels);
  return {layout.x(start) + inset, layout.x(start + static_cast<double>(rule.axis.reach())) - inset,
          top, top + (level + 0.8F) * layout.level_height};
}

void draw_bracket(kit::Brush& brush, const Bracket& b, Rgba color, float width) {
  brush.line({b.left, b.top}, {b.left, b.bottom}, color, width);
  brush.line({b.right, b.top}, {b.right, b.bottom}, color, width);
  brush.line({b.left, b.bottom}, {b.right, b.bottom}, color, width);
}

// With dilation: the cells between the ends that the window reads.
void draw_taps(kit::Brush& brush, const StripStage& stage, const StripRule& rule, double start,
               const Bracket& b, Rgba color, float width) {
  for (std::int64_t tap = 0; rule.axis.dilation > 1 && tap < rule.axis.kernel; ++tap) {
    const float x = stage.layout.x(start + static_cast<double>(tap * rule.axis.dilation) + 0.5);
    brush.line({x, b.bottom}, {x, b.bottom - stage.layout.level_height * 0.45F}, color, width);
  }
}

// From the bracket to its output.
void draw_stem(kit::Brush& brush, const StripStage& stage, std::size_t panel, const Bracket& b,
               Rgba color, float width) {
  const float x = (b.left + b.right) / 2;
  brush.line({x, b.bottom}, {x, stage.layout.panels[panel].outputs}, color, width);
}

void draw_window(kit::Brush& brush, const StripStage& stage, std::size_t panel, double start,
                 std::int64_t window, Rgba color, float width) {
  const StripRule& rule = stage.rules[panel];
  const Bracket bracket = bracket_of(stage, panel, rule, start, window);
  draw_stem(brush, stage, panel, bracket, faded(color, 0.6F),
            std::min(width, brush.line_width(1.5F)));
  draw_bracket(brush, bracket, color, width);
  draw_taps(brush, stage, rule, start, bracket, color, width);
}

// Where windows overlap deeply, only the neighbours of the one under way have brackets.
bool has_bracket(const StripStage& stage, const StripRule& rule, std::int64_t window) {
  const std::int64_t overlap = (rule.axis.reach() + rule.axis.stride - 1) / rule.axis.stride;
  const std::int64_t away = std::abs(window - stage.step().output_at.x);
  return overlap <= stage.layout.levels || away <= stage.layout.levels / 2 - 1;
}

}  // namespace

Rect strip_output_rect(const StripStage& stage, std::size_t panel, std::int64_t window) {
  const StripLayout& layout = stage.layout;
  const conv::WindowAxis& axis = stage.rules[panel].axis;
  const double middle =
      static_cast<double>(axis.start(window)) + static_cast<double>(axis.reach()) / 2;
  return {layout.x(middle - 0.5), layout.panels[panel].outputs, layout.cell, layout.cell};
}

bool is_lit_window(const StripStage& stage, const StripRule& rule, std::int64_t window) {
  const auto& hover = stage.scene.session.transient.hover;
  if (!hover) {
    return false;
  }
  if (hover->tensor == session::TensorRole::kOutput) {
    return rule.own && hover->at == strip_output(stage, window);
  }
  if (hover->tensor != session::TensorRole::kInput) {
    return false;
  }
  for (std::int64_t tap = 0; tap < rule.axis.kernel; ++tap) {
    const std::int64_t x = rule.axis.cell(window, tap);
    const StripCell cell = strip_cell(stage, rule, x);
    const Index place = {stage.step().output_at.n, stage.row.channel, stage.row.stage_y, x};
    if (cell.source ? *cell.source == hover->at : place == hover->at) {
      return true;
    }
  }
  return false;
}

void draw_brackets(kit::Brush& brush, const StripStage& stage, std::size_t panel) {
  const StripRule& rule = stage.rules[panel];
  const Palette& palette = brush.palette;
  const kit::Page windows = windows_in_sight(stage, rule);
  const std::int64_t under_way = rule.own ? stage.step().output_at.x : -1;
  brush.add(ClipBegin{stage.layout.column(stage.scene.main)});
  for (std::int64_t window = windows.first; window < windows.end(); ++window) {
    if (window == under_way || !has_bracket(stage, rule, window)) {
      continue;
    }
    const bool lit = is_lit_window(stage, rule, window);
    const bool done = !rule.own || (stage.moment().started && window < under_way);
    const Rgba color = lit ? palette.text : faded(palette.text_dim, done ? 0.8F : 0.45F);
    draw_window(brush, stage, panel, static_cast<double>(rule.axis.start(window)), window, color,
                brush.line_width(lit ? 2.5F : 1.2F));
  }
  if (under_way >= 0) {
    draw_window(brush, stage, panel, stage.moment().window_x, under_way, palette.weight.line,
                brush.line_width(3));
  }
  brush.add(ClipEnd{});
}

}  // namespace convscope::picture::strip
