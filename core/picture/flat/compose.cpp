#include "core/picture/flat/compose.h"

#include <algorithm>

#include "core/picture/flat/context.h"
#include "core/picture/flat/subject.h"
#include "core/picture/kit/bands.h"
#include "core/picture/kit/header.h"
#include "core/picture/kit/tensor_colors.h"
#include "core/picture/sum/sum_bar.h"
#include "core/picture/sum/sum_lines.h"

namespace convscope::picture::flat {

void compose_flat(kit::Canvas& canvas, const session::Session& session,
                  const derive::LayerResult& own, const step::Moment& moment,
                  const Viewport& viewport) {
  const derive::LayerResult layer = subject_of(own);
  const lesson::Scene& scene = session::scene_of(session);
  const lesson::InputColors look =
      session.look.layer == 0 ? kit::input_look(scene, own) : lesson::InputColors::kSigned;
  canvas.text_scale =
      kit::fitting_text_scale(sum::sum_words(own), viewport, canvas.palette.text_scale);
  const float header = kit::header_height(canvas, session, kit::band_width(viewport));
  const FlatContent content{
      .filter = moment.step.output_at.c,
      .active_channel = std::max<std::int64_t>(moment.active_channel, 0),
      .merged_rgb = look == lesson::InputColors::kRgb && layer.input.shape().c == 3,
      .compared = !own.unflipped.empty(),
      .header = header,
      .bar = canvas.whole_sum ? 0 : sum::sum_bar_height(layer, viewport, header, canvas.text_scale),
      .text_scale = canvas.text_scale};
  const Layout layout = lay_out(layer, content, session.look.camera, viewport);
  const std::optional<session::Target> hover = step::hover_on_stage(session);
  const step::Highlight lit =
      hover ? step::highlight_of(*hover, own, moment.step) : step::Highlight{};
  const std::int64_t map_cells = layer.output_shape.h * layer.output_shape.w;
  Context context{.session = session,
                  .own = own,
                  .layer = layer,
                  .moment = moment,
                  .lit = lit,
                  .layout = layout,
                  .taps = window_taps(own, moment.step),
                  .look = look,
                  .whole_map = layout.pixels && map_cells > kit::kMostCells,
                  .keeps_size = session::keeps_size(session)};
  context.numbers = fit_numbers(canvas, context);
  context.numbers.chip = fit_chips(canvas, context);

  canvas.picture.camera_area = layout.main;
  kit::draw_header(canvas, session, layout.header);
  canvas.add(ClipBegin{layout.view});
  draw_cells(canvas, context);
  draw_split(canvas, context);
  draw_links(canvas, context);
  draw_numbers(canvas, context);
  draw_rgb_numbers(canvas, context);
  draw_captions(canvas, context);
  draw_partial_sums(canvas, context);
  draw_window(canvas, context);
  draw_highlight(canvas, context);
  canvas.add(ClipEnd{});
  draw_notes(canvas, context);
  kit::draw_rule(canvas, layout.bar);
  const Rect result =
      canvas.whole_sum.value_or(sum::draw_sum_bar(canvas, layout.bar, session, own, moment, lit));
  draw_flight(canvas, context, result);
}

}  // namespace convscope::picture::flat
