#include <algorithm>
#include <cmath>

#include "core/picture/strip/context.h"

namespace convscope::picture::strip {

namespace {

// A bracket as the lecture draws it: |____|
struct Bracket {
  float left;
  float right;
  float top;
  float bottom;
};

Bracket bracket_of(const Context& context, std::size_t panel, const StripRule& rule, double start,
                   std::int64_t window) {
  const Layout& layout = context.layout;
  const float inset = std::min(layout.cell * 0.12F, 5 * layout.level_height / 13);
  const float top = layout.panels[panel].brackets;
  const auto level = static_cast<float>(window % layout.levels);
  return {layout.x(start) + inset, layout.x(start + static_cast<double>(rule.axis.reach())) - inset,
          top, top + (level + 0.8F) * layout.level_height};
}

void draw_bracket(kit::Canvas& canvas, const Bracket& b, Rgba color, float width) {
  canvas.line({b.left, b.top}, {b.left, b.bottom}, color, width);
  canvas.line({b.right, b.top}, {b.right, b.bottom}, color, width);
  canvas.line({b.left, b.bottom}, {b.right, b.bottom}, color, width);
}

// With dilation: the cells between the ends that the window reads.
void draw_taps(kit::Canvas& canvas, const Context& context, const StripRule& rule, double start,
               const Bracket& b, Rgba color, float width) {
  for (std::int64_t tap = 0; rule.axis.dilation > 1 && tap < rule.axis.kernel; ++tap) {
    const float x = context.layout.x(start + static_cast<double>(tap * rule.axis.dilation) + 0.5);
    canvas.line({x, b.bottom}, {x, b.bottom - context.layout.level_height * 0.45F}, color, width);
  }
}

// From the bracket to its output.
void draw_stem(kit::Canvas& canvas, const Context& context, std::size_t panel, const Bracket& b,
               Rgba color, float width) {
  const float x = (b.left + b.right) / 2;
  canvas.line({x, b.bottom}, {x, context.layout.panels[panel].outputs}, color, width);
}

void draw_window(kit::Canvas& canvas, const Context& context, std::size_t panel, double start,
                 std::int64_t window, Rgba color, float width) {
  const StripRule& rule = context.rules[panel];
  const Bracket bracket = bracket_of(context, panel, rule, start, window);
  draw_stem(canvas, context, panel, bracket, faded(color, 0.6F),
            std::min(width, canvas.line_width(1.5F)));
  draw_bracket(canvas, bracket, color, width);
  draw_taps(canvas, context, rule, start, bracket, color, width);
}

// Where windows overlap deeply, only the neighbours of the current one have brackets.
bool has_bracket(const Context& context, const StripRule& rule, std::int64_t window) {
  const std::int64_t overlap = (rule.axis.reach() + rule.axis.stride - 1) / rule.axis.stride;
  const std::int64_t away = std::abs(window - context.step().output_at.x);
  return overlap <= context.layout.levels || away <= context.layout.levels / 2 - 1;
}

}  // namespace

Rect strip_output_rect(const Context& context, std::size_t panel, std::int64_t window) {
  const Layout& layout = context.layout;
  const conv::WindowAxis& axis = context.rules[panel].axis;
  const double middle =
      static_cast<double>(axis.start(window)) + static_cast<double>(axis.reach()) / 2;
  return {layout.x(middle - 0.5), layout.panels[panel].outputs, layout.cell, layout.cell};
}

bool is_lit_window(const Context& context, const StripRule& rule, std::int64_t window) {
  const auto& hover = context.scene.session.transient.hover;
  if (!hover) {
    return false;
  }
  if (hover->tensor == session::TensorRole::kOutput) {
    return rule.own && hover->at == strip_output(context, window);
  }
  if (hover->tensor != session::TensorRole::kInput) {
    return false;
  }
  for (std::int64_t tap = 0; tap < rule.axis.kernel; ++tap) {
    const std::int64_t x = rule.axis.cell(window, tap);
    const StripCell cell = strip_cell(context, rule, x);
    const Index place = {context.step().output_at.n, context.row.channel, context.row.stage_y, x};
    if (cell.source ? *cell.source == hover->at : place == hover->at) {
      return true;
    }
  }
  return false;
}

void draw_brackets(kit::Canvas& canvas, const Context& context, std::size_t panel) {
  const StripRule& rule = context.rules[panel];
  const Palette& palette = canvas.palette;
  const kit::Page windows = windows_in_sight(context, rule);
  const std::int64_t under_way = rule.own ? context.step().output_at.x : -1;
  canvas.add(ClipBegin{context.layout.column(context.scene.main)});
  for (std::int64_t window = windows.first; window < windows.end(); ++window) {
    if (window == under_way || !has_bracket(context, rule, window)) {
      continue;
    }
    const bool lit = is_lit_window(context, rule, window);
    const bool done = !rule.own || (context.moment().started && window < under_way);
    const Rgba color = lit ? palette.text : faded(palette.text_dim, done ? 0.8F : 0.45F);
    draw_window(canvas, context, panel, static_cast<double>(rule.axis.start(window)), window, color,
                canvas.line_width(lit ? 2.5F : 1.2F));
  }
  if (under_way >= 0) {
    draw_window(canvas, context, panel, context.moment().window_x, under_way, palette.weight.line,
                canvas.line_width(3));
  }
  canvas.add(ClipEnd{});
}

}  // namespace convscope::picture::strip
