#include <algorithm>
#include <vector>

#include "core/conv/operators/operator.h"
#include "core/picture/matrix/marks.h"

namespace convscope::picture::matrix {

namespace {

Rect matrix_rect(const BlockLayout& block, std::int64_t row, std::int64_t column) {
  return block.matrix.cells(row - block.rows.first, column - block.columns.first);
}

// The weight that the map under way keeps for a column, in the layer's own tensor.
Index own_weight(const Context& context, std::int64_t k, std::int64_t column) {
  return conv::own_weight_at(context.layer().spec, context.im2col.equivalent_weight_at(k, column));
}

void mark_weight_column(const kit::Canvas& canvas, const Context& context, const Rect& rect,
                        std::int64_t row, std::int64_t column, Marks& marks) {
  const bool active = row == context.active_row();
  const Index own = own_weight(context, context.step().output_at.c, column);
  const bool multiplied = active && is_active_weight(context, own);
  if (is_lit_weight(context, own)) {
    marks.push_back({rect, canvas.palette.weight.line, active});
  } else if (multiplied || is_lit_product(context, row, own)) {
    marks.push_back({rect, canvas.palette.text, active});
  }
}

// The cell that a max pool has chosen, in every row that has its value.
bool is_winner(const Context& context, std::int64_t row, std::int64_t column) {
  const bool shown = row == context.active_row() && context.moment().total_shown;
  return shown && context.step().winner == column;
}

// One row of im2col. Returns whether the pointer is on the value of one of its cells.
bool draw_row(kit::Canvas& canvas, const Context& context, std::int64_t row, Marks& marks) {
  const BlockLayout& block = context.layout.im2col;
  bool any_lit = false;
  for (std::int64_t column = block.columns.first; column < block.columns.end(); ++column) {
    const Rect rect = matrix_rect(block, row, column);
    const UnrolledCell cell = context.im2col.at(row, column);
    const bool lit = is_lit(context, cell);
    any_lit = any_lit || lit;
    if (!is_seen(context, rect)) {
      continue;
    }
    kit::ValueCell shown = input_cell(canvas, context, cell);
    shown.opacity = opacity_of(context, row);
    const bool ignored = !cell.source && context.operation().padding == conv::PaddingRole::kIgnored;
    kit::draw_value_cell(canvas, rect, shown, ignored ? kit::NumberFit{} : context.numbers.input);
    if (conv::has_weight(context.layer().spec.op)) {
      mark_weight_column(canvas, context, rect, row, column, marks);
    }
    if (lit || is_winner(context, row, column)) {
      marks.push_back({rect, lit ? canvas.palette.text : canvas.palette.output.line,
                       context.moment().started && row == context.active_row()});
    }
  }
  return any_lit;
}

// Of unfold the matrix itself is the output.
void draw_unfolded_row(kit::Canvas& canvas, const Context& context, std::int64_t row) {
  const BlockLayout& block = context.layout.im2col;
  for (std::int64_t column = block.columns.first; column < block.columns.end(); ++column) {
    const Rect rect = matrix_rect(block, row, column);
    if (!is_seen(context, rect)) {
      continue;
    }
    const Index at = context.output_at(row, column);
    const UnrolledCell cell = context.im2col.at(row, column);
    kit::ValueCell shown = input_cell(canvas, context, cell);
    shown.kind = context.has_value(at) ? shown.kind : kit::ValueCell::Kind::kEmpty;
    shown.target = session::Target{session::TensorRole::kOutput, at};
    kit::draw_value_cell(canvas, rect, shown, context.numbers.input);
    const Index* output = hovered(context, session::TensorRole::kOutput);
    if (is_lit(context, cell) || (output != nullptr && *output == at)) {
      kit::draw_lit(canvas, rect, canvas.palette.text);
    }
    if (context.moment().started && at == context.step().output_at) {
      frame_cells(canvas, rect, canvas.palette.output.line, rect.w);
    }
  }
}

// The results of the shown filters at the end of a row.
void draw_results(kit::Canvas& canvas, const Context& context, std::int64_t row, bool lit) {
  const BlockLayout& block = context.layout.im2col;
  for (std::int64_t k = context.filters.first; k < context.filters.end(); ++k) {
    const Rect rect = block.results.cells(row - block.rows.first, k - context.filters.first);
    if (!is_seen(context, rect)) {
      continue;
    }
    const Index at = context.output_at(row, k);
    const bool active = k == context.step().output_at.c;
    kit::ValueCell shown = output_cell(canvas, context, at);
    shown.opacity = active ? 1.0F : kOtherRows;
    kit::draw_value_cell(canvas, rect, shown, context.numbers.output);
    const Index* output = hovered(context, session::TensorRole::kOutput);
    const bool framed = context.moment().started && active && row == context.active_row();
    if (framed) {
      frame_cells(canvas, rect, canvas.palette.output.line, rect.w);
    }
    if ((lit && active) || (output != nullptr && *output == at)) {
      draw_marks(canvas, {{rect, canvas.palette.text, framed}});
    }
  }
}

// The channel that is being summed, in the row under way.
void frame_channel(kit::Canvas& canvas, const Context& context) {
  const BlockLayout& block = context.layout.im2col;
  const std::int64_t channel = context.moment().active_channel;
  const std::int64_t taps = context.im2col.taps();
  const std::int64_t first = std::max(channel * taps, block.columns.first);
  const std::int64_t end = std::min((channel + 1) * taps, block.columns.end());
  if (channel < 0 || context.im2col.channels() < 2 || first >= end ||
      !block.rows.holds(context.active_row())) {
    return;
  }
  const auto columns = static_cast<double>(end - first);
  const auto left = static_cast<double>(first - block.columns.first);
  const double row = static_cast<double>(context.active_row() - block.rows.first);
  frame_cells(canvas, block.matrix.cells(row, left, 1, columns), canvas.palette.text,
              block.matrix.cell);
  const auto line = static_cast<double>(context.step().output_at.c - context.filters.first);
  if (block.vectors.h > 0) {
    frame_cells(canvas, block.vectors.cells(line, left, 1, columns), canvas.palette.text,
                block.matrix.cell);
  }
}

}  // namespace

void draw_im2col(kit::Canvas& canvas, const Context& context) {
  const BlockLayout& block = context.layout.im2col;
  const Im2col& matrix = context.im2col;
  canvas.fill(block.matrix.rect, canvas.palette.cell_line);
  std::vector<bool> lit;
  Marks marks;
  for (std::int64_t row = block.rows.first; row < block.rows.end(); ++row) {
    if (context.operation().unfolds) {
      draw_unfolded_row(canvas, context, row);
    } else {
      lit.push_back(draw_row(canvas, context, row, marks));
    }
  }
  draw_parts(canvas, block, context.output().h > 1 ? context.output().w : 0,
             matrix.channels() > 1 ? matrix.taps() : 0);
  const Hue& hue = context.operation().unfolds ? canvas.palette.output : canvas.palette.input;
  canvas.outline(block.matrix.rect, hue.line, canvas.line_width(1.5F), 2 * canvas.scale);
  if (!context.operation().unfolds) {
    draw_rows(canvas, context, block);
    draw_marks(canvas, marks);
    for (std::int64_t row = block.rows.first; row < block.rows.end(); ++row) {
      draw_results(canvas, context, row, lit[static_cast<std::size_t>(row - block.rows.first)]);
    }
  }
  const std::int64_t results =
      context.operation().unfolds ? 0 : context.output().c / context.layer().spec.groups;
  draw_ends(canvas, block, matrix.rows(), matrix.columns(), results);
}

void draw_filters(kit::Canvas& canvas, const Context& context) {
  const BlockLayout& block = context.layout.im2col;
  Marks marks;
  for (std::int64_t line = 0; line < block.vectors.h; ++line) {
    const std::int64_t k = context.filters.first + line;
    const bool active = k == context.step().output_at.c;
    for (std::int64_t column = block.columns.first; column < block.columns.end(); ++column) {
      const Rect rect = block.vectors.cells(line, column - block.columns.first);
      const Index own = own_weight(context, k, column);
      kit::ValueCell shown = weight_cell(canvas, context, context.layer().weight.at(own), own);
      shown.opacity = active ? 1.0F : kOtherRows;
      kit::draw_value_cell(canvas, rect, shown, context.numbers.weight);
      if (is_lit_weight(context, own) || is_active_weight(context, own) ||
          is_lit_product(context, context.active_row(), own)) {
        marks.push_back({rect, canvas.palette.text, active});
      }
    }
    if (active) {
      const auto width = static_cast<double>(block.vectors.w);
      frame_cells(canvas, block.vectors.cells(line, 0, 1, width), canvas.palette.weight.line,
                  block.vectors.cell);
    }
  }
  draw_marks(canvas, marks);
  frame_channel(canvas, context);
}

}  // namespace convscope::picture::matrix
