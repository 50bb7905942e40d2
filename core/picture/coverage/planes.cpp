#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/picture/coverage/context.h"
#include "core/picture/kit/number_text.h"

namespace convscope::picture::coverage {

namespace {

constexpr float kShiningThrough = 0.22F;  // the picture under its counts

struct Span {
  std::int64_t first = 0;
  std::int64_t last = 0;  // behind the end
};

// The cells of an axis that lie in sight.
Span span_in_sight(float from, float to, float start, float cell, std::int64_t size) {
  const auto first = static_cast<std::int64_t>(std::floor((from - start) / cell));
  const auto last = static_cast<std::int64_t>(std::ceil((to - start) / cell));
  return {std::clamp<std::int64_t>(first, 0, size), std::clamp<std::int64_t>(last, 0, size)};
}

// The counts of an axis in blocks of neighbours that share a pixel: their means. A cell's count is
// a sum of products of the two axes, so a block's mean is too.
struct Blocks {
  std::vector<float> whole;
  std::vector<float> begun;
  std::vector<std::int64_t> middle;
};

Blocks blocks_of(const conv::AxisCounts& whole, const conv::AxisCounts& begun, const Span& span,
                 float pixels) {
  constexpr std::int64_t kMostBlocks = 640;
  const std::int64_t cells = span.last - span.first;
  const std::int64_t count =
      std::min({cells, kMostBlocks, static_cast<std::int64_t>(std::ceil(pixels))});
  Blocks blocks;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t from = span.first + i * cells / count;
    const std::int64_t to = span.first + (i + 1) * cells / count;
    const auto mean = [&](const conv::AxisCounts& counts) {
      const auto sum = std::accumulate(counts.begin() + from, counts.begin() + to, std::int64_t{0});
      return static_cast<float>(sum) / static_cast<float>(to - from);
    };
    blocks.whole.push_back(mean(whole));
    blocks.begun.push_back(mean(begun));
    blocks.middle.push_back((from + to) / 2);
  }
  return blocks;
}

// Counts of a plane that is a picture: only what is in sight, and no finer than it can be seen.
// The picture itself lies thinly over them; it also answers what is pointed at.
void draw_picture(kit::Canvas& canvas, const Context& context, const CoverageSide& side) {
  const kit::Plane& plane = side.plane;
  const Rect visible = kit::intersection(plane.rect, context.layout.view);
  if (visible.w <= 0 || visible.h <= 0) {
    return;
  }
  const Span rows = span_in_sight(visible.y, visible.bottom(), plane.rect.y, plane.cell, plane.h);
  const Span columns = span_in_sight(visible.x, visible.right(), plane.rect.x, plane.cell, plane.w);
  const Blocks ys = blocks_of(side.counts.rows, side.counts.rows_begun, rows, visible.h);
  const Blocks xs = blocks_of(side.counts.columns, side.counts.columns_begun, columns, visible.w);
  std::vector<float> values;
  values.reserve(ys.whole.size() * xs.whole.size());
  for (std::size_t y = 0; y < ys.whole.size(); ++y) {
    for (std::size_t x = 0; x < xs.whole.size(); ++x) {
      const float mean = ys.whole[y] * xs.whole[x] + ys.begun[y] * xs.begun[x];
      values.push_back(side.shows(ys.middle[y], xs.middle[x]) ? mean : 0.0F);
    }
  }
  const auto h = static_cast<std::int64_t>(ys.whole.size());
  const auto w = static_cast<std::int64_t>(xs.whole.size());
  const Rect part =
      plane.cells(rows.first, columns.first, rows.last - rows.first, columns.last - columns.first);
  canvas.add(TensorGrid{.rect = part,
                        .visible = visible,
                        .tensor = Tensor({1, 1, h, w}, std::move(values)),
                        .scale = count_scale(context, side, canvas.palette),
                        .role = side.role});
  const bool is_input = side.role == session::TensorRole::kInput;
  const Tensor& values_there = is_input ? context.layer.input : context.layer.output;
  if (!values_there.empty()) {
    const derive::ValueRange& range =
        is_input ? context.layer.input_range : context.layer.output_colors;
    canvas.add(TensorGrid{
        .rect = plane.rect,
        .visible = visible,
        .tensor = values_there,
        .scale = {.kind = ColorScale::Kind::kSequential,
                  .low = range.low,
                  .high = std::max(range.high, range.low + 1e-6F),
                  .stops = {canvas.palette.gray_low,
                            mixed(canvas.palette.gray_low, canvas.palette.gray_high, 0.5F),
                            canvas.palette.gray_high}},
        .opacity = kShiningThrough,
        .role = side.role});
  }
}

// Sized for the largest number that will ever stand there, so that nothing shrinks on the way.
kit::NumberFit fit_counts(const kit::Canvas& canvas, const Context& context,
                          const CoverageSide& side) {
  const kit::PlaneStyle highest{.tensor = Tensor({1, 1, 1, 1}, {static_cast<float>(side.highest)})};
  kit::Plane one = side.plane;
  one.h = 1;
  one.w = 1;
  one.rect = {context.layout.view.x, context.layout.view.y, one.cell, one.cell};
  return kit::fit_numbers(canvas, one, highest, one.rect);
}

// Noughts stand back.
void draw_counts(kit::Canvas& canvas, const Context& context, const CoverageSide& side) {
  const kit::Plane& plane = side.plane;
  const kit::NumberFit numbers = fit_counts(canvas, context, side);
  if (numbers.size <= 0 || plane.h * plane.w > kit::kMostCells) {
    return;
  }
  const ColorScale scale = count_scale(context, side, canvas.palette);
  for (std::int64_t y = 0; y < plane.h; ++y) {
    for (std::int64_t x = 0; x < plane.w; ++x) {
      if (!side.shows(y, x)) {
        return;
      }
      const Rect cell = plane.cells(y, x);
      const Rect visible = kit::intersection(cell, context.layout.view);
      if (visible.w <= 0 || visible.h <= 0) {
        continue;
      }
      const std::int64_t count = side.counts.at(y, x);
      const Rgba ink = ink_on(color_of(scale, static_cast<float>(count)));
      canvas.centered_text(cell, std::to_string(count), Font::kSans, numbers.size,
                           faded(ink, numbers.alpha * (count == 0 ? 0.4F : 1.0F)));
    }
  }
}

void draw_side(kit::Canvas& canvas, const Context& context, const CoverageSide& side) {
  const kit::Plane& plane = side.plane;
  const Rect& view = context.layout.view;
  if (plane.h * plane.w > kit::kMostCells) {
    draw_picture(canvas, context, side);
  } else {
    const ColorScale scale = count_scale(context, side, canvas.palette);
    if (side.revealed >= 0) {
      kit::draw_empty_cells(canvas, plane, side.role, 0, 0, view);
    }
    kit::draw_cells(canvas, plane,
                    {.tensor = side.counts.tensor(),
                     .scale = scale,
                     .role = side.role,
                     .revealed = side.revealed},
                    view);
  }
  canvas.outline(plane.rect, side.hue.line, canvas.line_width(1.5F), 2 * canvas.scale);
}

// Rows and columns that nothing ever reaches, as hatched bands; neighbours are one band.
void hatch_unreached(kit::Canvas& canvas, const Context& context, const CoverageSide& side) {
  const kit::Plane& plane = side.plane;
  const auto hatch = [&](const Rect& band) {
    const Rect visible = kit::intersection(band, context.layout.view);
    if (visible.w > 0 && visible.h > 0) {
      canvas.add(Hatch{visible, faded(canvas.palette.text_dim, 0.7F), 9 * canvas.scale,
                       canvas.line_width(1)});
    }
  };
  const auto bands = [&](const conv::AxisCounts& counts, const auto& band) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const std::size_t first = i;
      while (i < counts.size() && counts[i] == 0) {
        ++i;
      }
      if (i > first) {
        band(static_cast<double>(first), static_cast<double>(i - first));
      }
    }
  };
  bands(side.all.rows, [&](double y, double rows) { hatch(plane.cells(y, 0, rows, plane.w)); });
  bands(side.all.columns,
        [&](double x, double columns) { hatch(plane.cells(0, x, plane.h, columns)); });
}

// What padding cuts off the map of a transposed convolution: hatched, with a dashed edge.
void draw_cut(kit::Canvas& canvas, const Context& context) {
  const conv::Pads ring = output_ring(context.layer);
  if (ring == conv::Pads{}) {
    return;
  }
  const kit::Plane& plane = context.layout.output;
  const Rect whole = plane.with(ring);
  const Rect visible = kit::intersection(whole, context.layout.view);
  if (visible.w <= 0 || visible.h <= 0) {
    return;
  }
  canvas.fill(visible, canvas.palette.padding_fill);
  canvas.add(Hatch{visible, faded(canvas.palette.padding_hatch, 0.55F), 8 * canvas.scale,
                   canvas.line_width(1)});
  canvas.outline(whole, canvas.palette.padding_hatch, canvas.line_width(1), 0, 5 * canvas.scale);
}

}  // namespace

ColorScale count_scale(const Context& context, const CoverageSide& side, const Palette& palette) {
  const Rgba low = palette.empty_cell;
  const bool is_main = &side == &context.main();
  const Rgba high = is_main ? side.hue.line : mixed(low, side.hue.line, 0.45F);
  return {.kind = ColorScale::Kind::kSequential,
          .low = 0,
          .high = static_cast<float>(std::max<std::int64_t>(side.highest, 2)),
          // Steep at first: one must not look like nought.
          .stops = {low, mixed(low, high, 0.62F), high}};
}

void draw_planes(kit::Canvas& canvas, const Context& context) {
  if (!context.transposed()) {
    kit::draw_padding(canvas, context.layout.input, {.tensor = context.layer.input}, context.layer,
                      kit::NumberFit{}, context.layout.view);
  }
  draw_cut(canvas, context);
  draw_side(canvas, context, context.input);
  draw_side(canvas, context, context.output);
  hatch_unreached(canvas, context, context.input);
  hatch_unreached(canvas, context, context.output);
}

void draw_numbers(kit::Canvas& canvas, const Context& context) {
  draw_counts(canvas, context, context.input);
  draw_counts(canvas, context, context.output);
}

}  // namespace convscope::picture::coverage
