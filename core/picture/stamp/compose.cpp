#include "core/picture/stamp/compose.h"

#include "core/picture/kit/bands.h"
#include "core/picture/kit/header.h"
#include "core/picture/kit/tensor_colors.h"
#include "core/picture/stamp/context.h"
#include "core/picture/sum/sum_lines.h"

namespace convscope::picture::stamp {

void compose_stamp(kit::Canvas& canvas, const session::Session& session,
                   const derive::Derived& derived, const Viewport& viewport) {
  const auto index = static_cast<std::size_t>(session.look.layer);
  if (index >= derived.layers.size()) {
    return;
  }
  const derive::LayerResult& layer = derived.layers[index];
  const std::optional<StampMoment> moment = stamp_moment_of(session, layer);
  if (!moment) {
    return;
  }
  canvas.text_scale =
      kit::fitting_text_scale(sum::sum_words(layer), viewport, canvas.palette.text_scale);
  const float header = kit::header_height(canvas, session, kit::band_width(viewport));
  const Layout layout =
      lay_out(layer, *moment, header, session.look.camera, viewport, canvas.text_scale);
  const lesson::InputColors look = session.look.layer == 0
                                       ? kit::input_look(session::scene_of(session), layer)
                                       : lesson::InputColors::kSigned;
  const Index& at = moment->stamp.input_at;
  Context context{session,
                  layer,
                  *moment,
                  layout,
                  look,
                  stamp_sums(layer, *moment),
                  stamp_counts(layer, at.n, at.c, moment->added)};
  if (session.transient.hover && session.transient.hover->tensor == session::TensorRole::kOutput) {
    context.sources = stamp_sources(layer, session.transient.hover->at);
  }
  context.numbers = fit_numbers(canvas, context);

  canvas.picture.camera_area = layout.main;
  kit::draw_header(canvas, session, layout.header);
  canvas.add(ClipBegin{layout.view});
  draw_links(canvas, context);
  draw_signs(canvas, context);
  draw_planes(canvas, context);
  draw_captions(canvas, context);
  draw_frames(canvas, context);
  draw_pointed(canvas, context);
  draw_flight(canvas, context);
  canvas.add(ClipEnd{});
  draw_notes(canvas, context);
  draw_bar(canvas, context);
}

}  // namespace convscope::picture::stamp
