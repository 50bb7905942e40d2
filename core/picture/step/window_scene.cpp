#include "core/picture/step/window_scene.h"

#include <algorithm>

#include "core/conv/operators/operator.h"
#include "core/picture/kit/bands.h"
#include "core/picture/kit/header.h"
#include "core/picture/kit/tensor_colors.h"
#include "core/picture/sum/sum_bar.h"
#include "core/picture/sum/sum_lines.h"

namespace convscope::picture::step {

const std::string& WindowScene::input_name() const { return session::input_name(session); }

conv::Pads WindowScene::pads() const {
  const conv::Pads& all = conv::operator_of(layer.spec.op).transposed() ? spec().pads : layer.pads;
  const auto kept = [](std::int64_t cells) { return std::max<std::int64_t>(cells, 0); };
  return {kept(all.top), kept(all.bottom), kept(all.left), kept(all.right)};
}

WindowScene window_scene(kit::Canvas& canvas, const session::Session& session,
                         const derive::LayerResult& layer, const Moment& moment,
                         const Viewport& viewport) {
  WindowScene scene{.session = session, .layer = layer, .moment = moment};
  if (session.look.layer == 0) {
    scene.look = kit::input_look(session::scene_of(session), layer);
  }
  if (const std::optional<session::Target> hover = hover_on_stage(session)) {
    scene.lit = highlight_of(*hover, layer, scene.moment.step);
  }
  canvas.text_scale =
      kit::fitting_text_scale(sum::sum_words(layer), viewport, canvas.palette.text_scale);
  const float header = kit::header_height(canvas, session, kit::band_width(viewport));
  const float bar =
      canvas.whole_sum ? 0 : sum::sum_bar_height(layer, viewport, header, canvas.text_scale);
  const kit::Bands bands = kit::bands_of(viewport, header, bar);
  scene.header = bands.header;
  scene.main = bands.main;
  scene.bar = bands.foot;
  scene.caption_size = canvas.text_size(14.5F);
  scene.label_size = canvas.text_size(14.5F);
  return scene;
}

Rect draw_scene_words(kit::Canvas& canvas, const WindowScene& scene) {
  kit::draw_header(canvas, scene.session, scene.header);
  kit::draw_rule(canvas, scene.bar);
  return canvas.whole_sum.value_or(
      sum::draw_sum_bar(canvas, scene.bar, scene.session, scene.layer, scene.moment, scene.lit));
}

std::optional<session::Target> input_target(const WindowScene& scene, const Index& stage) {
  const auto own = conv::own_input_at(scene.layer.spec, scene.layer.input.shape(), stage);
  return own ? std::optional(session::Target{session::TensorRole::kInput, *own}) : std::nullopt;
}

session::Target weight_target(const WindowScene& scene, const Index& stage) {
  return {session::TensorRole::kWeight, conv::own_weight_at(scene.layer.spec, stage)};
}

}  // namespace convscope::picture::step
