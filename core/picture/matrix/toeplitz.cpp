#include <vector>

#include "core/picture/kit/tensor_colors.h"
#include "core/picture/matrix/marks.h"

namespace convscope::picture::matrix {

namespace {

// The input cell behind a column.
Index input_at(const Context& context, std::int64_t column) {
  const std::int64_t width = context.layer().input.shape().w;
  return {context.step().output_at.n, context.input_channel(), column / width, column % width};
}

bool is_lit_input(const Context& context, std::int64_t column) {
  const Index* at = hovered(context, session::TensorRole::kInput);
  return at != nullptr && *at == input_at(context, column);
}

// The weights of a row at their places; zeros stay blank. Returns whether the pointer is on the
// input cell of one of them.
bool draw_row(kit::Canvas& canvas, const Context& context, std::int64_t row,
              const std::vector<ToeplitzEntry>& entries, Marks& marks) {
  const BlockLayout& block = *context.layout.toeplitz;
  const bool active = context.moment().started && row == context.active_row();
  bool any_lit = false;
  for (const ToeplitzEntry& entry : entries) {
    const bool lit = is_lit_input(context, entry.column);
    any_lit = any_lit || lit;
    const Rect rect =
        block.matrix.cells(row - block.rows.first, entry.column - block.columns.first);
    if (!block.columns.holds(entry.column) || !is_seen(context, rect)) {
      continue;
    }
    kit::ValueCell shown = weight_cell(canvas, context, entry.weight, entry.weight_at);
    shown.opacity = opacity_of(context, row);
    if (entry.weights > 1) {
      shown.target.reset();  // a sum is no place to change a weight
    }
    kit::draw_value_cell(canvas, rect, shown, context.numbers.weight);
    const bool multiplied =
        row == context.active_row() && is_active_weight(context, entry.weight_at);
    if (lit || is_lit_weight(context, entry.weight_at)) {
      marks.push_back({rect, lit ? canvas.palette.input.line : canvas.palette.text, active});
    } else if (multiplied || is_lit_product(context, row, entry.weight_at)) {
      marks.push_back({rect, canvas.palette.text, active});
    }
  }
  return any_lit;
}

// What the row makes of this channel: with several channels, a part of the output's value.
kit::ValueCell result_cell(const kit::Canvas& canvas, const Context& context, const Index& at,
                           const std::vector<ToeplitzEntry>& entries) {
  kit::ValueCell shown = output_cell(canvas, context, at);
  if (context.im2col.channels() > 1 && shown.kind == kit::ValueCell::Kind::kValue) {
    shown.value = 0;
    for (const ToeplitzEntry& entry : entries) {
      shown.value += static_cast<double>(entry.weight) *
                     static_cast<double>(context.layer().input.at(input_at(context, entry.column)));
    }
    shown.fill = color_of(kit::output_scale(context.layer(), canvas.palette),
                          static_cast<float>(shown.value));
  }
  return shown;
}

void draw_result(kit::Canvas& canvas, const Context& context, std::int64_t row,
                 const std::vector<ToeplitzEntry>& entries, bool lit) {
  const BlockLayout& block = *context.layout.toeplitz;
  const Rect rect = block.results.cells(row - block.rows.first, 0);
  const Index at = context.output_at(row, context.step().output_at.c);
  kit::draw_value_cell(canvas, rect, result_cell(canvas, context, at, entries),
                       context.numbers.output);
  const Index* output = hovered(context, session::TensorRole::kOutput);
  const bool framed = context.moment().started && row == context.active_row();
  if (framed) {
    frame_cells(canvas, rect, canvas.palette.output.line, rect.w);
  }
  if (lit || (output != nullptr && *output == at)) {
    draw_marks(canvas, {{rect, canvas.palette.text, framed}});
  }
}

}  // namespace

void draw_toeplitz(kit::Canvas& canvas, const Context& context) {
  const BlockLayout& block = *context.layout.toeplitz;
  const Toeplitz& matrix = *context.toeplitz;
  canvas.fill(block.matrix.rect, faded(canvas.palette.empty_cell, 0.5F));
  draw_parts(canvas, block, context.output().h > 1 ? context.output().w : 0,
             context.layer().input.shape().h > 1 ? context.layer().input.shape().w : 0);
  Marks marks;
  for (std::int64_t row = block.rows.first; row < block.rows.end(); ++row) {
    const std::vector<ToeplitzEntry> entries = matrix.row(row);
    const bool lit = draw_row(canvas, context, row, entries, marks);
    draw_result(canvas, context, row, entries, lit);
  }
  canvas.outline(block.matrix.rect, canvas.palette.weight.line, canvas.line_width(1.5F),
                 2 * canvas.scale);
  draw_rows(canvas, context, block);
  draw_marks(canvas, marks);
  draw_ends(canvas, block, matrix.rows(), matrix.columns(), 1);
}

void draw_flat_input(kit::Canvas& canvas, const Context& context) {
  const BlockLayout& block = *context.layout.toeplitz;
  for (std::int64_t column = block.columns.first; column < block.columns.end(); ++column) {
    const Rect rect = block.vectors.cells(0, column - block.columns.first);
    const Index at = input_at(context, column);
    const UnrolledCell cell{.stage_at = at, .source = at, .value = context.layer().input.at(at)};
    kit::draw_value_cell(canvas, rect, input_cell(canvas, context, cell), context.numbers.input);
    if (is_lit_input(context, column)) {
      kit::draw_lit(canvas, rect, canvas.palette.text);
    }
  }
  canvas.outline(block.vectors.rect, canvas.palette.input.line, canvas.line_width(1.5F),
                 2 * canvas.scale);
}

}  // namespace convscope::picture::matrix
