#include "core/picture/descent/layout.h"

#include <algorithm>
#include <cmath>

#include "core/picture/kit/bands.h"
#include "core/picture/kit/camera.h"

namespace convscope::picture::descent {

namespace {

// Heights at scale 1, of words.
constexpr float kCaption = 27;
constexpr float kSums = 56;
constexpr float kStatus = 30;
constexpr float kBiasLine = 24;
// Lengths at scale 1, of the rest.
constexpr float kMinCell = 15;
constexpr float kMaxCell = 78;
constexpr float kSmallCell = 11;
constexpr float kLeastCurve = 76;
constexpr float kMostCurve = 330;
constexpr float kRowGap = 10;
constexpr float kLossWidth = 104;
constexpr float kLossHeight = 88;

constexpr std::int64_t kMostColumns = 8;
constexpr std::int64_t kMostRows = 3;
constexpr std::size_t kColumns = 6;

struct Cells {
  std::int64_t h = 0;
  std::int64_t w = 0;
};

// A plane's place in rows and columns.
struct Place {
  DescentPlane plane;
  std::size_t row;
  std::size_t column;
};
constexpr std::array<Place, kDescentPlanes> kPlaces = {{{DescentPlane::kInput, 0, 0},
                                                        {DescentPlane::kWeight, 0, 1},
                                                        {DescentPlane::kPrediction, 0, 2},
                                                        {DescentPlane::kTarget, 0, 3},
                                                        {DescentPlane::kError, 0, 4},
                                                        {DescentPlane::kSlid, 1, 0},
                                                        {DescentPlane::kScaled, 1, 1},
                                                        {DescentPlane::kGradient, 1, 2},
                                                        {DescentPlane::kStep, 1, 3},
                                                        {DescentPlane::kAfter, 1, 4},
                                                        {DescentPlane::kGoal, 1, 5}}};

// Sizes of the cells of one arrangement, in pixels.
struct CellSizes {
  float map = 0;
  float kernel = 0;
};

class Arrangement {
 public:
  Arrangement(const derive::LayerResult& layer, const DescentContent& content,
              const Viewport& viewport)
      : layer_(layer), content_(content), viewport_(viewport) {
    const float s = viewport.scale;
    width_ = kit::band_width(viewport);
    gap_ = std::clamp(width_ * 0.03F, 26 * s, 54 * s);
    small_ = std::min(small_rows() * (kSmallCell * 3 + 5) * s + (small_rows() > 0 ? 10 * s : 0),
                      0.13F * viewport.height);
  }

  // Of a plane with its padding.
  Cells cells_of(DescentPlane plane) const {
    const Shape& in = layer_.input.shape();
    const conv::Pads& pads = layer_.pads;
    if (is_input(plane)) {
      return {in.h + pads.top + pads.bottom, in.w + pads.left + pads.right};
    }
    return is_map(plane) ? Cells{layer_.output_shape.h, layer_.output_shape.w}
                         : Cells{layer_.spec.kernel_size.h, layer_.spec.kernel_size.w};
  }

  float size_of(DescentPlane plane, const CellSizes& sizes) const {
    return is_map(plane) ? sizes.map : sizes.kernel;
  }

  std::array<float, kColumns> columns(const CellSizes& sizes) const {
    std::array<float, kColumns> widths{};
    for (const Place& place : kPlaces) {
      if (place.plane != DescentPlane::kGoal || content_.goal) {
        const float w = static_cast<float>(cells_of(place.plane).w) * size_of(place.plane, sizes);
        widths[place.column] = std::max(widths[place.column], w);
      }
    }
    widths.back() = std::max(widths.back(), kLossWidth * words());
    return widths;
  }

  float row_height(std::size_t row, const CellSizes& sizes) const {
    float height = row == 0 ? kLossHeight * words() : 0;
    for (const Place& place : kPlaces) {
      if (place.row == row) {
        height = std::max(
            height, static_cast<float>(cells_of(place.plane).h) * size_of(place.plane, sizes));
      }
    }
    return height;
  }

  // What a row needs around its planes.
  float around_row() const {
    return kCaption * words() + small_ + (layer_.spec.bias ? kBiasLine * words() : 0) +
           kRowGap * viewport_.scale / 2;
  }

  bool fits(const CellSizes& sizes, float height) const {
    float width = gap_ * static_cast<float>(kColumns - 1);
    for (const float column : columns(sizes)) {
      width += column;
    }
    return width <= width_ && row_height(0, sizes) + row_height(1, sizes) <= height;
  }

  float words() const { return viewport_.scale * content_.text_scale; }
  float width() const { return width_; }
  float gap() const { return gap_; }
  float small_room() const { return small_; }

 private:
  float small_rows() const {
    const Shape weight = layer_.weight.shape();
    const bool alone = weight.n * weight.c == 1;
    return alone ? 0.0F : static_cast<float>(std::min({weight.n, weight.c, kMostRows}));
  }

  const derive::LayerResult& layer_;
  const DescentContent& content_;
  const Viewport& viewport_;
  float width_ = 0;
  float gap_ = 0;
  float small_ = 0;
};

// One size for all cells as long as numbers fit them; else maps are pictures beside small filters.
CellSizes best_sizes(const Arrangement& a, float height, float scale) {
  for (float cell = std::floor(kMaxCell * scale); cell >= kMinCell * scale; --cell) {
    if (a.fits({cell, cell}, height)) {
      return {cell, cell};
    }
  }
  const Cells map = a.cells_of(DescentPlane::kInput);
  const Cells kernel = a.cells_of(DescentPlane::kWeight);
  const auto sizes_in = [&](float side) {
    return CellSizes{side / static_cast<float>(std::max(map.h, map.w)),
                     std::min(side * 0.8F / static_cast<float>(std::max(kernel.h, kernel.w)),
                              kMaxCell * scale * 0.8F)};
  };
  float side = std::max(height / 2, 8.0F);
  while (side > 8 && !a.fits(sizes_in(side), height)) {
    side -= 2;
  }
  return sizes_in(side);
}

// So many of `count` around `active`.
struct Range {
  std::int64_t first = 0;
  std::int64_t size = 0;
};
Range range_around(std::int64_t active, std::int64_t count, std::int64_t most) {
  const std::int64_t size = std::min(count, most);
  return {std::clamp<std::int64_t>(active - size / 2, 0, count - size), size};
}

// The small planes below `main`: maps side by side; of a filter bank the longer side, filters or
// channels, goes across and the other down.
std::vector<SmallPlane> small_planes(DescentPlane which, const kit::Plane& main,
                                     const derive::LayerResult& layer, const DescentSlice& slice,
                                     float room, float width, float scale) {
  const Shape weight = layer.weight.shape();
  const bool map = is_map(which);
  const bool input = is_input(which);
  const std::int64_t maps = input ? layer.input.shape().c : weight.n;
  const std::int64_t group = slice.filter / (weight.n / layer.spec.groups);
  const std::int64_t map_shown = input ? group * weight.c + slice.channel : slice.filter;
  const bool filters_across = weight.n >= weight.c;
  Range across = range_around(map_shown, maps, kMostColumns);
  Range down = {0, 1};
  if (!map) {
    const Range filters =
        range_around(slice.filter, weight.n, filters_across ? kMostColumns : kMostRows);
    const Range channels =
        range_around(slice.channel, weight.c, filters_across ? kMostRows : kMostColumns);
    across = filters_across ? filters : channels;
    down = filters_across ? channels : filters;
  }
  if (across.size * down.size == 1) {
    return {};
  }
  const float gap = std::floor(5 * scale);
  const auto columns = static_cast<float>(across.size);
  const auto rows = static_cast<float>(down.size);
  const float cell =
      std::min({(width - gap * (columns - 1)) / columns / static_cast<float>(main.w),
                (room - gap * (rows + 1)) / rows / static_cast<float>(main.h), kSmallCell * scale});
  const float h = static_cast<float>(main.h) * cell;
  const float w = static_cast<float>(main.w) * cell;
  const float left = main.rect.center().x - (columns * (w + gap) - gap) / 2;
  const float ring = input ? static_cast<float>(layer.pads.bottom) * main.cell : 0;
  const float top = main.rect.bottom() + ring + 2 * gap;
  std::vector<SmallPlane> planes;
  for (std::int64_t row = 0; row < down.size; ++row) {
    for (std::int64_t column = 0; column < across.size; ++column) {
      const Rect rect = {left + static_cast<float>(column) * (w + gap),
                         top + static_cast<float>(row) * (h + gap), w, h};
      SmallPlane small{.plane = {.rect = rect, .h = main.h, .w = main.w, .cell = cell}};
      const std::int64_t i = across.first + column;
      const std::int64_t j = down.first + row;
      small.n = map ? slice.batch : (filters_across ? i : j);
      small.c = map || !filters_across ? i : j;
      planes.push_back(small);
    }
  }
  return planes;
}

void lay_planes(const Arrangement& a, const derive::LayerResult& layer, const DescentSlice& slice,
                const DescentContent& content, const CellSizes& sizes, float scale, Layout& out) {
  const std::array<float, kColumns> widths = a.columns(sizes);
  std::array<float, kColumns> lefts{};
  float total = a.gap() * static_cast<float>(kColumns - 1);
  for (const float width : widths) {
    total += width;
  }
  float x = std::floor(out.main.x + (out.main.w - total) / 2);
  for (std::size_t i = 0; i < kColumns; ++i) {
    lefts[i] = x;
    x += widths[i] + a.gap();
  }
  const std::array<float, 2> heights = {a.row_height(0, sizes), a.row_height(1, sizes)};
  const float upper = out.main.y + kCaption * a.words();
  const std::array<float, 2> tops = {upper, upper + heights[0] + a.around_row()};
  for (const Place& place : kPlaces) {
    if (place.plane == DescentPlane::kGoal && !content.goal) {
      continue;
    }
    const Cells cells = a.cells_of(place.plane);
    const float cell = a.size_of(place.plane, sizes);
    const float w = static_cast<float>(cells.w) * cell;
    const float h = static_cast<float>(cells.h) * cell;
    kit::Plane plane{.rect = {std::floor(lefts[place.column] + (widths[place.column] - w) / 2),
                              std::floor(tops[place.row] + (heights[place.row] - h) / 2), w, h},
                     .h = cells.h,
                     .w = cells.w,
                     .cell = cell};
    if (is_input(place.plane)) {
      const conv::Pads& pads = layer.pads;
      const Shape& in = layer.input.shape();
      plane = {
          .rect = plane.cells(pads.top, pads.left, in.h, in.w), .h = in.h, .w = in.w, .cell = cell};
    }
    const auto index = static_cast<std::size_t>(place.plane);
    out.planes[index] = plane;
    out.others[index] =
        small_planes(place.plane, plane, layer, slice, a.small_room(), widths[place.column], scale);
  }
  out.loss = {lefts.back(), tops[0], widths.back(), heights[0]};
}

}  // namespace

bool is_input(DescentPlane plane) {
  return plane == DescentPlane::kInput || plane == DescentPlane::kSlid;
}

bool is_map(DescentPlane plane) {
  return is_input(plane) || plane == DescentPlane::kPrediction || plane == DescentPlane::kTarget ||
         plane == DescentPlane::kError || plane == DescentPlane::kScaled;
}

float descent_text_scale(const Viewport& viewport, float wanted) {
  return kit::fitting_text_scale(2 * kCaption + kSums + kStatus, viewport, wanted);
}

Layout lay_out(const derive::LayerResult& layer, const DescentSlice& slice,
               const DescentContent& content, const session::Camera& camera,
               const Viewport& viewport) {
  const float s = viewport.scale;
  const float t = s * content.text_scale;
  const Arrangement a(layer, content, viewport);
  const float margin = std::floor(24 * s);
  Layout out;
  out.caption_size = 14.5F * t;
  out.gap = a.gap();
  out.header = {margin, std::floor(14 * s), a.width(), std::floor(content.header)};
  const float top = out.header.bottom() + 6 * s;
  const float bottom = viewport.height - std::floor(14 * s);
  const float room = std::max(bottom - top, 1.0F);
  const float words = 2 * a.around_row() + (kSums + kStatus) * t + 16 * s;
  // A third of the room where there is much, less where cells would lose their numbers.
  const float least_curve = std::max(kLeastCurve * s, 0.3F * room - 90 * s);
  const float rows = std::max(room - words - least_curve, 8.0F);
  const CellSizes sizes = best_sizes(a, rows, s);
  out.pixels = sizes.map < kMinCell * s;
  const float used = 2 * a.around_row() + a.row_height(0, sizes) + a.row_height(1, sizes);
  const float left = room - used - (kSums + kStatus) * t - 16 * s;
  const float curve = std::clamp(left, 1.0F, kMostCurve * s);
  const float spare = std::max(left - curve, 0.0F);  // spread above and below the rows
  out.main = {margin, std::floor(top + spare / 2), a.width(), used};
  lay_planes(a, layer, slice, content, sizes, s, out);
  out.curve = {margin, std::floor(bottom - curve), a.width(), std::floor(curve)};
  out.status = {margin, out.curve.y - kStatus * t, a.width(), kStatus * t};
  out.sums = {margin, out.status.y - 8 * s - kSums * t, a.width(), kSums * t};
  out.bias_line = layer.spec.bias ? kBiasLine * t : 0;
  const kit::CameraView view(camera, out.main);
  for (std::size_t i = 0; i < kDescentPlanes; ++i) {
    view.move(out.planes[i]);
    for (SmallPlane& small : out.others[i]) {
      view.move(small.plane);
    }
  }
  view.move(out.loss);
  return out;
}

}  // namespace convscope::picture::descent
