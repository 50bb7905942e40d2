#include "core/picture/neuron/layout.h"

#include <algorithm>
#include <cmath>

#include "core/picture/kit/camera.h"

namespace convscope::picture::neuron {

namespace {

// Pixels at scale 1.
constexpr float kLargestRow = 46;
constexpr float kSmallestRow = 18;
constexpr float kLeastRow = 15;  // if so all of few inputs find room
constexpr std::size_t kFewInputs = 12;
constexpr float kRadius = 36;
constexpr float kGhostRadius = 23;
constexpr float kLargestCell = 58;
constexpr float kNumberCell = 26;    // slices behind each other, if that gives such cells
constexpr float kSmallestCell = 15;  // below it the input is shown as a picture
constexpr float kGap = 34;
constexpr float kComfortable = 430;  // height of the part between captions and words
constexpr int kMostGhosts = 4;
constexpr float kNarrow =
    50;  // widths of a caption's em: two lines of code do not fit side by side
constexpr float kGroupGap = 0.55F;  // between the inputs of two channels, in rows
constexpr std::int64_t kMostSlices = 3;

// Shares of the width.
constexpr float kInputShare = 0.23F;
constexpr float kOutputShare = 0.17F;

// The inputs that are shown, in order; -1 marks those that are left out. All of them, or the first
// and the last, and the current one.
std::vector<std::int64_t> shown_terms(std::int64_t terms, std::int64_t most, std::int64_t active) {
  std::vector<std::int64_t> shown;
  if (terms <= most) {
    for (std::int64_t i = 0; i < terms; ++i) {
      shown.push_back(i);
    }
    return shown;
  }
  const std::int64_t ends = std::max<std::int64_t>((most - 3) / 2, 1);
  const std::int64_t last = terms - ends;
  for (std::int64_t i = 0; i < ends; ++i) {
    shown.push_back(i);
  }
  shown.push_back(-1);
  if (active >= ends && active < last) {
    shown.push_back(active);
    shown.push_back(-1);
  }
  for (std::int64_t i = last; i < terms; ++i) {
    shown.push_back(i);
  }
  return shown;
}

// The height of the column in rows.
float rows_of(const std::vector<std::int64_t>& shown, std::int64_t per_channel, bool bias) {
  float rows = bias ? 1 + kGroupGap : 0;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const bool new_channel = i > 0 && shown[i] >= 0 && shown[i - 1] >= 0 &&
                             shown[i] / per_channel != shown[i - 1] / per_channel;
    rows += 1 + (new_channel ? kGroupGap : 0);
  }
  return rows;
}

// Heights of a row, and of the numbers in it.
struct RowSizes {
  float smallest = 0;
  float least = 0;  // if all inputs find room so
  float roomy = 0;  // rows from here on keep a distance from each other
  float largest = 0;
  float largest_text = 0;
};

struct Columns {
  float input = 0;  // left ends
  float weight = 0;
  float product = 0;
  float input_width = 0;
  float weight_width = 0;
  float product_width = 0;
};

// The boxes of a row from `begin` on, then room for the edges to converge: half of
// the distance to the neuron at `end` if possible. In a narrow view the products are dropped first.
Columns columns_between(float begin, float end, bool weighted, float scale, float wide) {
  constexpr float kInput = 52;  // widths at scale 1
  constexpr float kWeight = 50;
  constexpr float kProduct = 46;
  constexpr float kFan = 70;
  constexpr float kNarrowest = 0.55F;
  const float way = end - begin - kFan * scale;
  const bool products = weighted && way >= (kInput + kWeight + kProduct) * scale * wide;
  const float boxes = (weighted ? kInput + kWeight : kInput) + (products ? kProduct : 0.0F);
  const float unit = scale * std::clamp(way / (boxes * scale * 1.1F), kNarrowest, wide);
  Columns columns;
  columns.input = begin;
  columns.input_width = kInput * unit;
  columns.weight_width = weighted ? kWeight * unit : 0;
  columns.product_width = products ? kProduct * unit : 0;
  const float spare = std::max(way - boxes * unit, 0.0F);
  columns.weight = begin + columns.input_width + std::max(spare * 0.15F, 5 * scale);
  columns.product = columns.weight + columns.weight_width + (products ? 6 * scale : 0);
  return columns;
}

void lay_column(const step::WindowScene& scene, const Rect& area, const Columns& columns,
                const RowSizes& sizes, Layout& out) {
  const auto terms = static_cast<std::int64_t>(scene.step().terms.size());
  const std::int64_t per_channel = std::max<std::int64_t>(terms / scene.channels(), 1);
  const bool bias = scene.spec().bias;
  const auto most = static_cast<std::int64_t>(area.h / sizes.smallest);
  std::vector<std::int64_t> shown = shown_terms(
      terms, std::max<std::int64_t>(most - (bias ? 2 : 0), 5), scene.moment.active_term);
  if (rows_of(shown, per_channel, bias) > static_cast<float>(std::max<std::int64_t>(most, 7))) {
    shown = shown_terms(terms, std::max<std::int64_t>(most - 4, 5), scene.moment.active_term);
  }
  const std::vector<std::int64_t> all = shown_terms(terms, terms, 0);
  if (rows_of(all, per_channel, bias) * sizes.least <= area.h) {
    shown = all;
  }
  const float count = rows_of(shown, per_channel, bias);
  const float row = std::min(area.h / count, sizes.largest);
  const bool roomy = row > sizes.roomy;
  const float h = row * (roomy ? 0.76F : 0.9F);
  out.text = std::min(h * (roomy ? 0.6F : 0.72F), sizes.largest_text);
  float y = area.y + (area.h - row * count) / 2;
  const auto put = [&](std::int64_t term) {
    const float top = y + (row - h) / 2;
    out.rows.push_back({term,
                        {columns.input, top, columns.input_width, h},
                        {columns.weight, top, columns.weight_width, h},
                        {columns.product, top, columns.product_width, h}});
    y += row;
  };
  std::int64_t before = -1;
  for (const std::int64_t term : shown) {
    if (term < 0) {
      out.gaps.push_back(y + row / 2);
      y += row;
    } else {
      if (before >= 0 && term / per_channel != before / per_channel) {
        y += kGroupGap * row;
      }
      put(term);
    }
    before = term;
  }
  if (bias) {
    y += kGroupGap * row;
    put(-1);
  }
}

// Slices one below the other, behind each other where that makes them too small, or one picture.
void lay_input(const step::WindowScene& scene, const Rect& area, float scale, float room,
               Layout& out) {
  const Shape& shape = scene.input().shape();
  const conv::Pads pads = scene.pads();
  const auto w = static_cast<float>(shape.w + pads.left + pads.right);
  const auto h = static_cast<float>(shape.h + pads.top + pads.bottom);
  const std::int64_t slices = std::min(scene.channels(), kMostSlices);
  const auto n = static_cast<float>(slices);
  const float gap = 0.8F * scene.label_size;
  const float shift = 9 * scale;
  const float largest = kLargestCell * scale * room;
  const float below = std::min({area.w / w, (area.h - (n - 1) * gap) / n / h, largest});
  const float behind =
      std::min({(area.w - (n - 1) * shift) / w, (area.h - (n - 1) * shift) / h, largest});
  out.stacked = slices > 1 && below < kNumberCell * scale && behind > 1.3F * below;
  out.merged = scene.is_rgb() && scene.channels() == 3 &&
               (out.stacked ? behind : below) < kSmallestCell * scale;
  float cell =
      out.merged ? std::min({area.w / w, area.h / h, largest}) : (out.stacked ? behind : below);
  cell = cell >= 4 ? std::floor(cell) : cell;
  const std::int64_t count = out.merged ? 1 : slices;
  const std::int64_t active = std::max<std::int64_t>(scene.moment.active_channel, 0);
  const std::int64_t first =
      out.stacked ? active
                  : std::clamp<std::int64_t>(active - count / 2, 0, scene.channels() - count);
  const Point step = out.stacked ? Point{shift, -shift} : Point{0, h * cell + gap};
  const float whole_w = w * cell + static_cast<float>(count - 1) * step.x;
  const float whole_h = h * cell + static_cast<float>(count - 1) * std::abs(step.y);
  Point at = {std::floor(area.x + (area.w - whole_w) / 2),
              std::floor(area.y + (area.h - whole_h) / 2)};
  at.y += out.stacked ? whole_h - h * cell : 0;
  for (std::int64_t i = 0; i < count; ++i) {
    out.channels.push_back((first + i) % scene.channels());
    out.input.push_back(
        {.rect = {at.x + static_cast<float>(pads.left) * cell,
                  at.y + static_cast<float>(pads.top) * cell, static_cast<float>(shape.w) * cell,
                  static_cast<float>(shape.h) * cell},
         .h = shape.h,
         .w = shape.w,
         .cell = cell});
    at = {at.x + step.x, at.y + step.y};
  }
}

void lay_output(const step::WindowScene& scene, const Rect& area, float largest, Layout& out) {
  const Shape& shape = scene.layer.output_shape;
  const auto w = static_cast<float>(shape.w);
  const auto h = static_cast<float>(shape.h);
  float cell = std::min({area.w / w, area.h / h, largest});
  cell = cell >= 4 ? std::floor(cell) : cell;
  out.output = {.rect = {std::floor(area.x + (area.w - w * cell) / 2),
                         std::floor(area.y + (area.h - h * cell) / 2), w * cell, h * cell},
                .h = shape.h,
                .w = shape.w,
                .cell = cell};
}

void look_through(const step::WindowScene& scene, Layout& out) {
  const kit::CameraView view(scene.session.look.camera, scene.main);
  view.move(out.input);
  view.move(out.output);
  for (NeuronRow& row : out.rows) {
    view.move(row.input);
    view.move(row.weight);
    view.move(row.product);
  }
  for (float& y : out.gaps) {
    y = view.y(y);
  }
  view.move(out.neuron);
  out.radius = view.length(out.radius);
  out.ghost_radius = view.length(out.ghost_radius);
  out.text = view.length(out.text);
}

}  // namespace

Layout lay_out(const step::WindowScene& scene, float scale, float text_scale, std::size_t lines) {
  Layout out;
  const Rect& main = scene.main;
  out.narrow = main.w < scene.caption_size * kNarrow;
  const float caption = scene.caption_size * (out.narrow ? 3.4F : 2.1F);
  // Without words below there is still the name of a slice, where there are several.
  const bool named = lines > 0 || scene.input().shape().c > 1;
  const float ems = !scene.weighted() ? 2.2F
                    : named           ? 1.6F + 1.8F * static_cast<float>(lines)
                                      : 0.4F;
  const float words = scene.label_size * ems;
  out.captions = {main.x, main.y, main.w, caption};
  out.words = {main.x, main.bottom() - words, main.w, words};
  out.lines = lines;
  const Rect area = {main.x, main.y + caption, main.w,
                     std::max(main.h - caption - words, 4 * scale)};
  const float gap = kGap * scale;
  const Rect left = {main.x, area.y, main.w * kInputShare, area.h};
  const Rect right = {main.right() - main.w * kOutputShare, area.y, main.w * kOutputShare, area.h};
  // Large stages show everything larger.
  const float room = std::clamp(area.h / (kComfortable * scale), 1.0F, 1.6F);
  lay_input(scene, left, scale, room, out);
  lay_output(scene, right, kLargestCell * scale * room, out);
  // Between them: the unrolled patch, the edges, the neurons.
  const float t = std::min(text_scale, 1.3F);
  out.radius = kRadius * scale * room;
  out.ghost_radius = kGhostRadius * scale * room;
  out.neuron = {right.x - 2.2F * gap - out.radius, area.center().y};
  const float begin = left.right() + 1.7F * gap * room;
  const Columns columns =
      columns_between(begin, out.neuron.x - out.radius, scene.weighted(), scale, std::max(t, room));
  const bool few = scene.step().terms.size() <= kFewInputs;
  const float least = scale * (out.narrow ? kSmallestRow * t : few ? kLeastRow : kSmallestRow);
  lay_column(scene, area, columns,
             {.smallest = kSmallestRow * scale * t,
              .least = least,
              .roomy = 24 * scale,
              .largest = kLargestRow * scale * room,
              .largest_text = 17 * scale * std::max(t, room)},
             out);
  const float half = area.h / 2 - out.ghost_radius;
  while (out.ghosts < kMostGhosts && neuron_offset(out, out.ghosts + 1) <= half) {
    ++out.ghosts;
  }
  look_through(scene, out);
  return out;
}

float neuron_offset(const Layout& layout, double slots) {
  const float gap = layout.ghost_radius * 0.45F;
  const float first = layout.radius + layout.ghost_radius + gap;
  const float step = 2 * layout.ghost_radius + gap;
  const auto away = static_cast<float>(std::abs(slots));
  const float offset = away <= 1 ? away * first : first + (away - 1) * step;
  return slots < 0 ? -offset : offset;
}

float neuron_radius(const Layout& layout, double slots) {
  const auto away = std::min(static_cast<float>(std::abs(slots)), 1.0F);
  return layout.radius + (layout.ghost_radius - layout.radius) * away;
}

}  // namespace convscope::picture::neuron
