#include "core/picture/strip/compose.h"

#include "core/picture/strip/stage.h"

namespace convscope::picture::strip {

namespace {

// What the value of the step lands in.
Rect landing(const StripStage& stage) {
  for (std::size_t panel = 0; panel < stage.rules.size(); ++panel) {
    if (stage.rules[panel].own) {
      return strip_output_rect(stage, panel, stage.step().output_at.x);
    }
  }
  return {};
}

void draw_panel(kit::Brush& brush, const StripStage& stage, std::size_t panel) {
  draw_brackets(brush, stage, panel);
  draw_inputs(brush, stage, panel);
  draw_outputs(brush, stage, panel);
  draw_weights(brush, stage, panel);
  draw_words(brush, stage, panel);
}

}  // namespace

void compose_strip(kit::Brush& brush, const session::Session& session,
                   const derive::LayerResult& layer, const step::Moment& moment,
                   const Canvas& canvas) {
  const step::WindowScene scene = step::window_scene(brush, session, layer, moment, canvas);
  const std::vector<StripRule> rules = strip_rules(layer);
  const StripContent content{
      .window = scene.step().window_x,
      .labels = row_labels_width(brush, scene),
      .weighted = scene.weighted(),
      .note = layer.input.shape().h > 1 || layer.spec.kernel_size.h > 1 || scene.channels() > 1};
  const StripLayout layout =
      strip_layout(rules, content, scene.main, canvas.scale, brush.text_scale, session.look.camera);
  StripStage stage{scene, rules, layout, strip_row(scene)};
  stage.numbers = fit_numbers(brush, stage);

  brush.picture.camera_area = scene.main;
  brush.add(ClipBegin{
      {0, scene.main.y - 4 * canvas.scale, canvas.width, scene.main.h + 10 * canvas.scale}});
  // The layer's own panel last: it is there that a value is edited.
  for (const bool own : {false, true}) {
    for (std::size_t panel = 0; panel < rules.size(); ++panel) {
      if (rules[panel].own == own) {
        draw_panel(brush, stage, panel);
      }
    }
  }
  draw_note(brush, stage);
  brush.add(ClipEnd{});
  const Rect from = step::draw_scene_words(brush, scene);
  if (scene.moment.flight >= 0) {
    step::draw_flying_value(brush, scene.moment.step.value, from.center(), landing(stage).center(),
                            static_cast<float>(scene.moment.flight));
  }
}

}  // namespace convscope::picture::strip
