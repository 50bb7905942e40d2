#include "core/picture/descent/layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/picture/kit/bands.h"
#include "core/picture/kit/camera.h"
#include "core/picture/kit/fit.h"

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
constexpr float kLeastPicture = 64;  // of a plane without numbers
constexpr float kLeastCurve = 76;
constexpr float kMostCurve = 330;
constexpr float kRowGap = 10;
constexpr float kMostGap = 96;  // between small pictures
constexpr float kLossWidth = 104;
constexpr float kLossHeight = 88;

constexpr std::int64_t kMostColumns = 8;
constexpr std::int64_t kMostRows = 3;
constexpr std::size_t kColumns = 6;

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

// With its padding.
kit::PlaneSize size_of(const derive::LayerResult& layer, DescentPlane plane) {
  const Shape& in = layer.input.shape();
  if (is_input(plane)) {
    return {in.h, in.w, layer.pads};
  }
  return is_map(plane) ? kit::PlaneSize{layer.output_shape.h, layer.output_shape.w}
                       : kit::PlaneSize{layer.spec.kernel_size.h, layer.spec.kernel_size.w};
}

// How a cell of each kind of plane grows with the table's cell.
struct Cells {
  kit::Length map = {.per_cell = 1};
  kit::Length kernel = {.per_cell = 1};

  kit::Length of(DescentPlane plane) const { return is_map(plane) ? map : kernel; }
};

// Lengths in pixels.
struct Measures {
  float width = 0;
  float gap = 0;
  float words = 1;  // their scale
  float small = 0;  // room below a plane for small ones
  float below = 0;  // with the bias
};

Measures measures_of(const derive::LayerResult& layer, const DescentContent& content,
                     const Viewport& viewport) {
  const float s = viewport.scale;
  Measures m{.width = kit::band_width(viewport), .words = s * content.text_scale};
  m.gap = std::clamp(m.width * 0.03F, 26 * s, 54 * s);
  const Shape weight = layer.weight.shape();
  if (weight.n * weight.c > 1) {
    const auto rows = static_cast<float>(std::min({weight.n, weight.c, kMostRows}));
    m.small = std::min(rows * (kSmallCell * 3 + 5) * s + 10 * s, 0.13F * viewport.height);
  }
  m.below = m.small + (layer.spec.bias ? kBiasLine * m.words : 0) + kRowGap * s / 2;
  return m;
}

float words_around(const Measures& m) { return 2 * (kCaption * m.words + m.below); }

void drop_small_planes(Measures& m) {
  m.below -= m.small;
  m.small = 0;
}

// The planes in the order of kPlaces, then the loss.
kit::Table table_of(const derive::LayerResult& layer, const Measures& m, const Cells& cells,
                    bool goal) {
  kit::Table table(m.gap, 0);
  const auto add = [&](std::size_t row, std::size_t column, kit::Length w, kit::Length h) {
    table.add({row, column, w, h, kCaption * m.words, m.below});
  };
  for (const Place& place : kPlaces) {
    const kit::PlaneSize size = size_of(layer, place.plane);
    const kit::Length cell = cells.of(place.plane);
    const bool shown = place.plane != DescentPlane::kGoal || goal;
    add(place.row, place.column, shown ? cell.times(size.columns()) : kit::Length{},
        cell.times(size.rows()));
  }
  // The loss is words alone: it takes the room of the planes' captions, too.
  const float captions = 2 * std::min(kCaption * m.words, m.below);
  add(0, kColumns - 1, {.fixed = kLossWidth * m.words},
      {.fixed = std::max(kLossHeight * m.words - captions, 0.0F)});
  return table;
}

// Pictures beside small filters: each as a side of the table's cell.
Cells picture_cells(const derive::LayerResult& layer, float scale) {
  constexpr float kSmaller = 0.8F;
  const kit::PlaneSize map = size_of(layer, DescentPlane::kInput);
  const kit::PlaneSize kernel = size_of(layer, DescentPlane::kWeight);
  return {.map = {.per_cell = 1 / std::max(map.rows(), map.columns())},
          .kernel = {.per_cell = kSmaller / std::max(kernel.rows(), kernel.columns()),
                     .most = kMaxCell * scale * kSmaller}};
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
  if (room <= 0) {
    return {};
  }
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

void lay_planes(const derive::LayerResult& layer, const DescentSlice& slice, const Measures& m,
                const Cells& cells, const kit::Table& table, float cell, bool goal, float scale,
                Layout& out) {
  const std::vector<Rect> places = table.places(cell, out.main);
  const std::vector<float> widths = table.widths(cell);
  for (std::size_t i = 0; i < kPlaces.size(); ++i) {
    const Place& place = kPlaces[i];
    if (place.plane == DescentPlane::kGoal && !goal) {
      continue;
    }
    const auto index = static_cast<std::size_t>(place.plane);
    out.planes[index] = kit::plane_at(std::floor(places[i].x), std::floor(places[i].y),
                                      size_of(layer, place.plane), cells.of(place.plane).at(cell));
    out.others[index] = small_planes(place.plane, out.planes[index], layer, slice, m.small,
                                     widths[place.column], scale);
  }
  const Point loss = places.back().center();
  const float height = kLossHeight * m.words;
  out.loss = {loss.x - widths.back() / 2, loss.y - height / 2, widths.back(), height};
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
  Measures m = measures_of(layer, content, viewport);
  const kit::Bands bands = kit::bands_of(viewport, content.header, 0, 2);
  Layout out;
  out.header = bands.header;
  out.caption_size = 14.5F * m.words;
  out.gap = m.gap;
  const Rect& room = bands.main;
  float sums = kSums * m.words;
  float status = kStatus * m.words;
  const auto words = [&] { return sums + status + 16 * s; };
  // A third of the room where there is much, less where cells would lose their numbers.
  const float least_curve = std::max(kLeastCurve * s, 0.3F * room.h - 90 * s);
  float rows = std::max(room.h - words() - least_curve, words_around(m) + 8);
  Cells cells;
  kit::Table table = table_of(layer, m, cells, content.goal);
  float cell = std::floor(table.largest_cell(room.w, rows, kMaxCell * s));
  if (cell < kMinCell * s && m.small > 0) {  // numbers go before the other filters
    Measures alone = m;
    drop_small_planes(alone);
    kit::Table closer = table_of(layer, alone, cells, content.goal);
    const float larger = std::floor(closer.largest_cell(room.w, rows, kMaxCell * s));
    if (larger >= kMinCell * s) {
      m = alone;
      table = std::move(closer);
      cell = larger;
    }
  }
  if (cell < kMinCell * s) {
    cells = picture_cells(layer, s);
    const auto fit = [&] {
      table = table_of(layer, m, cells, content.goal);
      cell = std::max(table.largest_cell(room.w, rows, (rows - words_around(m)) / 2), 8.0F);
    };
    fit();
    const auto fit_all_rows = [&] {
      rows = std::max(room.h - words(), words_around(m) + 8);
      fit();
    };
    // What matters least goes first: the other filters, then the curve; on a low stage the sums,
    // and the line that says what the loss and the transport say, too.
    if (cell < kLeastPicture * s && m.small > 0) {
      drop_small_planes(m);
      fit();
    }
    if (cell < kLeastPicture * s) {
      fit_all_rows();
    }
    for (float* line : {&sums, &status}) {
      if (cell < kLeastPicture / 2 * s) {
        *line = 0;
        fit_all_rows();
      }
    }
    // Captions are wider than small pictures.
    const float spare = std::max(room.w - table.width(cell), 0.0F) / kColumns;
    m.gap = std::max(m.gap, std::min(m.gap + spare, kMostGap * s));
    table = table_of(layer, m, cells, content.goal);
    out.gap = m.gap;
  }
  const float used = table.height(cell);
  const float left = room.h - used - words();
  const float curve = std::clamp(left, 1.0F, kMostCurve * s);
  const float spare = std::max(left - curve, 0.0F);  // spread above and below the rows
  out.main = {room.x, std::floor(room.y + spare / 2), room.w, used};
  out.view = {0, out.main.y - 4 * s, viewport.width, used + 8 * s};
  lay_planes(layer, slice, m, cells, table, cell, content.goal, s, out);
  out.curve = {room.x, std::floor(room.bottom() - curve), room.w, std::floor(curve)};
  out.status = {room.x, out.curve.y - status, room.w, status};
  out.sums = {room.x, out.status.y - 8 * s - sums, room.w, sums};
  out.bias_line = layer.spec.bias ? kBiasLine * m.words : 0;
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
