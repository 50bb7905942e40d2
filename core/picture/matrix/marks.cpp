#include "core/picture/matrix/marks.h"

#include <algorithm>
#include <cmath>

#include "core/picture/kit/stage_colors.h"

namespace convscope::picture::matrix {

namespace {

session::Target target_of(const MatrixStage& stage, const UnrolledCell& cell) {
  if (cell.source) {
    return {session::TensorRole::kInput, *cell.source};
  }
  return {stage.op() == conv::Op::kConvTranspose ? session::TensorRole::kStretched
                                                 : session::TensorRole::kInput,
          cell.stage_at};
}

Rect row_rect(const BlockLayout& block, double row) {
  return block.matrix.cells(row - static_cast<double>(block.rows.first), 0, 1,
                            static_cast<double>(block.matrix.w));
}

float frame_width(const kit::Brush& brush, float cell) {
  return std::min(brush.line_width(3), std::max(1.5F * brush.scale, cell * 0.1F));
}

// The row under way, sliding from the one before.
double moving_row(const MatrixStage& stage) {
  const auto row = static_cast<double>(stage.active_row());
  const conv::Step& step = stage.step();
  if (stage.moment().window_arrived || step.position == 0) {
    return row;
  }
  const Index before = conv::output_index(stage.output(), step.position - 1);
  const conv::Size2 stride = stage.scene.spec().stride;
  const auto left = [](double now, std::int64_t goal, std::int64_t cells) {
    return cells == 0 ? 0.0
                      : std::abs((static_cast<double>(goal) - now) / static_cast<double>(cells));
  };
  const double y =
      left(stage.moment().window_y, step.window_y, (step.output_at.y - before.y) * stride.h);
  const double x =
      left(stage.moment().window_x, step.window_x, (step.output_at.x - before.x) * stride.w);
  const bool same_map = before.c == step.output_at.c && before.n == step.output_at.n;
  return same_map ? row - std::min(std::max(x, y), 1.0) : row;
}

}  // namespace

const Index* hovered(const MatrixStage& stage, session::TensorRole role) {
  const auto& hover = stage.scene.session.transient.hover;
  return hover && hover->tensor == role ? &hover->at : nullptr;
}

bool is_lit(const MatrixStage& stage, const UnrolledCell& cell) {
  const Index* at = hovered(stage, session::TensorRole::kInput);
  return at != nullptr &&
         target_of(stage, cell) == session::Target{session::TensorRole::kInput, *at};
}

bool is_lit_weight(const MatrixStage& stage, const Index& own) {
  const Index* at = hovered(stage, session::TensorRole::kWeight);
  return at != nullptr && *at == own;
}

bool is_lit_product(const MatrixStage& stage, std::int64_t row, const Index& own) {
  const Index* at = hovered(stage, session::TensorRole::kProduct);
  return at != nullptr && *at == own && row == stage.active_row();
}

bool is_active_weight(const MatrixStage& stage, const Index& own) {
  const std::int64_t term = stage.moment().active_term;
  return term >= 0 && stage.step().terms[static_cast<std::size_t>(term)].weight_at == own;
}

float opacity_of(const MatrixStage& stage, std::int64_t row) {
  return !stage.moment().started || row == stage.active_row() ? 1.0F : kOtherRows;
}

bool is_seen(const MatrixStage& stage, const Rect& rect) {
  const Rect seen = kit::intersection(rect, stage.view);
  return seen.w > 0 && seen.h > 0;
}

kit::ValueCell input_cell(const kit::Brush& brush, const MatrixStage& stage,
                          const UnrolledCell& cell) {
  kit::ValueCell shown{.value = cell.value, .target = target_of(stage, cell)};
  shown.fill =
      color_of(kit::slice_scale(stage.scene.look, stage.layer(), cell.stage_at.c, brush.palette),
               cell.value);
  if (cell.padding) {
    shown.kind = kit::ValueCell::Kind::kPadding;
  } else if (!cell.source) {
    shown.kind = kit::ValueCell::Kind::kInserted;
  }
  return shown;
}

kit::ValueCell weight_cell(const kit::Brush& brush, const MatrixStage& stage, float value,
                           const Index& own) {
  return {.value = value,
          .fill = color_of(kit::diverging_scale(stage.layer().weight_range, brush.palette), value),
          .target = session::Target{session::TensorRole::kWeight, own}};
}

kit::ValueCell output_cell(const kit::Brush& brush, const MatrixStage& stage, const Index& at) {
  kit::ValueCell shown{.kind = kit::ValueCell::Kind::kEmpty,
                       .target = session::Target{session::TensorRole::kOutput, at}};
  if (stage.has_value(at)) {
    const float value = stage.layer().output.at(at);
    shown.kind = kit::ValueCell::Kind::kValue;
    shown.value = value;
    shown.fill = color_of(kit::output_scale(stage.layer(), brush.palette), value);
  }
  return shown;
}

void draw_frame(kit::Brush& brush, const Rect& around, Rgba color, float cell, float dash) {
  const float width = frame_width(brush, cell);
  // Around the cells rather than over them: small ones would be lost.
  const float grow = cell < 14 * brush.scale ? 0.6F : 0.0F;
  const Rect rect = {around.x - grow * width, around.y - grow * width, around.w + 2 * grow * width,
                     around.h + 2 * grow * width};
  brush.outline(rect, faded(brush.palette.background, 0.75F), width * 1.8F, 3 * brush.scale);
  brush.outline(rect, color, width, 3 * brush.scale, dash);
}

void draw_marks(kit::Brush& brush, const Marks& marks) {
  for (const Mark& mark : marks) {
    const float frame = frame_width(brush, mark.rect.w);
    kit::draw_lit(brush, mark.rect, mark.color, mark.framed ? frame : 0);
  }
}

void draw_rows(kit::Brush& brush, const MatrixStage& stage, const BlockLayout& block) {
  const float cell = block.matrix.cell;
  if (stage.moment().started && block.rows.holds(stage.active_row())) {
    const double row = std::max(moving_row(stage), static_cast<double>(block.rows.first));
    const Rect line = row_rect(block, row);
    draw_frame(brush, line, brush.palette.weight.line, cell);
    if (block.results.w > 0) {
      const float size = std::clamp(cell * 0.9F, 13 * brush.scale, stage.scene.caption_size * 1.1F);
      brush.centered_text({line.right(), line.y, block.results.rect.x - line.right(), line.h}, "=",
                          Font::kSans, size, brush.palette.text);
    }
  }
  const Index* at = hovered(stage, session::TensorRole::kOutput);
  if (at != nullptr && at->n == stage.step().output_at.n) {
    const std::int64_t row = at->y * stage.output().w + at->x;
    if (block.rows.holds(row)) {
      draw_frame(brush, row_rect(block, static_cast<double>(row)), brush.palette.output.line, cell,
                 5 * brush.scale);
    }
  }
}

void draw_parts(kit::Brush& brush, const BlockLayout& block, std::int64_t rows,
                std::int64_t columns) {
  const Rgba color = faded(brush.palette.text_dim, 0.45F);
  const float width = std::max(1.0F, std::round(brush.scale));
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
    brush.line({rect.x, y}, {rect.right(), y}, color, width);
  });
  each(block.columns, columns, [&](float i) {
    const float x = rect.x + i * block.matrix.cell;
    brush.line({x, rect.y}, {x, rect.bottom()}, color, width);
  });
}

void draw_ends(kit::Brush& brush, const BlockLayout& block, std::int64_t rows, std::int64_t columns,
               std::int64_t results) {
  const Rect& r = block.matrix.rect;
  const float cell = block.matrix.cell;
  const float size = std::max(cell * 0.7F, 11 * brush.scale);
  const auto dots = [&](bool cut, const Rect& rect, const char* text) {
    if (cut) {
      brush.centered_text(rect, text, Font::kSansBold, size, brush.palette.text_dim);
    }
  };
  dots(block.rows.first > 0, {r.x, r.y - cell, r.w, cell}, "\u22EE");
  dots(block.rows.end() < rows, {r.x, r.bottom(), r.w, cell}, "\u22EE");
  dots(block.columns.first > 0, {r.x - cell, r.y, cell, r.h}, "\u22EF");
  dots(block.columns.end() < columns, {r.right(), r.y, cell, r.h}, "\u22EF");
  const Rect& out = block.results.rect;
  dots(block.results.w < results, {out.right(), out.y, cell, out.h}, "\u22EF");
}

}  // namespace convscope::picture::matrix
