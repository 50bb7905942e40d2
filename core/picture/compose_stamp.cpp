#include "core/picture/compose_stamp.h"

#include "core/picture/stage_colors.h"
#include "core/picture/stage_header.h"
#include "core/picture/stamp_stage.h"

namespace convscope {

void compose_stamp(Brush& brush, const Session& session, const Derived& derived,
                   const Canvas& canvas) {
  const auto index = static_cast<std::size_t>(session.layer);
  if (index >= derived.layers.size()) {
    return;
  }
  const LayerResult& layer = derived.layers[index];
  const std::optional<StampMoment> moment = stamp_moment_of(session, layer);
  if (!moment) {
    return;
  }
  brush.text_scale = fitting_text_scale(layer, canvas, brush.palette.text_scale);
  const float header = stage_header_height(brush, session, canvas.width - 48 * canvas.scale);
  const StampLayout layout =
      stamp_layout(layer, *moment, header, session.camera, canvas, brush.text_scale);
  const InputColors look =
      session.layer == 0 ? input_look(scene_of(session), layer) : InputColors::kSigned;
  const Index& at = moment->stamp.input_at;
  StampStage stage{session,
                   layer,
                   *moment,
                   layout,
                   look,
                   stamp_sums(layer, *moment),
                   stamp_counts(layer, at.n, at.c, moment->added)};
  if (session.hover && session.hover->tensor == TensorRole::kOutput) {
    stage.sources = stamp_sources(layer, session.hover->at);
  }
  stage.numbers = fit_numbers(brush, stage);

  brush.picture.camera_area = layout.main;
  draw_stage_header(brush, session, layout.header);
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

}  // namespace convscope
