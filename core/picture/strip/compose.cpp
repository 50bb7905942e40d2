#include "core/picture/strip/compose.h"

#include "core/picture/kit/marks.h"
#include "core/picture/strip/context.h"
#include "core/picture/sum/value_text.h"

namespace convscope::picture::strip {

namespace {

// The cell where the step's value lands.
Rect landing(const Context& context) {
  for (std::size_t panel = 0; panel < context.rules.size(); ++panel) {
    if (context.rules[panel].own) {
      return strip_output_rect(context, panel, context.step().output_at.x);
    }
  }
  return {};
}

void draw_panel(kit::Canvas& canvas, const Context& context, std::size_t panel) {
  draw_brackets(canvas, context, panel);
  draw_inputs(canvas, context, panel);
  draw_outputs(canvas, context, panel);
  draw_weights(canvas, context, panel);
  draw_labels(canvas, context, panel);
}

// The layer's own rule and, unless the stage is too low for two, what it is compared with.
std::vector<StripRule> shown_rules(const derive::LayerResult& layer, const StripContent& content,
                                   const Rect& main, float scale, float text_scale) {
  constexpr float kLeastCell = 10;  // at scale 1
  std::vector<StripRule> rules = strip_rules(layer);
  if (lay_out(rules, content, main, scale, text_scale, {}).cell < kLeastCell * scale) {
    std::erase_if(rules, [](const StripRule& rule) { return !rule.own; });
  }
  return rules;
}

}  // namespace

void compose_strip(kit::Canvas& canvas, const session::Session& session,
                   const derive::LayerResult& layer, const step::Moment& moment,
                   const Viewport& viewport) {
  const step::WindowScene scene = step::window_scene(canvas, session, layer, moment, viewport);
  const StripContent content{
      .window = scene.step().window_x,
      .labels = row_labels_width(canvas, scene),
      .weighted = scene.weighted(),
      .note = layer.input.shape().h > 1 || layer.spec.kernel_size.h > 1 || scene.channels() > 1};
  const std::vector<StripRule> rules =
      shown_rules(layer, content, scene.main, viewport.scale, canvas.text_scale);
  const Layout layout =
      lay_out(rules, content, scene.main, viewport.scale, canvas.text_scale, session.look.camera);
  Context context{scene, rules, layout, strip_row(scene)};
  context.numbers = fit_numbers(canvas, context);

  canvas.picture.camera_area = scene.main;
  canvas.add(ClipBegin{
      {0, scene.main.y - 4 * viewport.scale, viewport.width, scene.main.h + 10 * viewport.scale}});
  // The layer's own panel last, so that editing a value finds it first.
  for (const bool own : {false, true}) {
    for (std::size_t panel = 0; panel < rules.size(); ++panel) {
      if (rules[panel].own == own) {
        draw_panel(canvas, context, panel);
      }
    }
  }
  draw_note(canvas, context);
  canvas.add(ClipEnd{});
  const Rect from = step::draw_scene_words(canvas, scene);
  if (scene.moment.flight >= 0) {
    kit::draw_flying_value(canvas, sum::value_text(scene.moment.step), from.center(),
                           landing(context).center(), static_cast<float>(scene.moment.flight));
  }
}

}  // namespace convscope::picture::strip
