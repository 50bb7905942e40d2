#include "core/picture/beside/reference_map.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "core/picture/beside/map_column.h"
#include "core/picture/kit/cell_plane.h"
#include "core/picture/kit/runs.h"
#include "core/picture/kit/tensor_colors.h"

namespace convscope::picture::beside {

namespace {

// Lengths at scale 1.
constexpr float kNarrowest = 190;  // room for words
constexpr float kMostOfStage = 0.32F;

// Published numbers are rounded.
bool agrees(float published, float computed) {
  const float tolerance = 1e-5F * std::max(1.0F, std::abs(computed));
  return std::abs(published - computed) <= tolerance ||
         (std::isnan(published) && std::isnan(computed)) || published == computed;
}

void draw_stroke(kit::Canvas& canvas, const Rect& in, Point from, Point to, Rgba color) {
  const auto at = [&](Point p) { return Point{in.x + p.x * in.w, in.y + p.y * in.h}; };
  canvas.line(at(from), at(to), color, canvas.line_width(2));
}

// In the lower right corner: a tick, or a cross and a frame.
void draw_verdict(kit::Canvas& canvas, const Rect& cell, bool same) {
  const Rgba color = same ? canvas.palette.output.line : canvas.palette.warning;
  const float side = std::min(cell.w * 0.19F, 15 * canvas.scale);
  const float inset = cell.w * 0.09F;
  const Rect mark = {cell.right() - inset - side, cell.bottom() - inset - side, side, side};
  if (!same) {
    const float edge = canvas.line_width(1.5F);
    canvas.outline(kit::inner(cell, edge), color, canvas.line_width(3), 2 * canvas.scale);
  }
  if (side < 5 * canvas.scale) {
    return;
  }
  canvas.fill({mark.x - side * 0.25F, mark.y - side * 0.25F, side * 1.5F, side * 1.5F},
              faded(canvas.palette.background, 0.86F), side * 0.3F);
  if (same) {
    draw_stroke(canvas, mark, {0.05F, 0.55F}, {0.38F, 0.9F}, color);
    draw_stroke(canvas, mark, {0.38F, 0.9F}, {0.95F, 0.15F}, color);
  } else {
    draw_stroke(canvas, mark, {0.1F, 0.1F}, {0.9F, 0.9F}, color);
    draw_stroke(canvas, mark, {0.1F, 0.9F}, {0.9F, 0.1F}, color);
  }
}

std::string count_text(const kit::Canvas& canvas, const ReferenceCount& count) {
  if (count.compared == 0) {
    return {};
  }
  return canvas.locale.text(count.different == 0 ? "stage.claim_agrees" : "stage.claim_differs",
                            {{"different", count.different}, {"compared", count.compared}});
}

}  // namespace

bool is_claimed(const session::Session& session, const derive::LayerResult& layer) {
  const std::optional<lesson::ReferenceMap>& reference_map =
      session::scene_of(session).reference_map;
  return reference_map && session.look.layer == 0 &&
         reference_map->map.base.shape() == layer.output_shape;
}

ReferenceCount count_agreement(const Tensor& published, const Tensor& output, std::int64_t n,
                               std::int64_t filter, std::int64_t revealed) {
  ReferenceCount count;
  const Shape& shape = published.shape();
  if (output.shape() != shape) {
    return count;  // still being computed
  }
  count.compared = std::clamp<std::int64_t>(revealed, 0, shape.h * shape.w);
  for (std::int64_t p = 0; p < count.compared; ++p) {
    const Index at = {n, filter, p / shape.w, p % shape.w};
    count.different += agrees(published.at(at), output.at(at)) ? 0 : 1;
  }
  return count;
}

float reference_map_width(const kit::Canvas& canvas, const session::Session& session,
                          const derive::LayerResult& layer, const Viewport& viewport) {
  if (!is_claimed(session, layer)) {
    return 0;
  }
  const float wanted = static_cast<float>(layer.output_shape.w) * kMapCell * viewport.scale;
  const float words = kNarrowest * canvas.scale * canvas.text_scale;
  const float room = std::max(wanted, words) + 1.5F * kMapMargin * viewport.scale;
  return std::floor(std::min(room, kMostOfStage * viewport.width));
}

void draw_reference_map(kit::Canvas& canvas, const session::Session& session,
                        const derive::LayerResult& layer, const step::Moment& moment,
                        const Rect& rect) {
  const Tensor published = session::scene_of(session).reference_map->map.tensor();
  const Shape& shape = published.shape();
  const std::string& label =
      session::scene_of(session).reference_map->label.in(session.look.language);
  const MapColumn column = lay_out_column(canvas, label, shape, 1, rect);
  const Palette& palette = canvas.palette;
  const Index& at = moment.step.output_at;
  draw_column_title(canvas, column);
  const kit::PlaneStyle style{.tensor = published,
                              .n = at.n,
                              .c = at.c,
                              .scale = kit::output_scale(layer, palette),
                              .role = session::TensorRole::kOutput};
  const std::int64_t before = (at.n * shape.c + at.c) * shape.h * shape.w;
  const ReferenceCount count =
      count_agreement(published, layer.output, at.n, at.c, moment.revealed - before);
  std::vector<Index> compared;
  for (std::int64_t p = 0; p < count.compared; ++p) {
    compared.push_back({at.n, at.c, p / shape.w, p % shape.w});
  }
  kit::draw_cells(canvas, column.plane, style, rect);
  kit::draw_numbers(canvas, column.plane, style,
                    kit::fit_numbers(canvas, column.plane, style, rect), rect, compared);
  canvas.outline(column.plane.rect, palette.text_dim, canvas.line_width(1.5F), 2 * canvas.scale);
  for (const Index& cell : compared) {
    draw_verdict(canvas, column.plane.cell_at(cell),
                 agrees(published.at(cell), layer.output.at(cell)));
  }
  const Point below = column.below();
  const Rgba color = count.different > 0 ? palette.warning : palette.output.text;
  kit::draw_shrunk(canvas, {kit::bold(count_text(canvas, count), color)}, below, column.size,
                   rect.right() - below.x - kMapMargin * canvas.scale / 4);
}

}  // namespace convscope::picture::beside
