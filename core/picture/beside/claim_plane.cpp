#include "core/picture/beside/claim_plane.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "core/picture/kit/cell_plane.h"
#include "core/picture/kit/stage_colors.h"
#include "core/picture/kit/stage_header.h"

namespace convscope::picture::beside {

namespace {

// Lengths at scale 1.
constexpr float kCell = 64;
constexpr float kMargin = 24;
constexpr float kNarrowest = 190;  // room for words
constexpr float kMostOfStage = 0.32F;
constexpr float kLabelSize = 14.5F;

// Published numbers are rounded.
bool agrees(float claimed, float computed) {
  const float tolerance = 1e-5F * std::max(1.0F, std::abs(computed));
  return std::abs(claimed - computed) <= tolerance ||
         (std::isnan(claimed) && std::isnan(computed)) || claimed == computed;
}

// Whether the map of the layer on stage is claimed. An edited kernel may give one of another size:
// then there is nothing to compare.
bool is_claimed(const session::Session& session, const derive::LayerResult& layer) {
  const std::optional<lesson::Claim>& claim = session::scene_of(session).claim;
  return claim && session.look.layer == 0 && claim->map.base.shape() == layer.output_shape;
}

void draw_stroke(kit::Brush& brush, const Rect& in, Point from, Point to, Rgba color) {
  const auto at = [&](Point p) { return Point{in.x + p.x * in.w, in.y + p.y * in.h}; };
  brush.line(at(from), at(to), color, brush.line_width(2));
}

// In the lower right corner: a calm tick, or a cross and a frame.
void draw_verdict(kit::Brush& brush, const Rect& cell, bool same) {
  const Rgba color = same ? brush.palette.output.line : brush.palette.warning;
  const float side = std::min(cell.w * 0.19F, 15 * brush.scale);
  const float inset = cell.w * 0.09F;
  const Rect mark = {cell.right() - inset - side, cell.bottom() - inset - side, side, side};
  if (!same) {
    const float edge = brush.line_width(1.5F);
    brush.outline({cell.x + edge, cell.y + edge, cell.w - 2 * edge, cell.h - 2 * edge}, color,
                  brush.line_width(3), 2 * brush.scale);
  }
  if (side < 5 * brush.scale) {
    return;
  }
  brush.fill({mark.x - side * 0.25F, mark.y - side * 0.25F, side * 1.5F, side * 1.5F},
             faded(brush.palette.background, 0.86F), side * 0.3F);
  if (same) {
    draw_stroke(brush, mark, {0.05F, 0.55F}, {0.38F, 0.9F}, color);
    draw_stroke(brush, mark, {0.38F, 0.9F}, {0.95F, 0.15F}, color);
  } else {
    draw_stroke(brush, mark, {0.1F, 0.1F}, {0.9F, 0.9F}, color);
    draw_stroke(brush, mark, {0.1F, 0.9F}, {0.9F, 0.1F}, color);
  }
}

std::string count_text(const kit::Brush& brush, const ClaimCount& count) {
  if (count.compared == 0) {
    return {};
  }
  return brush.locale.text(count.different == 0 ? "stage.claim_agrees" : "stage.claim_differs",
                           {{"different", count.different}, {"compared", count.compared}});
}

// Where things stand in the claim's column.
struct ClaimLayout {
  std::vector<std::string> label;
  float label_size = 0;
  flat::Plane plane;
  Point count;  // the baseline's left end
};

ClaimLayout claim_layout(const kit::Brush& brush, const session::Session& session, const Shape& map,
                         const Rect& rect) {
  ClaimLayout out;
  const float margin = kMargin * brush.scale;
  const float room = rect.w - 1.5F * margin;
  out.label_size = brush.text_size(kLabelSize);
  out.label = kit::wrap_text(brush.metrics,
                             session::scene_of(session).claim->label.in(session.look.language),
                             Font::kSansBold, out.label_size, room);
  const float line = out.label_size * 1.4F;
  const float words = (static_cast<float>(out.label.size()) + 2) * line;
  const float cell =
      std::max(1.0F, std::floor(std::min({kCell * brush.scale, room / static_cast<float>(map.w),
                                          (rect.h - words) / static_cast<float>(map.h)})));
  const auto h = static_cast<float>(map.h) * cell;
  const float top = rect.y + std::max(0.0F, (rect.h - words - h) / 2);
  const float x = std::floor(rect.x + margin / 2);
  out.plane = {.rect = {x, std::floor(top + static_cast<float>(out.label.size()) * line),
                        static_cast<float>(map.w) * cell, h},
               .h = map.h,
               .w = map.w,
               .cell = cell};
  out.count = {x, out.plane.rect.bottom() + line * 1.15F};
  return out;
}

}  // namespace

ClaimCount count_claim(const Tensor& claimed, const Tensor& output, std::int64_t n,
                       std::int64_t filter, std::int64_t revealed) {
  ClaimCount count;
  const Shape& shape = claimed.shape();
  if (output.shape() != shape) {
    return count;  // still being computed
  }
  count.compared = std::clamp<std::int64_t>(revealed, 0, shape.h * shape.w);
  for (std::int64_t p = 0; p < count.compared; ++p) {
    const Index at = {n, filter, p / shape.w, p % shape.w};
    count.different += agrees(claimed.at(at), output.at(at)) ? 0 : 1;
  }
  return count;
}

float claim_width(const kit::Brush& brush, const session::Session& session,
                  const derive::LayerResult& layer, const Canvas& canvas) {
  if (!is_claimed(session, layer)) {
    return 0;
  }
  const float wanted = static_cast<float>(layer.output_shape.w) * kCell * canvas.scale;
  const float words = kNarrowest * brush.scale * brush.text_scale;
  const float room = std::max(wanted, words) + 1.5F * kMargin * canvas.scale;
  return std::floor(std::min(room, kMostOfStage * canvas.width));
}

void draw_claim(kit::Brush& brush, const session::Session& session,
                const derive::LayerResult& layer, const step::Moment& moment, const Rect& rect) {
  const Tensor claimed = session::scene_of(session).claim->map.tensor();
  const Shape& shape = claimed.shape();
  const ClaimLayout layout = claim_layout(brush, session, shape, rect);
  const Palette& palette = brush.palette;
  const Index& at = moment.step.output_at;
  float baseline = layout.plane.rect.y - layout.label_size * 0.55F -
                   static_cast<float>(layout.label.size() - 1) * layout.label_size * 1.4F;
  for (const std::string& line : layout.label) {
    brush.text({layout.plane.rect.x, baseline}, line, Font::kSansBold, layout.label_size,
               palette.text);
    baseline += layout.label_size * 1.4F;
  }
  const kit::PlaneStyle style{.tensor = claimed,
                              .n = at.n,
                              .c = at.c,
                              .scale = kit::output_scale(layer, palette),
                              .role = session::TensorRole::kOutput};
  const std::int64_t before = (at.n * shape.c + at.c) * shape.h * shape.w;
  const ClaimCount count = count_claim(claimed, layer.output, at.n, at.c, moment.revealed - before);
  std::vector<Index> compared;
  for (std::int64_t p = 0; p < count.compared; ++p) {
    compared.push_back({at.n, at.c, p / shape.w, p % shape.w});
  }
  kit::draw_cells(brush, layout.plane, style, rect);
  kit::draw_numbers(brush, layout.plane, style, kit::fit_numbers(brush, layout.plane, style, rect),
                    rect, compared);
  brush.outline(layout.plane.rect, palette.text_dim, brush.line_width(1.5F), 2 * brush.scale);
  for (const Index& cell : compared) {
    draw_verdict(brush, layout.plane.cell_at(cell),
                 agrees(claimed.at(cell), layer.output.at(cell)));
  }
  brush.text(layout.count, count_text(brush, count), Font::kSansBold, layout.label_size,
             count.different > 0 ? palette.warning : palette.output.text);
}

}  // namespace convscope::picture::beside
