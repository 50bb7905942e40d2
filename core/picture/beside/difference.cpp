#include "core/picture/beside/difference.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/conv/analysis/step.h"
#include "core/picture/kit/cell_plane.h"
#include "core/picture/kit/header.h"
#include "core/picture/kit/marks.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/tensor_colors.h"

namespace convscope::picture::beside {

namespace {

constexpr float kDifferenceMargin = 16;  // at scale 1, as the sizes below
constexpr float kDifferenceCell = 64;
constexpr float kTitleSize = 14.5F;

// What is told of the cells in sight.
struct Told {
  std::int64_t cells = 0;
  std::int64_t different = 0;
  float largest = 0;  // of the magnitudes
};

Told told_of(const Tensor& difference, std::int64_t from, std::int64_t cells) {
  Told told{.cells = cells};
  const auto values =
      difference.values().subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(cells));
  for (const float value : values) {
    told.different += value != 0 ? 1 : 0;
    told.largest = std::isnan(value) ? told.largest : std::max(told.largest, std::abs(value));
  }
  return told;
}

}  // namespace

void draw_difference(kit::Canvas& canvas, const session::Session& session, const Tensor& difference,
                     const Rect& rect) {
  const Shape& shape = difference.shape();
  const session::Beat beat = session::beat_at(session::timeline_of(session), session.clock.frame);
  const Index at = conv::output_index(shape, std::max<std::int64_t>(beat.position, 0));
  const std::int64_t cells = shape.h * shape.w;
  const std::int64_t from = (at.n * shape.c + at.c) * cells;
  const bool whole = cells > kit::kMostCells;
  const std::int64_t finished = beat.position + (beat.finished ? 1 : 0);
  const std::int64_t known = std::max(finished, session.clock.kept) - from;
  const std::int64_t revealed = whole ? cells : std::clamp<std::int64_t>(known, 0, cells);

  const float margin = kDifferenceMargin * canvas.scale;
  const float size = canvas.text_size(kTitleSize);
  const float line = size * 1.4F;
  const float room = std::max(rect.w - 2 * margin, 1.0F);
  const std::vector<std::string> title = kit::wrap_text(
      canvas.metrics, canvas.locale.text("compare.difference"), Font::kSansBold, size, room);
  const Told told = told_of(difference, from, revealed);
  const std::string told_text =
      told.cells == 0 ? ""
                      : canvas.locale.text("compare.told",
                                           {{"different", told.different}, {"cells", told.cells}});
  const std::string largest_text =
      told.different == 0
          ? ""
          : canvas.locale.text("compare.largest", {{"value", kit::number_text(told.largest)}});
  const std::vector<std::string> words =
      kit::wrap_text(canvas.metrics, told_text + " " + largest_text, Font::kSans, size, room);
  const float height = rect.h - (static_cast<float>(title.size() + words.size()) + 3) * line;
  float cell = std::min({kDifferenceCell * canvas.scale, room / static_cast<float>(shape.w),
                         std::max(height, 1.0F) / static_cast<float>(shape.h)});
  cell = cell >= 1 ? std::floor(cell) : cell;
  const float top = rect.y + (rect.h - cell * static_cast<float>(shape.h)) / 2;
  const kit::Plane plane =
      kit::plane_at(std::floor(rect.x + margin), std::floor(top), {shape.h, shape.w}, cell);

  float baseline = plane.rect.y - size * 0.55F - static_cast<float>(title.size() - 1) * line;
  for (const std::string& words_of_title : title) {
    canvas.text({plane.rect.x, baseline}, words_of_title, Font::kSansBold, size,
                canvas.palette.text);
    baseline += line;
  }
  const float range = std::max(told.largest, 1e-30F);
  const kit::PlaneStyle style{.tensor = difference,
                              .n = at.n,
                              .c = at.c,
                              .scale = kit::diverging_scale({-range, range}, canvas.palette),
                              .role = session::TensorRole::kOutput,
                              .revealed = revealed};
  kit::draw_empty_cells(canvas, plane, session::TensorRole::kOutput, at.n, at.c, rect);
  kit::draw_cells(canvas, plane, style, rect);
  kit::draw_numbers(canvas, plane, style, kit::fit_numbers(canvas, plane, style, rect), rect);
  canvas.outline(plane.rect, canvas.palette.text_dim, canvas.line_width(1.5F), 2 * canvas.scale);
  if (beat.position >= 0) {
    kit::draw_frame(canvas, plane.cell_at(at), canvas.palette.output.line,
                    kit::frame_width(canvas, plane.cell));
  }
  baseline = plane.rect.bottom() + line * 1.15F;
  for (const std::string& each : words) {
    canvas.text({plane.rect.x, baseline}, each, Font::kSans, size, canvas.palette.text_dim);
    baseline += line;
  }
}

}  // namespace convscope::picture::beside
