#include "core/picture/coverage/compose.h"

#include <optional>
#include <utility>

#include "core/picture/coverage/stage.h"
#include "core/picture/kit/stage_header.h"

namespace convscope::picture::coverage {

namespace {

CoverageSide side_of(const flat::Plane& plane, const Hue& hue, session::TensorRole role,
                     CoverageCounts counts, CoverageCounts all) {
  CoverageSide side{
      .plane = plane, .hue = hue, .role = role, .counts = std::move(counts), .all = std::move(all)};
  const auto cells = side.all.histogram();
  side.lowest = cells.empty() ? 0 : cells.begin()->first;
  side.highest = cells.empty() ? 0 : cells.rbegin()->first;
  return side;
}

}  // namespace

void compose_coverage(kit::Brush& brush, const session::Session& session,
                      const derive::Derived& derived, const Canvas& canvas) {
  const auto index = static_cast<std::size_t>(session.look.layer);
  if (index >= derived.layers.size()) {
    return;
  }
  const derive::LayerResult& layer = derived.layers[index];
  const std::optional<CoverageMoment> moment = coverage_moment_of(session, layer);
  if (!moment) {
    return;
  }
  brush.text_scale = flat::fitting_text_scale(layer, canvas, brush.palette.text_scale);
  const float header = kit::stage_header_height(brush, session, canvas.width - 48 * canvas.scale);
  const CoverageLayout layout =
      coverage_layout(layer, header, session.look.camera, canvas, brush.text_scale);
  const Shape& shape = layer.input.shape();
  const CoverageCounts windows = windows_on_input(layer.spec, shape);
  const CoverageCounts terms = terms_of_output(layer.spec, shape);
  CoverageStage stage{
      session,
      layer,
      *moment,
      layout,
      side_of(layout.input, brush.palette.input, session::TensorRole::kInput,
              moment->stamping ? windows : windows_on_input(layer.spec, shape, moment->counted),
              windows),
      side_of(layout.output, brush.palette.output, session::TensorRole::kOutput,
              moment->stamping ? terms_of_output(layer.spec, shape, moment->counted) : terms,
              terms)};
  // The side that the clock walks over shows its cells one by one; the other one adds up.
  (moment->stamping ? stage.input : stage.output).revealed = moment->counted;

  brush.picture.camera_area = layout.main;
  kit::draw_stage_header(brush, session, layout.header);
  brush.add(ClipBegin{layout.view});
  draw_planes(brush, stage);
  draw_links(brush, stage);
  draw_numbers(brush, stage);
  draw_marks(brush, stage);
  brush.add(ClipEnd{});
  draw_words(brush, stage);
}

}  // namespace convscope::picture::coverage
