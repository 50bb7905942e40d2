#include "core/picture/raster/plane_pixels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <span>

#include "core/conv/parallel.h"
#include "core/conv/rungs/tasks.h"

namespace convscope::picture::raster {

namespace {

// First and one past the last of `count` cells along start .. start + length that from .. to
// touches.
struct Span {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

Span touched(double start, double length, double from, double to, std::int64_t count) {
  const double lower = std::max(from, start);
  const double upper = std::min(to, start + length);
  if (!(length > 0 && upper > lower)) {
    return {};
  }
  const double cells = static_cast<double>(count);
  const auto index = [&](double part) {
    return static_cast<std::int64_t>(std::clamp(part, 0.0, cells));
  };
  return {index(std::floor((lower - start) / length * cells)),
          index(std::ceil((upper - start) / length * cells))};
}

// A block of one plane whose texels are asked for.
struct TexelBlock {
  const float* plane = nullptr;
  const float* minus = nullptr;  // subtracted from the plane; may be null
  std::int64_t plane_width = 0;
  CellRange cells;
  int level = 0;

  std::int64_t size() const { return std::int64_t{1} << level; }
  std::int64_t columns() const { return (cells.x1 - cells.x0 + size() - 1) >> level; }
  std::int64_t rows() const { return (cells.y1 - cells.y0 + size() - 1) >> level; }

  // Row y of the plane: of its cells only those of the block. `room` is for differences.
  const float* row(std::int64_t y, std::vector<float>& room) const {
    const std::int64_t at = y * plane_width;
    if (minus == nullptr) {
      return plane + at;
    }
    room.resize(static_cast<std::size_t>(plane_width));
    std::transform(plane + at + cells.x0, plane + at + cells.x1, minus + at + cells.x0,
                   room.data() + cells.x0, std::minus());
    return room.data();
  }
};

// What a texel shows of its cells. A signed map is shown by its root mean square, with the sign of
// the heavier side: the plain mean would cancel the two sides of every edge.
enum class Reduction { kMean, kSignedRms };

// The reduced values of texel row `row`. A NaN makes its whole texel NaN.
void reduce_row(const TexelBlock& block, std::int64_t row, Reduction reduction,
                std::span<float> values) {
  const std::int64_t y0 = block.cells.y0 + (row << block.level);
  const std::int64_t y1 = std::min(y0 + block.size(), block.cells.y1);
  std::vector<float> room;
  if (block.level == 0) {
    const float* source = block.row(y0, room) + block.cells.x0;
    std::copy(source, source + block.columns(), values.begin());
    return;
  }
  std::vector<double> sums(values.size());
  std::vector<double> squares(values.size());
  const bool rms = reduction == Reduction::kSignedRms;
  for (std::int64_t y = y0; y < y1; ++y) {
    const float* source = block.row(y, room);
    std::int64_t x = block.cells.x0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const std::int64_t end = std::min(x + block.size(), block.cells.x1);
      float part = 0;
      float square = 0;
      for (; x < end; ++x) {
        part += rms ? source[x] * std::abs(source[x]) : source[x];
        square += source[x] * source[x];
      }
      sums[i] += static_cast<double>(part);
      squares[i] += static_cast<double>(square);
    }
  }
  std::int64_t x = block.cells.x0;
  for (std::size_t i = 0; i < sums.size(); ++i, x += block.size()) {
    const std::int64_t width = std::min(block.size(), block.cells.x1 - x);
    const auto cells = static_cast<double>(width * (y1 - y0));
    values[i] = static_cast<float>(rms ? std::copysign(std::sqrt(squares[i] / cells), sums[i])
                                       : sums[i] / cells);
  }
}

// color_of() of a scale from a table, for millions of values. Steps are even over the scale; the
// middle of a diverging one has its own entry, so zero is exact.
class ColorTable {
 public:
  explicit ColorTable(const ColorScale& scale) : nan_(color_of(scale, std::nanf(""))) {
    const bool symmetric = scale.kind == ColorScale::Kind::kDiverging;
    const float reach = std::max(std::abs(scale.low), std::abs(scale.high));
    low_ = symmetric ? -reach : scale.low;
    high_ = symmetric ? reach : scale.high;
    factor_ = static_cast<float>(kSteps) / (high_ - low_);
    for (int i = 0; i <= kSteps; ++i) {
      const float t = static_cast<float>(i) / static_cast<float>(kSteps);
      colors_[static_cast<std::size_t>(i)] = color_of(scale, std::lerp(low_, high_, t));
    }
  }

  // Whether the scale is wide enough to be divided into steps.
  bool usable() const { return high_ > low_ && std::isfinite(factor_) && factor_ > 0; }

  Rgba operator()(float value) const {
    if (std::isnan(value)) {
      return nan_;
    }
    const float step = (std::clamp(value, low_, high_) - low_) * factor_ + 0.5F;
    return colors_[std::min(static_cast<std::size_t>(step), static_cast<std::size_t>(kSteps))];
  }

 private:
  static constexpr int kSteps = 1024;
  std::array<Rgba, kSteps + 1> colors_;
  Rgba nan_;
  float low_ = 0;
  float high_ = 0;
  float factor_ = 0;
};

// Calls fill(row, texels of the row) for every texel row, a photo's on several threads: a map that
// is being edited is coloured anew in every frame.
std::vector<Rgba> texel_rows(const TexelBlock& block, std::int64_t planes,
                             const std::function<void(std::int64_t, std::span<Rgba>)>& fill) {
  const auto columns = static_cast<std::size_t>(block.columns());
  std::vector<Rgba> texels(columns * static_cast<std::size_t>(block.rows()));
  const std::int64_t cells =
      (block.cells.y1 - block.cells.y0) * (block.cells.x1 - block.cells.x0) * planes;
  conv::parallel_for(
      block.rows(), conv::rungs::threads_for({}, cells), [&](std::int64_t row, std::int64_t) {
        fill(row, std::span(texels).subspan(static_cast<std::size_t>(row) * columns, columns));
      });
  return texels;
}

template <typename Color>
std::vector<Rgba> color_block(const TexelBlock& block, Reduction reduction, const Color& color) {
  return texel_rows(block, 1, [&](std::int64_t row, std::span<Rgba> texels) {
    std::vector<float> values(texels.size());
    reduce_row(block, row, reduction, values);
    std::ranges::transform(values, texels.begin(), color);
  });
}

std::vector<Rgba> color_block_rgb(const std::array<TexelBlock, 3>& planes) {
  return texel_rows(planes[0], 3, [&](std::int64_t row, std::span<Rgba> texels) {
    std::array<std::vector<float>, 3> means;
    for (std::size_t i = 0; i < planes.size(); ++i) {
      means[i].resize(texels.size());
      reduce_row(planes[i], row, Reduction::kMean, means[i]);
    }
    for (std::size_t x = 0; x < texels.size(); ++x) {
      texels[x] = color_of_rgb(means[0][x], means[1][x], means[2][x]);
    }
  });
}

}  // namespace

CellRange visible_cells(const TensorGrid& grid) {
  const Shape& shape = grid.tensor.shape();
  const auto along = [](float start, float length, float from, float size, std::int64_t count) {
    return touched(static_cast<double>(start), static_cast<double>(length),
                   static_cast<double>(from), static_cast<double>(from) + static_cast<double>(size),
                   count);
  };
  const Span x = along(grid.rect.x, grid.rect.w, grid.visible.x, grid.visible.w, shape.w);
  const Span y = along(grid.rect.y, grid.rect.h, grid.visible.y, grid.visible.h, shape.h);
  if (x.first >= x.last || y.first >= y.last) {
    return {};
  }
  return {y.first, x.first, y.last, x.last};
}

int level_of_detail(const TensorGrid& grid) {
  const Shape& shape = grid.tensor.shape();
  // log2 of cells per pixel, averaged over the axes that have something to merge.
  double level = 0;
  int axes = 0;
  const auto count = [&](std::int64_t cells, float pixels) {
    if (cells > 1 && pixels > 0) {
      level += std::log2(static_cast<double>(cells) / static_cast<double>(pixels));
      ++axes;
    }
  };
  count(shape.w, grid.rect.w);
  count(shape.h, grid.rect.h);
  constexpr double kCoarsest = 30;
  return axes == 0 ? 0 : static_cast<int>(std::clamp(std::round(level / axes), 0.0, kCoarsest));
}

std::vector<Rgba> plane_pixels(const TensorGrid& grid, const CellRange& cells, int level) {
  const Shape& shape = grid.tensor.shape();
  const auto block_of = [&](std::int64_t channel) {
    const Index start = {grid.n, std::min(channel, shape.c - 1), 0, 0};
    const CellRange inside = {std::max<std::int64_t>(cells.y0, 0),
                              std::max<std::int64_t>(cells.x0, 0), std::min(cells.y1, shape.h),
                              std::min(cells.x1, shape.w)};
    const std::int64_t from = offset_of(shape, start);
    return TexelBlock{grid.tensor.data() + from,
                      grid.minus.empty() ? nullptr : grid.minus.data() + from, shape.w, inside,
                      level};
  };
  if (grid.tensor.empty() || !contains(shape, {grid.n, grid.c, 0, 0})) {
    return {};
  }
  const TexelBlock block = block_of(grid.c);
  if (block.columns() <= 0 || block.rows() <= 0) {
    return {};
  }
  if (grid.scale.kind == ColorScale::Kind::kRgb) {
    return color_block_rgb({block, block_of(grid.c + 1), block_of(grid.c + 2)});
  }
  const Reduction reduction =
      grid.scale.kind == ColorScale::Kind::kDiverging ? Reduction::kSignedRms : Reduction::kMean;
  const ColorTable table(grid.scale);
  return table.usable() ? color_block(block, reduction, table)
                        : color_block(block, reduction,
                                      [&](float value) { return color_of(grid.scale, value); });
}

}  // namespace convscope::picture::raster
