#include "core/picture/neuron/compose.h"

#include <algorithm>

#include "core/picture/neuron/stage.h"

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

}  // namespace

void compose_neuron(kit::Brush& brush, const session::Session& session,
                    const derive::LayerResult& layer, const step::Moment& moment,
                    const Canvas& canvas) {
  const step::WindowScene scene = step::window_scene(brush, session, layer, moment, canvas);
  const NeuronLayout layout = neuron_layout(scene, canvas.scale, brush.text_scale);
  const NeuronStage stage{scene, layout, number_style(scene.step())};
  brush.picture.camera_area = scene.main;
  brush.add(ClipBegin{
      {0, scene.main.y - 4 * canvas.scale, canvas.width, scene.main.h + 10 * canvas.scale}});
  draw_neuron_input(brush, stage);
  draw_map_cells(brush, stage);
  draw_ghost_ties(brush, stage);
  draw_map_numbers(brush, stage);
  draw_edges(brush, stage);
  draw_rows(brush, stage);
  draw_neurons(brush, stage);
  draw_neuron_captions(brush, stage);
  draw_sharing(brush, stage);
  brush.add(ClipEnd{});
  step::draw_scene_words(brush, scene);
  if (scene.moment.flight >= 0) {
    step::draw_flying_value(brush, scene.step().value, layout.neuron,
                            layout.output.cell_at(scene.step().output_at).center(),
                            static_cast<float>(scene.moment.flight));
  }
}

}  // namespace convscope::picture::neuron
