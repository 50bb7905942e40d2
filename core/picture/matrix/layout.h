// Where the matrix view puts things. Pure arithmetic on sizes.
#pragma once

#include <cstdint>
#include <optional>

#include "core/picture/kit/page.h"
#include "core/picture/kit/plane.h"
#include "core/session/session.h"

namespace convscope::picture::matrix {

// A matrix and its product with vectors that lie above its columns: each number of a vector stands
// over the column that it multiplies, each result at the end of its row.
struct BlockSize {
  std::int64_t rows = 1;
  std::int64_t columns = 1;
  std::int64_t vectors = 0;  // above the matrix; 0: none
  std::int64_t results = 1;  // columns behind it; 0: none
};

// What must be in sight.
struct BlockFocus {
  std::int64_t row = 0;
  std::int64_t column = 0;
  std::int64_t columns = 1;  // so many from `column` on
};

struct BlockLayout {
  kit::Page rows;  // what is shown of the matrix
  kit::Page columns;
  kit::Plane matrix = {};  // of the shown part
  kit::Plane vectors = {};
  kit::Plane results = {};
  Rect caption = {};
  float margin = 0;  // beside a matrix that goes on, for "…"
  float labels = 0;  // the width left of the matrix for the names of its rows
};

struct Layout {
  BlockLayout im2col = {};
  std::optional<BlockLayout> toeplitz = {};
  bool beside = true;  // both share their rows; else one stands above the other
};

struct MatrixContent {
  BlockSize im2col;
  BlockFocus im2col_focus;
  std::optional<BlockSize> toeplitz;
  BlockFocus toeplitz_focus;
  float labels = 0;          // the width of the names of rows, in pixels
  float im2col_caption = 0;  // the width that its words would like
  float toeplitz_caption = 0;
};

Layout lay_out(const MatrixContent& content, const Rect& main, float scale, float text_scale,
               const session::Camera& camera);

}  // namespace convscope::picture::matrix
