#include "core/picture/step/window_scene.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/conv/operators/operator.h"
#include "core/picture/flat/layout.h"
#include "core/picture/kit/header.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/tensor_colors.h"
#include "core/picture/sum/sum_bar.h"
#include "core/picture/sum/sum_lines.h"

namespace convscope::picture::step {

namespace {

constexpr float kBarLine = 27;  // at scale 1

void lay_bands(const kit::Canvas& canvas, const Viewport& viewport, WindowScene& scene) {
  const float s = viewport.scale;
  const float margin = std::floor(24 * s);
  const float width = std::max(viewport.width - 2 * margin, 1.0F);
  const auto lines = static_cast<float>(sum::sum_line_count(scene.layer));
  const float bar = std::floor(canvas.text_size(kBarLine) * lines + 10 * s);
  scene.header = {margin, std::floor(14 * s), width,
                  std::floor(kit::header_height(canvas, scene.session, width))};
  scene.bar = {margin, viewport.height - std::floor(12 * s) - bar, width, bar};
  const float top = scene.header.bottom() + 6 * s;
  scene.main = {margin, top, width, std::max(scene.bar.y - 16 * s - top, 1.0F)};
  scene.caption_size = canvas.text_size(14.5F);
  scene.label_size = canvas.text_size(13);
}

}  // namespace

const std::string& WindowScene::input_name() const {
  static const std::string kHidden = "x";
  return session.look.layer == 0 ? session::scene_of(session).input_name : kHidden;
}

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
  canvas.text_scale = flat::fitting_text_scale(layer, viewport, canvas.palette.text_scale);
  lay_bands(canvas, viewport, scene);
  return scene;
}

Rect draw_scene_words(kit::Canvas& canvas, const WindowScene& scene) {
  kit::draw_header(canvas, scene.session, scene.header);
  const float rule = scene.bar.y - 7 * canvas.scale;
  canvas.line({scene.bar.x, rule}, {scene.bar.right(), rule}, canvas.palette.border,
              canvas.line_width(1));
  return sum::draw_sum_bar(canvas, scene.bar, scene.layer, scene.moment, scene.lit,
                           scene.session.clock.granularity);
}

std::optional<session::Target> input_target(const WindowScene& scene, const Index& stage) {
  const auto own = conv::own_input_at(scene.layer.spec, scene.layer.input.shape(), stage);
  return own ? std::optional(session::Target{session::TensorRole::kInput, *own}) : std::nullopt;
}

session::Target weight_target(const WindowScene& scene, const Index& stage) {
  return {session::TensorRole::kWeight, conv::own_weight_at(scene.layer.spec, stage)};
}

void draw_flying_value(kit::Canvas& canvas, double value, Point from, Point to, float t) {
  const float lift = 46 * canvas.scale * std::sin(t * std::numbers::pi_v<float>);
  const Point at = {from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t - lift};
  const float size = canvas.text_size(19);
  const std::string text = kit::number_text(value, 8);
  const float width = canvas.metrics.width(text, Font::kSansBold, size) + size;
  const Rect chip = {at.x - width / 2, at.y - size * 0.8F, width, size * 1.6F};
  canvas.fill(chip, canvas.palette.output.line, 6 * canvas.scale);
  canvas.centered_text(chip, text, Font::kSansBold, size, ink_on(canvas.palette.output.line));
}

}  // namespace convscope::picture::step
