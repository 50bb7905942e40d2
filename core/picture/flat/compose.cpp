#include "core/picture/flat/compose.h"

#include <algorithm>

#include "core/picture/flat/stage.h"
#include "core/picture/flat/subject.h"
#include "core/picture/kit/stage_colors.h"
#include "core/picture/kit/stage_header.h"
#include "core/picture/sum/sum_bar.h"

namespace convscope::picture::flat {

namespace {

// Maps of more cells than this are pictures: they are shown whole from the start.
constexpr std::int64_t kGrowingCells = 20'000;

}  // namespace

void compose_flat(kit::Brush& brush, const session::Session& session,
                  const derive::LayerResult& own, const step::Moment& moment,
                  const Canvas& canvas) {
  const derive::LayerResult layer = subject_of(own);
  const lesson::Scene& scene = session::scene_of(session);
  const lesson::InputColors look =
      session.look.layer == 0 ? kit::input_look(scene, own) : lesson::InputColors::kSigned;
  brush.text_scale = fitting_text_scale(own, canvas, brush.palette.text_scale);
  const FlatContent content{
      .filter = moment.step.output_at.c,
      .active_channel = std::max<std::int64_t>(moment.active_channel, 0),
      .merged_rgb = look == lesson::InputColors::kRgb && layer.input.shape().c == 3,
      .compared = !own.unturned.empty(),
      .narration_lines =
          kit::narration_line_count(brush, session, canvas.width - 48 * canvas.scale),
      .text_scale = brush.text_scale};
  const FlatLayout layout = flat_layout(layer, content, session.look.camera, canvas);
  const std::optional<session::Target> hover = step::hover_on_stage(session);
  const step::Highlight lit =
      hover ? step::highlight_of(*hover, own, moment.step) : step::Highlight{};
  const std::int64_t map_cells = layer.output_shape.h * layer.output_shape.w;
  FlatStage stage{.session = session,
                  .own = own,
                  .layer = layer,
                  .moment = moment,
                  .lit = lit,
                  .layout = layout,
                  .taps = window_taps(own, moment.step),
                  .look = look,
                  .whole_map = layout.pixels && map_cells > kGrowingCells};
  stage.numbers = fit_numbers(brush, stage);
  stage.numbers.chip = fit_chips(brush, stage);

  brush.picture.camera_area = layout.main;
  kit::draw_stage_header(brush, session, layout.header);
  brush.add(ClipBegin{layout.view});
  draw_cells(brush, stage);
  draw_links(brush, stage);
  draw_numbers(brush, stage);
  draw_captions(brush, stage);
  draw_partial_sums(brush, stage);
  draw_window(brush, stage);
  draw_highlight(brush, stage);
  brush.add(ClipEnd{});
  draw_notes(brush, stage);
  const float rule = layout.bar.y - 7 * canvas.scale;
  brush.line({layout.bar.x, rule}, {layout.bar.right(), rule}, brush.palette.border,
             brush.line_width(1));
  const Rect result =
      sum::draw_sum_bar(brush, layout.bar, own, moment, lit, session.clock.granularity);
  draw_flight(brush, stage, result);
}

}  // namespace convscope::picture::flat
