#include "core/picture/flat/compose.h"

#include <algorithm>

#include "core/picture/flat/context.h"
#include "core/picture/flat/subject.h"
#include "core/picture/kit/bands.h"
#include "core/picture/kit/header.h"
#include "core/picture/sum/sum_bar.h"
#include "core/picture/sum/sum_lines.h"

namespace convscope::picture::flat {

void compose_flat(kit::Canvas& canvas, const session::Session& session,
                  const derive::LayerResult& own, const step::Moment& moment,
                  const Viewport& viewport) {
  const derive::LayerResult layer = subject_of(own);
  canvas.text_scale =
      kit::fitting_text_scale(sum::sum_words(own), viewport, canvas.palette.text_scale);
  const float header = kit::header_height(canvas, session, kit::band_width(viewport));
  const FlatContent content{
      .filter = moment.step.output_at.c,
      .active_channel = std::max<std::int64_t>(moment.active_channel, 0),
      .merged_rgb =
          look_of(session, own) == lesson::InputColors::kRgb && layer.input.shape().c == 3,
      .compared = !own.unflipped.empty(),
      .header = header,
      .bar = canvas.whole_sum ? 0 : sum::sum_bar_height(layer, viewport, header, canvas.text_scale),
      .text_scale = canvas.text_scale,
      .most_cell = canvas.shared_cell != nullptr ? canvas.shared_cell->most : 0};
  const Layout layout = lay_out(layer, content, session.look.camera, viewport);
  if (canvas.shared_cell != nullptr) {
    canvas.shared_cell->used = layout.cell;
  }
  const std::optional<session::Target> hover = step::hover_on_stage(session);
  const step::Highlight lit =
      hover ? step::highlight_of(*hover, own, moment.step) : step::Highlight{};
  const Context context = context_of(canvas, session, own, layer, moment, lit, layout);

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
