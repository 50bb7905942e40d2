#include "core/picture/coverage/compose.h"

#include <optional>
#include <utility>

#include "core/picture/coverage/context.h"
#include "core/picture/kit/bands.h"
#include "core/picture/kit/header.h"
#include "core/picture/sum/sum_lines.h"

namespace convscope::picture::coverage {

namespace {

CoverageSide side_of(const kit::Plane& plane, const Hue& hue, session::TensorRole role,
                     CoverageCounts counts, CoverageCounts all) {
  CoverageSide side{
      .plane = plane, .hue = hue, .role = role, .counts = std::move(counts), .all = std::move(all)};
  const auto cells = side.all.histogram();
  side.lowest = cells.empty() ? 0 : cells.begin()->first;
  side.highest = cells.empty() ? 0 : cells.rbegin()->first;
  return side;
}

}  // namespace

void compose_coverage(kit::Canvas& canvas, const session::Session& session,
                      const derive::Derived& derived, const Viewport& viewport) {
  const auto index = static_cast<std::size_t>(session.look.layer);
  if (index >= derived.layers.size()) {
    return;
  }
  const derive::LayerResult& layer = derived.layers[index];
  const std::optional<CoverageMoment> moment = coverage_moment_of(session, layer);
  if (!moment) {
    return;
  }
  canvas.text_scale =
      kit::fitting_text_scale(sum::sum_words(layer), viewport, canvas.palette.text_scale);
  const float header = kit::header_height(canvas, session, kit::band_width(viewport));
  const Layout layout = lay_out(layer, header, session.look.camera, viewport, canvas.text_scale);
  const Shape& shape = layer.input.shape();
  const CoverageCounts windows = windows_on_input(layer.spec, shape);
  const CoverageCounts terms = terms_of_output(layer.spec, shape);
  Context context{
      session,
      layer,
      *moment,
      layout,
      side_of(layout.input, canvas.palette.input, session::TensorRole::kInput,
              moment->scatter_add ? windows : windows_on_input(layer.spec, shape, moment->counted),
              windows),
      side_of(layout.output, canvas.palette.output, session::TensorRole::kOutput,
              moment->scatter_add ? terms_of_output(layer.spec, shape, moment->counted) : terms,
              terms)};
  // The side that the clock walks over shows its cells one by one; the other one adds up.
  (moment->scatter_add ? context.input : context.output).revealed = moment->counted;

  canvas.picture.camera_area = layout.main;
  kit::draw_header(canvas, session, layout.header);
  canvas.add(ClipBegin{layout.view});
  draw_planes(canvas, context);
  draw_links(canvas, context);
  draw_numbers(canvas, context);
  draw_marks(canvas, context);
  canvas.add(ClipEnd{});
  draw_labels(canvas, context);
}

}  // namespace convscope::picture::coverage
