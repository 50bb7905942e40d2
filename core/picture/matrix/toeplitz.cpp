#include <vector>

#include "core/picture/kit/stage_colors.h"
#include "core/picture/matrix/marks.h"

namespace convscope::picture::matrix {

namespace {

// The input cell behind a column.
Index input_at(const MatrixStage& stage, std::int64_t column) {
  const std::int64_t width = stage.layer().input.shape().w;
  return {stage.step().output_at.n, stage.input_channel(), column / width, column % width};
}

bool is_lit_input(const MatrixStage& stage, std::int64_t column) {
  const Index* at = hovered(stage, session::TensorRole::kInput);
  return at != nullptr && *at == input_at(stage, column);
}

// The weights of a row at their places; zeros stay blank. Returns whether the pointer is on the
// input cell of one of them.
bool draw_row(kit::Brush& brush, const MatrixStage& stage, std::int64_t row,
              const std::vector<ToeplitzEntry>& entries, Marks& marks) {
  const BlockLayout& block = *stage.layout.toeplitz;
  const bool active = stage.moment().started && row == stage.active_row();
  bool any_lit = false;
  for (const ToeplitzEntry& entry : entries) {
    const bool lit = is_lit_input(stage, entry.column);
    any_lit = any_lit || lit;
    const Rect rect = block.matrix.cells(static_cast<double>(row - block.rows.first),
                                         static_cast<double>(entry.column - block.columns.first));
    if (!block.columns.holds(entry.column) || !is_seen(stage, rect)) {
      continue;
    }
    kit::ValueCell shown = weight_cell(brush, stage, entry.weight, entry.weight_at);
    shown.opacity = opacity_of(stage, row);
    if (entry.weights > 1) {
      shown.target.reset();  // a sum is no place to change a weight
    }
    kit::draw_value_cell(brush, rect, shown, stage.numbers.weight);
    const bool multiplied = row == stage.active_row() && is_active_weight(stage, entry.weight_at);
    if (lit || is_lit_weight(stage, entry.weight_at)) {
      marks.push_back({rect, lit ? brush.palette.input.line : brush.palette.text, active});
    } else if (multiplied || is_lit_product(stage, row, entry.weight_at)) {
      marks.push_back({rect, brush.palette.text, active});
    }
  }
  return any_lit;
}

// What the row makes of this channel: with several channels, a part of the output's value.
kit::ValueCell result_cell(const kit::Brush& brush, const MatrixStage& stage, const Index& at,
                           const std::vector<ToeplitzEntry>& entries) {
  kit::ValueCell shown = output_cell(brush, stage, at);
  if (stage.im2col.channels() > 1 && shown.kind == kit::ValueCell::Kind::kValue) {
    shown.value = 0;
    for (const ToeplitzEntry& entry : entries) {
      shown.value += static_cast<double>(entry.weight) *
                     static_cast<double>(stage.layer().input.at(input_at(stage, entry.column)));
    }
    shown.fill =
        color_of(kit::output_scale(stage.layer(), brush.palette), static_cast<float>(shown.value));
  }
  return shown;
}

void draw_result(kit::Brush& brush, const MatrixStage& stage, std::int64_t row,
                 const std::vector<ToeplitzEntry>& entries, bool lit) {
  const BlockLayout& block = *stage.layout.toeplitz;
  const Rect rect = block.results.cells(static_cast<double>(row - block.rows.first), 0);
  const Index at = stage.output_at(row, stage.step().output_at.c);
  kit::draw_value_cell(brush, rect, result_cell(brush, stage, at, entries), stage.numbers.output);
  const Index* output = hovered(stage, session::TensorRole::kOutput);
  const bool framed = stage.moment().started && row == stage.active_row();
  if (framed) {
    draw_frame(brush, rect, brush.palette.output.line, rect.w);
  }
  if (lit || (output != nullptr && *output == at)) {
    draw_marks(brush, {{rect, brush.palette.text, framed}});
  }
}

}  // namespace

void draw_toeplitz(kit::Brush& brush, const MatrixStage& stage) {
  const BlockLayout& block = *stage.layout.toeplitz;
  const Toeplitz& matrix = *stage.toeplitz;
  brush.fill(block.matrix.rect, faded(brush.palette.empty_cell, 0.5F));
  draw_parts(brush, block, stage.output().h > 1 ? stage.output().w : 0,
             stage.layer().input.shape().h > 1 ? stage.layer().input.shape().w : 0);
  Marks marks;
  for (std::int64_t row = block.rows.first; row < block.rows.end(); ++row) {
    const std::vector<ToeplitzEntry> entries = matrix.row(row);
    const bool lit = draw_row(brush, stage, row, entries, marks);
    draw_result(brush, stage, row, entries, lit);
  }
  brush.outline(block.matrix.rect, brush.palette.weight.line, brush.line_width(1.5F),
                2 * brush.scale);
  draw_rows(brush, stage, block);
  draw_marks(brush, marks);
  draw_ends(brush, block, matrix.rows(), matrix.columns(), 1);
}

void draw_flat_input(kit::Brush& brush, const MatrixStage& stage) {
  const BlockLayout& block = *stage.layout.toeplitz;
  for (std::int64_t column = block.columns.first; column < block.columns.end(); ++column) {
    const Rect rect = block.vectors.cells(0, static_cast<double>(column - block.columns.first));
    const Index at = input_at(stage, column);
    const UnrolledCell cell{.stage_at = at, .source = at, .value = stage.layer().input.at(at)};
    kit::draw_value_cell(brush, rect, input_cell(brush, stage, cell), stage.numbers.input);
    if (is_lit_input(stage, column)) {
      kit::draw_lit(brush, rect, brush.palette.text);
    }
  }
  brush.outline(block.vectors.rect, brush.palette.input.line, brush.line_width(1.5F),
                2 * brush.scale);
}

}  // namespace convscope::picture::matrix
