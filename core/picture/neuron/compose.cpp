#include "core/picture/neuron/compose.h"

#include <algorithm>
#include <utility>

#include "core/picture/kit/marks.h"
#include "core/picture/neuron/context.h"
#include "core/picture/sum/value_text.h"

namespace convscope::picture::neuron {

namespace {

// Exactly where all numbers can be, else rounded alike.
kit::NumberStyle number_style(const conv::Step& step) {
  constexpr int kLongest = 6;
  const bool exact = std::ranges::all_of(step.terms, [](const conv::Term& term) {
    return kit::is_exact_text(static_cast<double>(term.input), kLongest) &&
           kit::is_exact_text(static_cast<double>(term.weight), kLongest) &&
           kit::is_exact_text(term.product, kLongest);
  });
  return exact ? kit::NumberStyle{kLongest, -1} : kit::NumberStyle{kLongest, 2};
}

// Words below the neurons make way where all inputs can be seen without them; in half a stage the
// rows between would run into the neuron.
Layout best_layout(const kit::Canvas& canvas, const step::WindowScene& scene, float scale) {
  const std::size_t lines = sharing_line_count(canvas, scene);
  Layout layout = lay_out(scene, scale, canvas.text_scale, lines);
  for (std::size_t fewer = lines; !layout.narrow && !layout.gaps.empty() && fewer > 0;) {
    Layout roomier = lay_out(scene, scale, canvas.text_scale, --fewer);
    if (roomier.gaps.empty()) {
      layout = std::move(roomier);
    }
  }
  return layout;
}

}  // namespace

void compose_neuron(kit::Canvas& canvas, const session::Session& session,
                    const derive::LayerResult& layer, const step::Moment& moment,
                    const Viewport& viewport) {
  const step::WindowScene scene = step::window_scene(canvas, session, layer, moment, viewport);
  const Layout layout = best_layout(canvas, scene, viewport.scale);
  const Context context{scene, layout, number_style(scene.step())};
  canvas.picture.camera_area = scene.main;
  canvas.add(ClipBegin{
      {0, scene.main.y - 4 * viewport.scale, viewport.width, scene.main.h + 10 * viewport.scale}});
  draw_neuron_input(canvas, context);
  draw_map_cells(canvas, context);
  draw_ghost_ties(canvas, context);
  draw_map_numbers(canvas, context);
  draw_edges(canvas, context);
  draw_rows(canvas, context);
  draw_neurons(canvas, context);
  draw_neuron_captions(canvas, context);
  draw_sharing(canvas, context);
  canvas.add(ClipEnd{});
  step::draw_scene_words(canvas, scene);
  if (scene.moment.flight >= 0) {
    kit::draw_flying_value(canvas, sum::value_text(scene.step()), layout.neuron,
                           layout.output.cell_at(scene.step().output_at).center(),
                           static_cast<float>(scene.moment.flight));
  }
}

}  // namespace convscope::picture::neuron
