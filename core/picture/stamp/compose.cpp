#include "core/picture/stamp/compose.h"

#include "core/picture/kit/stage_colors.h"
#include "core/picture/kit/stage_header.h"
#include "core/picture/stamp/stage.h"

namespace convscope::picture::stamp {

void compose_stamp(kit::Brush& brush, const session::Session& session,
                   const derive::Derived& derived, const Canvas& canvas) {
  const auto index = static_cast<std::size_t>(session.look.layer);
  if (index >= derived.layers.size()) {
    return;
  }
  const derive::LayerResult& layer = derived.layers[index];
  const std::optional<StampMoment> moment = stamp_moment_of(session, layer);
  if (!moment) {
    return;
  }
  brush.text_scale = flat::fitting_text_scale(layer, canvas, brush.palette.text_scale);
  const float header = kit::stage_header_height(brush, session, canvas.width - 48 * canvas.scale);
  const StampLayout layout =
      stamp_layout(layer, *moment, header, session.look.camera, canvas, brush.text_scale);
  const lesson::InputColors look = session.look.layer == 0
                                       ? kit::input_look(session::scene_of(session), layer)
                                       : lesson::InputColors::kSigned;
  const Index& at = moment->stamp.input_at;
  StampStage stage{session,
                   layer,
                   *moment,
                   layout,
                   look,
                   stamp_sums(layer, *moment),
                   stamp_counts(layer, at.n, at.c, moment->added)};
  if (session.transient.hover && session.transient.hover->tensor == session::TensorRole::kOutput) {
    stage.sources = stamp_sources(layer, session.transient.hover->at);
  }
  stage.numbers = fit_numbers(brush, stage);

  brush.picture.camera_area = layout.main;
  kit::draw_stage_header(brush, session, layout.header);
  brush.add(ClipBegin{layout.view});
  draw_links(brush, stage);
  draw_signs(brush, stage);
  draw_planes(brush, stage);
  draw_captions(brush, stage);
  draw_frames(brush, stage);
  draw_pointed(brush, stage);
  draw_flight(brush, stage);
  brush.add(ClipEnd{});
  draw_notes(brush, stage);
  draw_bar(brush, stage);
}

}  // namespace convscope::picture::stamp
