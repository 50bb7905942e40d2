#include "core/picture/beside/reference_map.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "core/picture/kit/cell_plane.h"
#include "core/picture/kit/header.h"
#include "core/picture/kit/tensor_colors.h"

namespace convscope::picture::beside {

namespace {

// Lengths at scale 1.
constexpr float kCell = 64;
constexpr float kMapMargin = 24;
constexpr float kNarrowest = 190;  // room for words
constexpr float kMostOfStage = 0.32F;
constexpr float kLabelSize = 14.5F;

// Published numbers are rounded.
bool agrees(float published, float computed) {
  const float tolerance = 1e-5F * std::max(1.0F, std::abs(computed));
  return std::abs(published - computed) <= tolerance ||
         (std::isnan(published) && std::isnan(computed)) || published == computed;
}

// Whether there is a claim to compare the layer's map with. An edited kernel may give a map of
// another size: then there is nothing to compare.
bool is_claimed(const session::Session& session, const derive::LayerResult& layer) {
  const std::optional<lesson::ReferenceMap>& reference_map =
      session::scene_of(session).reference_map;
  return reference_map && session.look.layer == 0 &&
         reference_map->map.base.shape() == layer.output_shape;
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

// The layout of the claim's column.
struct ReferenceLayout {
  std::vector<std::string> label;
  float label_size = 0;
  kit::Plane plane;
  Point count;  // the baseline's left end
};

ReferenceLayout reference_layout(const kit::Canvas& canvas, const session::Session& session,
                                 const Shape& map, const Rect& rect) {
  ReferenceLayout out;
  const float margin = kMapMargin * canvas.scale;
  const float room = rect.w - 1.5F * margin;
  out.label_size = canvas.text_size(kLabelSize);
  out.label = kit::wrap_text(
      canvas.metrics, session::scene_of(session).reference_map->label.in(session.look.language),
      Font::kSansBold, out.label_size, room);
  const float line = out.label_size * 1.4F;
  const float words = (static_cast<float>(out.label.size()) + 2) * line;
  const float cell =
      std::max(1.0F, std::floor(std::min({kCell * canvas.scale, room / static_cast<float>(map.w),
                                          (rect.h - words) / static_cast<float>(map.h)})));
  const auto h = static_cast<float>(map.h) * cell;
  const float top = rect.y + std::max(0.0F, (rect.h - words - h) / 2);
  const float x = std::floor(rect.x + margin / 2);
  out.plane = kit::plane_at(x, std::floor(top + static_cast<float>(out.label.size()) * line),
                            {map.h, map.w}, cell);
  out.count = {x, out.plane.rect.bottom() + line * 1.15F};
  return out;
}

}  // namespace

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
  const float wanted = static_cast<float>(layer.output_shape.w) * kCell * viewport.scale;
  const float words = kNarrowest * canvas.scale * canvas.text_scale;
  const float room = std::max(wanted, words) + 1.5F * kMapMargin * viewport.scale;
  return std::floor(std::min(room, kMostOfStage * viewport.width));
}

void draw_reference_map(kit::Canvas& canvas, const session::Session& session,
                        const derive::LayerResult& layer, const step::Moment& moment,
                        const Rect& rect) {
  const Tensor published = session::scene_of(session).reference_map->map.tensor();
  const Shape& shape = published.shape();
  const ReferenceLayout layout = reference_layout(canvas, session, shape, rect);
  const Palette& palette = canvas.palette;
  const Index& at = moment.step.output_at;
  float baseline = layout.plane.rect.y - layout.label_size * 0.55F -
                   static_cast<float>(layout.label.size() - 1) * layout.label_size * 1.4F;
  for (const std::string& line : layout.label) {
    canvas.text({layout.plane.rect.x, baseline}, line, Font::kSansBold, layout.label_size,
                palette.text);
    baseline += layout.label_size * 1.4F;
  }
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
  kit::draw_cells(canvas, layout.plane, style, rect);
  kit::draw_numbers(canvas, layout.plane, style,
                    kit::fit_numbers(canvas, layout.plane, style, rect), rect, compared);
  canvas.outline(layout.plane.rect, palette.text_dim, canvas.line_width(1.5F), 2 * canvas.scale);
  for (const Index& cell : compared) {
    draw_verdict(canvas, layout.plane.cell_at(cell),
                 agrees(published.at(cell), layer.output.at(cell)));
  }
  canvas.text(layout.count, count_text(canvas, count), Font::kSansBold, layout.label_size,
              count.different > 0 ? palette.warning : palette.output.text);
}

}  // namespace convscope::picture::beside
