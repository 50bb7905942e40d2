#include <algorithm>
#include <vector>

#include "core/picture/matrix/marks.h"

namespace convscope::picture::matrix {

namespace {

Rect matrix_rect(const BlockLayout& block, std::int64_t row, std::int64_t column) {
  return block.matrix.cells(static_cast<double>(row - block.rows.first),
                            static_cast<double>(column - block.columns.first));
}

// The weight that the map under way keeps for a column, in the layer's own tensor.
Index own_weight(const MatrixStage& stage, std::int64_t k, std::int64_t column) {
  return conv::own_weight_at(stage.layer().spec, stage.im2col.stage_weight_at(k, column));
}

void mark_weight_column(const kit::Brush& brush, const MatrixStage& stage, const Rect& rect,
                        std::int64_t row, std::int64_t column, Marks& marks) {
  const bool active = row == stage.active_row();
  const Index own = own_weight(stage, stage.step().output_at.c, column);
  const bool multiplied = active && is_active_weight(stage, own);
  if (is_lit_weight(stage, own)) {
    marks.push_back({rect, brush.palette.weight.line, active});
  } else if (multiplied || is_lit_product(stage, row, own)) {
    marks.push_back({rect, brush.palette.text, active});
  }
}

// The cell that a max pool has chosen, in every row that has its value.
bool is_winner(const MatrixStage& stage, std::int64_t row, std::int64_t column) {
  const bool shown = row == stage.active_row() && stage.moment().total_shown;
  return stage.op() == conv::Op::kMaxPool && shown && stage.step().winner == column;
}

// One row of im2col. Returns whether the pointer is on the value of one of its cells.
bool draw_row(kit::Brush& brush, const MatrixStage& stage, std::int64_t row, Marks& marks) {
  const BlockLayout& block = stage.layout.im2col;
  bool any_lit = false;
  for (std::int64_t column = block.columns.first; column < block.columns.end(); ++column) {
    const Rect rect = matrix_rect(block, row, column);
    const UnrolledCell cell = stage.im2col.at(row, column);
    const bool lit = is_lit(stage, cell);
    any_lit = any_lit || lit;
    if (!is_seen(stage, rect)) {
      continue;
    }
    kit::ValueCell shown = input_cell(brush, stage, cell);
    shown.opacity = opacity_of(stage, row);
    const bool ignored = stage.op() == conv::Op::kMaxPool && !cell.source;
    kit::draw_value_cell(brush, rect, shown, ignored ? kit::NumberFit{} : stage.numbers.input);
    if (conv::has_weight(stage.op())) {
      mark_weight_column(brush, stage, rect, row, column, marks);
    }
    if (lit || is_winner(stage, row, column)) {
      marks.push_back({rect, lit ? brush.palette.text : brush.palette.output.line,
                       stage.moment().started && row == stage.active_row()});
    }
  }
  return any_lit;
}

// Of unfold the matrix itself is the output.
void draw_unfolded_row(kit::Brush& brush, const MatrixStage& stage, std::int64_t row) {
  const BlockLayout& block = stage.layout.im2col;
  for (std::int64_t column = block.columns.first; column < block.columns.end(); ++column) {
    const Rect rect = matrix_rect(block, row, column);
    if (!is_seen(stage, rect)) {
      continue;
    }
    const Index at = stage.output_at(row, column);
    const UnrolledCell cell = stage.im2col.at(row, column);
    kit::ValueCell shown = input_cell(brush, stage, cell);
    shown.kind = stage.has_value(at) ? shown.kind : kit::ValueCell::Kind::kEmpty;
    shown.target = session::Target{session::TensorRole::kOutput, at};
    kit::draw_value_cell(brush, rect, shown, stage.numbers.input);
    const Index* output = hovered(stage, session::TensorRole::kOutput);
    if (is_lit(stage, cell) || (output != nullptr && *output == at)) {
      kit::draw_lit(brush, rect, brush.palette.text);
    }
    if (stage.moment().started && at == stage.step().output_at) {
      draw_frame(brush, rect, brush.palette.output.line, rect.w);
    }
  }
}

// The results of the shown filters at the end of a row.
void draw_results(kit::Brush& brush, const MatrixStage& stage, std::int64_t row, bool lit) {
  const BlockLayout& block = stage.layout.im2col;
  for (std::int64_t k = stage.filters.first; k < stage.filters.end(); ++k) {
    const Rect rect = block.results.cells(static_cast<double>(row - block.rows.first),
                                          static_cast<double>(k - stage.filters.first));
    if (!is_seen(stage, rect)) {
      continue;
    }
    const Index at = stage.output_at(row, k);
    const bool active = k == stage.step().output_at.c;
    kit::ValueCell shown = output_cell(brush, stage, at);
    shown.opacity = active ? 1.0F : kOtherRows;
    kit::draw_value_cell(brush, rect, shown, stage.numbers.output);
    const Index* output = hovered(stage, session::TensorRole::kOutput);
    const bool framed = stage.moment().started && active && row == stage.active_row();
    if (framed) {
      draw_frame(brush, rect, brush.palette.output.line, rect.w);
    }
    if ((lit && active) || (output != nullptr && *output == at)) {
      draw_marks(brush, {{rect, brush.palette.text, framed}});
    }
  }
}

// The channel that is being summed, in the row under way.
void frame_channel(kit::Brush& brush, const MatrixStage& stage) {
  const BlockLayout& block = stage.layout.im2col;
  const std::int64_t channel = stage.moment().active_channel;
  const std::int64_t taps = stage.im2col.taps();
  const std::int64_t first = std::max(channel * taps, block.columns.first);
  const std::int64_t end = std::min((channel + 1) * taps, block.columns.end());
  if (channel < 0 || stage.im2col.channels() < 2 || first >= end ||
      !block.rows.holds(stage.active_row())) {
    return;
  }
  const auto columns = static_cast<double>(end - first);
  const auto left = static_cast<double>(first - block.columns.first);
  const double row = static_cast<double>(stage.active_row() - block.rows.first);
  draw_frame(brush, block.matrix.cells(row, left, 1, columns), brush.palette.text,
             block.matrix.cell);
  const auto line = static_cast<double>(stage.step().output_at.c - stage.filters.first);
  if (block.vectors.h > 0) {
    draw_frame(brush, block.vectors.cells(line, left, 1, columns), brush.palette.text,
               block.matrix.cell);
  }
}

}  // namespace

void draw_im2col(kit::Brush& brush, const MatrixStage& stage) {
  const BlockLayout& block = stage.layout.im2col;
  const Im2col& matrix = stage.im2col;
  brush.fill(block.matrix.rect, brush.palette.cell_line);
  std::vector<bool> lit;
  Marks marks;
  for (std::int64_t row = block.rows.first; row < block.rows.end(); ++row) {
    if (stage.op() == conv::Op::kUnfold) {
      draw_unfolded_row(brush, stage, row);
    } else {
      lit.push_back(draw_row(brush, stage, row, marks));
    }
  }
  draw_parts(brush, block, stage.output().h > 1 ? stage.output().w : 0,
             matrix.channels() > 1 ? matrix.taps() : 0);
  const Hue& hue = stage.op() == conv::Op::kUnfold ? brush.palette.output : brush.palette.input;
  brush.outline(block.matrix.rect, hue.line, brush.line_width(1.5F), 2 * brush.scale);
  if (stage.op() != conv::Op::kUnfold) {
    draw_rows(brush, stage, block);
    draw_marks(brush, marks);
    for (std::int64_t row = block.rows.first; row < block.rows.end(); ++row) {
      draw_results(brush, stage, row, lit[static_cast<std::size_t>(row - block.rows.first)]);
    }
  }
  const std::int64_t results =
      stage.op() == conv::Op::kUnfold ? 0 : stage.output().c / stage.layer().spec.groups;
  draw_ends(brush, block, matrix.rows(), matrix.columns(), results);
}

void draw_filters(kit::Brush& brush, const MatrixStage& stage) {
  const BlockLayout& block = stage.layout.im2col;
  Marks marks;
  for (std::int64_t line = 0; line < block.vectors.h; ++line) {
    const std::int64_t k = stage.filters.first + line;
    const bool active = k == stage.step().output_at.c;
    for (std::int64_t column = block.columns.first; column < block.columns.end(); ++column) {
      const Rect rect = block.vectors.cells(static_cast<double>(line),
                                            static_cast<double>(column - block.columns.first));
      const Index own = own_weight(stage, k, column);
      kit::ValueCell shown = weight_cell(brush, stage, stage.layer().weight.at(own), own);
      shown.opacity = active ? 1.0F : kOtherRows;
      kit::draw_value_cell(brush, rect, shown, stage.numbers.weight);
      if (is_lit_weight(stage, own) || is_active_weight(stage, own) ||
          is_lit_product(stage, stage.active_row(), own)) {
        marks.push_back({rect, brush.palette.text, active});
      }
    }
    if (active) {
      const auto width = static_cast<double>(block.vectors.w);
      draw_frame(brush, block.vectors.cells(static_cast<double>(line), 0, 1, width),
                 brush.palette.weight.line, block.vectors.cell);
    }
  }
  draw_marks(brush, marks);
  frame_channel(brush, stage);
}

}  // namespace convscope::picture::matrix
