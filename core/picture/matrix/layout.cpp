#include "core/picture/matrix/layout.h"

#include <algorithm>
#include <cmath>

#include "core/picture/kit/camera.h"

namespace convscope::picture::matrix {

namespace {

// At scale 1.
constexpr float kSmallestWhole = 9;  // cells of a matrix that is shown whole
constexpr float kLegible = 20;       // cells from here on carry numbers
constexpr float kBesideShare = 0.7F;
constexpr float kCutCell = 32;  // cells of a matrix of which a part is shown
constexpr float kMaxCell = 64;
constexpr std::int64_t kMostCells = 4000;  // of a matrix that is shown whole
constexpr float kEllipsis = 0.9F;          // room for "…" on each side, in cells

struct Measures {
  float labels;        // left of a matrix
  float equals;        // between a row and its result
  float between;       // of two blocks
  float caption;       // above a block: two lines
  float im2col_words;  // the widths of the captions
  float toeplitz_words;
};

struct Widths {
  float columns = 0;  // of cells, in a row of blocks
  float pixels = 0;   // of everything else
};

float count(std::int64_t n) { return static_cast<float>(n); }

// Vectors stand half a cell above the matrix.
float vector_rows(std::int64_t vectors) { return vectors > 0 ? count(vectors) + 0.5F : 0; }

Widths widths_of(const BlockSize& size, const Measures& m) {
  return {count(size.columns + size.results), m.labels + (size.results > 0 ? m.equals : 0)};
}

// The largest cell at which blocks side by side are whole.
float cell_beside(const MatrixContent& c, const Rect& main, const Measures& m) {
  Widths w = widths_of(c.im2col, m);
  std::int64_t vectors = c.im2col.vectors;
  if (c.toeplitz) {
    const Widths more = widths_of(*c.toeplitz, m);
    w = {w.columns + more.columns, w.pixels + more.pixels + m.between};
    vectors = std::max(vectors, c.toeplitz->vectors);
  }
  return std::min((main.w - w.pixels) / w.columns,
                  (main.h - m.caption) / (count(c.im2col.rows) + vector_rows(vectors)));
}

float cell_stacked(const MatrixContent& c, const Rect& main, const Measures& m) {
  if (!c.toeplitz) {
    return 0;
  }
  const float rows = count(c.im2col.rows + c.toeplitz->rows) + vector_rows(c.im2col.vectors) +
                     vector_rows(c.toeplitz->vectors) + 0.5F;
  const Widths a = widths_of(c.im2col, m);
  const Widths b = widths_of(*c.toeplitz, m);
  return std::min({(main.h - 2 * m.caption) / rows, (main.w - a.pixels) / a.columns,
                   (main.w - b.pixels) / b.columns});
}

// Shown sizes of a block, and the room for "…" that a cut one needs on both sides.
struct Shown {
  BlockSize size;
  kit::Page rows = {};
  kit::Page columns = {};
  float margin_x = 0;  // in cells
  float margin_y = 0;
  std::int64_t vectors_room = 0;  // blocks side by side have their matrices at one height
};

float width_of(const Shown& shown, const Measures& m, float cell) {
  return m.labels + (count(shown.columns.count + shown.size.results) + 2 * shown.margin_x) * cell +
         (shown.size.results > 0 ? m.equals : 0);
}

float height_of(const Shown& shown, const Measures& m, float cell) {
  return m.caption +
         (count(shown.rows.count) + vector_rows(shown.vectors_room) + 2 * shown.margin_y) * cell;
}

// As many rows and columns as `w` x `h` pixels have room for.
Shown cut(const BlockSize& size, const BlockFocus& focus, float w, float h, const Measures& m,
          float cell, std::int64_t vectors_room) {
  Shown shown{.size = size, .vectors_room = vectors_room};
  const auto fitting = [](float room, std::int64_t total, float& margin) {
    if (count(total) <= room) {
      return total;
    }
    margin = kEllipsis;
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(room - 2 * kEllipsis));
  };
  const float across =
      (w - m.labels - (size.results > 0 ? m.equals : 0)) / cell - count(size.results);
  const float down = (h - m.caption) / cell - vector_rows(vectors_room);
  const std::int64_t columns = fitting(across, size.columns, shown.margin_x);
  const std::int64_t rows = fitting(down, size.rows, shown.margin_y);
  shown.columns = kit::page_of(focus.column, focus.columns, columns, size.columns);
  shown.rows = kit::page_of(focus.row, 1, rows, size.rows);
  return shown;
}

BlockLayout place(const Shown& shown, float x, float y, const Measures& m, float cell) {
  BlockLayout block{.rows = shown.rows, .columns = shown.columns, .labels = m.labels};
  block.margin = shown.margin_x * cell;
  const float left = std::floor(x + m.labels + shown.margin_x * cell);
  const float top =
      std::floor(y + m.caption + (vector_rows(shown.vectors_room) + shown.margin_y) * cell);
  block.caption = {x, y, width_of(shown, m, cell), m.caption};
  block.matrix = kit::plane_at(left, top, {shown.rows.count, shown.columns.count}, cell);
  block.vectors = kit::plane_at(
      left, std::floor(top - (vector_rows(shown.size.vectors) + shown.margin_y) * cell),
      {shown.size.vectors, shown.columns.count}, cell);
  block.results =
      kit::plane_at(std::floor(block.matrix.rect.right() + shown.margin_x * cell + m.equals), top,
                    {shown.rows.count, shown.size.results}, cell);
  return block;
}

// Blocks of these sizes in the middle of the stage. The labels of their rows are air to the eye:
// the rest is centred.
void place_alone(const Shown& a, const Rect& main, const Measures& m, float cell, Layout& out) {
  const float width = std::max(width_of(a, m, cell), m.labels + m.im2col_words);
  out.im2col =
      place(a, std::floor(main.x + std::max(0.0F, (main.w - width - m.labels / 2) / 2)),
            std::floor(main.y + std::max(0.0F, (main.h - height_of(a, m, cell)) / 2)), m, cell);
}

// They move apart for their words, as far as there is room.
void place_beside(const Shown& a, const Shown& b, const Rect& main, const Measures& m, float cell,
                  Layout& out) {
  const float least_a = width_of(a, m, cell);
  const float least_b = width_of(b, m, cell);
  const float room_a = main.w - m.between - least_b;
  const float a_w = std::clamp(m.labels + m.im2col_words, least_a, std::max(least_a, room_a));
  const float room_b = main.w - m.between - a_w;
  const float b_w = std::clamp(m.labels + m.toeplitz_words, least_b, std::max(least_b, room_b));
  const float width = a_w + m.between + b_w;
  const float height = std::max(height_of(a, m, cell), height_of(b, m, cell));
  const float x = std::floor(main.x + std::max(0.0F, (main.w - width - m.labels / 2) / 2));
  const float y = std::floor(main.y + std::max(0.0F, (main.h - height) / 2));
  out.im2col = place(a, x, y, m, cell);
  out.toeplitz = place(b, std::floor(x + a_w + m.between), y, m, cell);
}

void place_stacked(const Shown& a, const Shown& b, const Rect& main, const Measures& m, float cell,
                   Layout& out) {
  const float width = std::max(width_of(a, m, cell), width_of(b, m, cell));
  const float a_h = height_of(a, m, cell);
  const float free = std::max(0.0F, main.h - a_h - height_of(b, m, cell));
  const float x = std::floor(main.x + std::max(0.0F, (main.w - width) / 2));
  const float y = std::floor(main.y + free / 3);
  out.im2col = place(a, x, y, m, cell);
  out.toeplitz = place(b, x, std::floor(y + a_h + free / 3), m, cell);
}

void place_all(const Shown& a, const std::optional<Shown>& b, const Rect& main, const Measures& m,
               float cell, Layout& out) {
  if (!b) {
    place_alone(a, main, m, cell, out);
  } else if (out.beside) {
    place_beside(a, *b, main, m, cell, out);
  } else {
    place_stacked(a, *b, main, m, cell, out);
  }
}

void lay_cut(const MatrixContent& c, const Rect& main, const Measures& m, float cell, Layout& out) {
  if (!c.toeplitz) {
    const Shown a = cut(c.im2col, c.im2col_focus, main.w, main.h, m, cell, c.im2col.vectors);
    return place_all(a, std::nullopt, main, m, cell, out);
  }
  const float own = m.labels + m.equals;
  const float room = main.w - 2 * own - m.between;
  const float cells = room / cell;
  constexpr float kFewest = 24;  // columns of both blocks together that are worth a look
  out.beside = cells >= kFewest;
  if (!out.beside) {
    const float half = main.h / 2;
    return place_all(cut(c.im2col, c.im2col_focus, main.w, half, m, cell, c.im2col.vectors),
                     cut(*c.toeplitz, c.toeplitz_focus, main.w, half, m, cell, c.toeplitz->vectors),
                     main, m, cell, out);
  }
  // The narrower one takes what it needs, at most what leaves the other half of the room.
  const float wanted_a = (count(c.im2col.columns + c.im2col.results) + 2 * kEllipsis) * cell;
  const float wanted_b = (count(c.toeplitz->columns + c.toeplitz->results) + 2 * kEllipsis) * cell;
  const float a_w = std::min(wanted_a, std::max(room / 2, room - wanted_b));
  const std::int64_t vectors = std::max(c.im2col.vectors, c.toeplitz->vectors);
  place_all(cut(c.im2col, c.im2col_focus, a_w + own, main.h, m, cell, vectors),
            cut(*c.toeplitz, c.toeplitz_focus, room - a_w + own, main.h, m, cell, vectors), main, m,
            cell, out);
}

// Zoom and pan move the planes; words keep their size, above their planes.
void look_through(const kit::CameraView& view, BlockLayout& block) {
  for (kit::Plane* plane : {&block.matrix, &block.vectors, &block.results}) {
    view.move(*plane);
  }
  block.margin = view.length(block.margin);
  block.caption.x = block.matrix.rect.x - block.margin - block.labels;
  block.caption.y = view.y(block.caption.bottom()) - block.caption.h;
}

std::int64_t cells_of(const BlockSize& size) { return size.rows * size.columns; }

}  // namespace

Layout lay_out(const MatrixContent& content, const Rect& main, float scale, float text_scale,
               const session::Camera& camera) {
  const float t = scale * text_scale;
  Layout out;
  const Measures m{.labels = content.labels,
                   .equals = 30 * t,
                   .between = 26 * scale,
                   .caption = 46 * t,
                   .im2col_words = content.im2col_caption,
                   .toeplitz_words = content.toeplitz_caption};
  const float beside = cell_beside(content, main, m);
  const float stacked = cell_stacked(content, main, m);
  // Rows that run through both blocks say more than larger cells, as long as cells can be read.
  const bool legible = beside >= kLegible * scale && beside >= kBesideShare * stacked;
  out.beside = legible || beside >= stacked;
  const float cell = std::floor(std::min(out.beside ? beside : stacked, kMaxCell * scale));
  const bool few =
      cells_of(content.im2col) <= kMostCells &&
      (!content.toeplitz || content.toeplitz->rows <= kMostCells / content.im2col.columns);
  if (few && cell >= kSmallestWhole * scale) {
    const auto whole = [&](const BlockSize& size, std::int64_t vectors) {
      return Shown{.size = size,
                   .rows = {0, size.rows},
                   .columns = {0, size.columns},
                   .vectors_room = vectors};
    };
    std::optional<Shown> b;
    std::int64_t vectors = content.im2col.vectors;
    if (content.toeplitz) {
      const std::int64_t most = std::max(vectors, content.toeplitz->vectors);
      vectors = out.beside ? most : vectors;
      b = whole(*content.toeplitz, out.beside ? most : content.toeplitz->vectors);
    }
    place_all(whole(content.im2col, vectors), b, main, m, cell, out);
  } else {
    lay_cut(content, main, m, std::floor(kCutCell * scale), out);
  }
  if (camera != session::Camera{}) {
    const kit::CameraView view(camera, main);
    look_through(view, out.im2col);
    if (out.toeplitz) {
      look_through(view, *out.toeplitz);
    }
  }
  return out;
}

}  // namespace convscope::picture::matrix
