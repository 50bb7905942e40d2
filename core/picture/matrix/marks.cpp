#include "core/picture/matrix/marks.h"

#include <algorithm>
#include <cmath>

#include "core/conv/operators/operator.h"
#include "core/picture/kit/marks.h"
#include "core/picture/kit/tensor_colors.h"

namespace convscope::picture::matrix {

namespace {

session::Target target_of(const Context& context, const UnrolledCell& cell) {
  if (cell.source) {
    return {session::TensorRole::kInput, *cell.source};
  }
  return {context.operation().transposed() ? session::TensorRole::kZeroInserted
                                           : session::TensorRole::kInput,
          cell.stage_at};
}

Rect row_rect(const BlockLayout& block, double row) {
  return block.matrix.cells(row - static_cast<double>(block.rows.first), 0, 1, block.matrix.w);
}

// The current row, sliding from the one before.
double moving_row(const Context& context) {
  const auto row = static_cast<double>(context.active_row());
  const conv::Step& step = context.step();
  if (context.moment().window_arrived || step.position == 0) {
    return row;
  }
  const Index before = conv::output_index(context.output(), step.position - 1);
  const conv::Size2 stride = context.scene.spec().stride;
  const auto left = [](double now, std::int64_t goal, std::int64_t cells) {
    return cells == 0 ? 0.0
                      : std::abs((static_cast<double>(goal) - now) / static_cast<double>(cells));
  };
  const double y =
      left(context.moment().window_y, step.window_y, (step.output_at.y - before.y) * stride.h);
  const double x =
      left(context.moment().window_x, step.window_x, (step.output_at.x - before.x) * stride.w);
  const bool same_map = before.c == step.output_at.c && before.n == step.output_at.n;
  return same_map ? row - std::min(std::max(x, y), 1.0) : row;
}

}  // namespace

const Index* hovered(const Context& context, session::TensorRole role) {
  const auto& hover = context.scene.session.transient.hover;
  return hover && hover->tensor == role ? &hover->at : nullptr;
}

bool is_lit(const Context& context, const UnrolledCell& cell) {
  const Index* at = hovered(context, session::TensorRole::kInput);
  return at != nullptr &&
         target_of(context, cell) == session::Target{session::TensorRole::kInput, *at};
}

bool is_lit_weight(const Context& context, const Index& own) {
  const Index* at = hovered(context, session::TensorRole::kWeight);
  return at != nullptr && *at == own;
}

bool is_lit_product(const Context& context, std::int64_t row, const Index& own) {
  const Index* at = hovered(context, session::TensorRole::kProduct);
  return at != nullptr && *at == own && row == context.active_row();
}

bool is_active_weight(const Context& context, const Index& own) {
  const std::int64_t term = context.moment().active_term;
  return term >= 0 && context.step().terms[static_cast<std::size_t>(term)].weight_at == own;
}

float opacity_of(const Context& context, std::int64_t row) {
  return !context.moment().started || row == context.active_row() ? 1.0F : kOtherRows;
}

bool is_seen(const Context& context, const Rect& rect) {
  const Rect seen = kit::intersection(rect, context.view);
  return seen.w > 0 && seen.h > 0;
}

kit::ValueCell input_cell(const kit::Canvas& canvas, const Context& context,
                          const UnrolledCell& cell) {
  kit::ValueCell shown{.value = cell.value, .target = target_of(context, cell)};
  shown.fill = color_of(
      kit::slice_scale(context.scene.look, context.layer(), cell.stage_at.c, canvas.palette),
      cell.value);
  if (cell.padding) {
    shown.kind = kit::ValueCell::Kind::kPadding;
  } else if (!cell.source) {
    shown.kind = kit::ValueCell::Kind::kInserted;
  }
  return shown;
}

kit::ValueCell weight_cell(const kit::Canvas& canvas, const Context& context, float value,
                           const Index& own) {
  return {
      .value = value,
      .fill = color_of(kit::diverging_scale(context.layer().weight_range, canvas.palette), value),
      .target = session::Target{session::TensorRole::kWeight, own}};
}

kit::ValueCell output_cell(const kit::Canvas& canvas, const Context& context, const Index& at) {
  kit::ValueCell shown{.kind = kit::ValueCell::Kind::kEmpty,
                       .target = session::Target{session::TensorRole::kOutput, at}};
  if (context.has_value(at)) {
    const float value = context.layer().output.at(at);
    shown.kind = kit::ValueCell::Kind::kValue;
    shown.value = value;
    shown.fill = color_of(kit::output_scale(context.layer(), canvas.palette), value);
  }
  return shown;
}

void frame_cells(kit::Canvas& canvas, const Rect& around, Rgba color, float cell, float dash) {
  const float width = kit::frame_width(canvas, cell);
  // Around the cells rather than over them: small ones would be lost.
  const float grow = cell < 14 * canvas.scale ? 0.6F : 0.0F;
  const Rect rect = {around.x - grow * width, around.y - grow * width, around.w + 2 * grow * width,
                     around.h + 2 * grow * width};
  kit::draw_frame(canvas, rect, color, width, dash);
}

void draw_marks(kit::Canvas& canvas, const Marks& marks) {
  for (const Mark& mark : marks) {
    const float frame = kit::frame_width(canvas, mark.rect.w);
    kit::draw_lit(canvas, mark.rect, mark.color, mark.framed ? frame : 0);
  }
}

void draw_rows(kit::Canvas& canvas, const Context& context, const BlockLayout& block) {
  const float cell = block.matrix.cell;
  if (context.moment().started && block.rows.holds(context.active_row())) {
    const double row = std::max(moving_row(context), static_cast<double>(block.rows.first));
    const Rect line = row_rect(block, row);
    frame_cells(canvas, line, canvas.palette.weight.line, cell);
    if (block.results.w > 0) {
      const float size =
          std::clamp(cell * 0.9F, 13 * canvas.scale, context.scene.caption_size * 1.1F);
      const float left = line.right() + block.margin;
      canvas.centered_text({left, line.y, block.results.rect.x - left, line.h}, "=", Font::kSans,
                           size, canvas.palette.text);
    }
  }
  const Index* at = hovered(context, session::TensorRole::kOutput);
  if (at != nullptr && at->n == context.step().output_at.n) {
    const std::int64_t row = at->y * context.output().w + at->x;
    if (block.rows.holds(row)) {
      frame_cells(canvas, row_rect(block, static_cast<double>(row)), canvas.palette.output.line,
                  cell, 5 * canvas.scale);
    }
  }
}

void draw_parts(kit::Canvas& canvas, const BlockLayout& block, std::int64_t rows,
                std::int64_t columns) {
  const Rgba color = faded(canvas.palette.text_dim, 0.45F);
  const float width = std::max(1.0F, std::round(canvas.scale));
  const Rect& rect = block.matrix.rect;
  const auto each = [](const kit::Page& page, std::int64_t period, const auto& visit) {
    for (std::int64_t i = page.first + 1; period > 0 && i < page.end(); ++i) {
      if (i % period == 0) {
        visit(static_cast<float>(i - page.first));
      }
    }
  };
  each(block.rows, rows, [&](float i) {
    const float y = rect.y + i * block.matrix.cell;
    canvas.line({rect.x, y}, {rect.right(), y}, color, width);
  });
  each(block.columns, columns, [&](float i) {
    const float x = rect.x + i * block.matrix.cell;
    canvas.line({x, rect.y}, {x, rect.bottom()}, color, width);
  });
}

void draw_ends(kit::Canvas& canvas, const BlockLayout& block, std::int64_t rows,
               std::int64_t columns, std::int64_t results) {
  const Rect& r = block.matrix.rect;
  const float cell = block.matrix.cell;
  const float size = std::max(cell * 0.7F, 11 * canvas.scale);
  const auto dots = [&](bool cut, const Rect& rect, const char* text) {
    if (cut) {
      canvas.centered_text(rect, text, Font::kSansBold, size, canvas.palette.text_dim);
    }
  };
  dots(block.rows.first > 0, {r.x, r.y - cell, r.w, cell}, "\u22EE");
  dots(block.rows.end() < rows, {r.x, r.bottom(), r.w, cell}, "\u22EE");
  dots(block.columns.first > 0, {r.x - cell, r.y, cell, r.h}, "\u22EF");
  dots(block.columns.end() < columns, {r.right(), r.y, cell, r.h}, "\u22EF");
  const Rect& out = block.results.rect;
  // At the edge of the picture there may be no room, and the shape above says how many there are.
  const bool fits = out.right() + std::max(cell, size) <= canvas.picture.width;
  dots(fits && block.results.w < results, {out.right(), out.y, cell, out.h}, "\u22EF");
}

}  // namespace convscope::picture::matrix
