// What both blocks of the matrix view draw alike: cells by tensor, the row under way, what is lit.
#pragma once

#include <vector>

#include "core/picture/matrix/stage.h"

namespace convscope::picture::matrix {

inline constexpr float kOtherRows = 0.55F;  // opacity of what is not part of the step

// The place that the pointer is on, where it is on a cell of this kind.
const Index* hovered(const MatrixStage& stage, session::TensorRole role);
bool is_lit(const MatrixStage& stage, const UnrolledCell& cell);
// Whether weight `own` is hovered, wherever it stands; or its product in row `row`.
bool is_lit_weight(const MatrixStage& stage, const Index& own);
bool is_lit_product(const MatrixStage& stage, std::int64_t row, const Index& own);
// Whether it is being multiplied.
bool is_active_weight(const MatrixStage& stage, const Index& own);
float opacity_of(const MatrixStage& stage, std::int64_t row);
bool is_seen(const MatrixStage& stage, const Rect& rect);

kit::ValueCell input_cell(const kit::Brush& brush, const MatrixStage& stage,
                          const UnrolledCell& cell);
kit::ValueCell weight_cell(const kit::Brush& brush, const MatrixStage& stage, float value,
                           const Index& own);
kit::ValueCell output_cell(const kit::Brush& brush, const MatrixStage& stage, const Index& at);

// Marks of cells, drawn when everything else has been: a frame must not hide them.
struct Mark {
  Rect rect;
  Rgba color;
  bool framed = false;  // in the row under way
};
using Marks = std::vector<Mark>;
void draw_marks(kit::Brush& brush, const Marks& marks);

// A frame that stands out from cells of this size.
void draw_frame(kit::Brush& brush, const Rect& rect, Rgba color, float cell, float dash = 0);
// The row under way with its "=" and, dashed, that of a hovered output cell.
void draw_rows(kit::Brush& brush, const MatrixStage& stage, const BlockLayout& block);
// Thin lines between the parts that repeat: every so many rows and columns; 0: none.
void draw_parts(kit::Brush& brush, const BlockLayout& block, std::int64_t rows,
                std::int64_t columns);
// "…" on the sides where a matrix of this size goes on.
void draw_ends(kit::Brush& brush, const BlockLayout& block, std::int64_t rows, std::int64_t columns,
               std::int64_t results);

}  // namespace convscope::picture::matrix
