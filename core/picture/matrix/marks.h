// What both blocks of the matrix view draw alike: cells by tensor, the row under way, what is lit.
#pragma once

#include <vector>

#include "core/picture/matrix/context.h"

namespace convscope::picture::matrix {

inline constexpr float kOtherRows = 0.55F;  // opacity of what is not part of the step

// The place that the pointer is on, where it is on a cell of this kind.
const Index* hovered(const Context& context, session::TensorRole role);
bool is_lit(const Context& context, const UnrolledCell& cell);
// Whether weight `own` is hovered, wherever it stands; or its product in row `row`.
bool is_lit_weight(const Context& context, const Index& own);
bool is_lit_product(const Context& context, std::int64_t row, const Index& own);
// Whether it is being multiplied.
bool is_active_weight(const Context& context, const Index& own);
float opacity_of(const Context& context, std::int64_t row);
bool is_seen(const Context& context, const Rect& rect);

kit::ValueCell input_cell(const kit::Canvas& canvas, const Context& context,
                          const UnrolledCell& cell);
kit::ValueCell weight_cell(const kit::Canvas& canvas, const Context& context, float value,
                           const Index& own);
kit::ValueCell output_cell(const kit::Canvas& canvas, const Context& context, const Index& at);

// Marks of cells, drawn when everything else has been: a frame must not hide them.
struct Mark {
  Rect rect;
  Rgba color;
  bool framed = false;  // in the row under way
};
using Marks = std::vector<Mark>;
void draw_marks(kit::Canvas& canvas, const Marks& marks);

// A frame that stands out from cells of this size.
void frame_cells(kit::Canvas& canvas, const Rect& rect, Rgba color, float cell, float dash = 0);
// The row under way with its "=" and, dashed, that of a hovered output cell.
void draw_rows(kit::Canvas& canvas, const Context& context, const BlockLayout& block);
// Thin lines between the parts that repeat: every so many rows and columns; 0: none.
void draw_parts(kit::Canvas& canvas, const BlockLayout& block, std::int64_t rows,
                std::int64_t columns);
// "…" on the sides where a matrix of this size goes on.
void draw_ends(kit::Canvas& canvas, const BlockLayout& block, std::int64_t rows,
               std::int64_t columns, std::int64_t results);

}  // namespace convscope::picture::matrix
