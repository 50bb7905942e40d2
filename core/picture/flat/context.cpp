#include "core/picture/flat/context.h"

#include "core/picture/flat/subject.h"
#include "core/picture/kit/tensor_colors.h"

namespace convscope::picture::flat {

lesson::InputColors look_of(const session::Session& session, const derive::LayerResult& own) {
  return session.look.layer == 0 ? kit::input_look(session::scene_of(session), own)
                                 : lesson::InputColors::kSigned;
}

Context context_of(const kit::Canvas& canvas, const session::Session& session,
                   const derive::LayerResult& own, const derive::LayerResult& layer,
                   const step::Moment& moment, const step::Highlight& lit, const Layout& layout) {
  const std::int64_t map_cells = layer.output_shape.h * layer.output_shape.w;
  Context context{.session = session,
                  .own = own,
                  .layer = layer,
                  .moment = moment,
                  .lit = lit,
                  .layout = layout,
                  .taps = window_taps(own, moment.step),
                  .look = look_of(session, own),
                  .whole_map = layout.pixels && map_cells > kit::kMostCells,
                  .keeps_size = session::keeps_size(session)};
  context.numbers = fit_numbers(canvas, context);
  context.numbers.chip = fit_chips(canvas, context);
  return context;
}

}  // namespace convscope::picture::flat
