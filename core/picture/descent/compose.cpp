#include "core/picture/descent/compose.h"

#include <algorithm>
#include <cmath>

#include "core/lesson/training.h"
#include "core/picture/descent/stage.h"
#include "core/picture/kit/stage_colors.h"
#include "core/picture/kit/stage_header.h"

namespace convscope::picture::descent {

namespace {

// Instead of the training: why there is none, or that it is on its way.
void draw_absence(kit::Brush& brush, const session::Session& session, const Canvas& canvas) {
  const std::vector<Problem> problems = lesson::training_problems(session::scene_of(session));
  const bool possible = problems.empty();
  const std::string text = possible ? brush.locale.text("stage.computing_training")
                                    : brush.locale.sentence(problems.front());
  const float margin = std::floor(24 * canvas.scale);
  const float width = std::max(canvas.width - 2 * margin, 1.0F);
  kit::draw_stage_header(brush, session,
                         {margin, std::floor(14 * canvas.scale), width,
                          std::floor(kit::stage_header_height(brush, session, width))});
  const float size = brush.text_size(17);
  const float measure = std::min(width, 36 * size);
  const std::vector<std::string> lines =
      kit::wrap_text(brush.metrics, text, Font::kSans, size, measure);
  float y = canvas.height / 2 - size * 0.75F * static_cast<float>(lines.size());
  for (const std::string& line : lines) {
    brush.centered_text({0, y, canvas.width, size * 1.5F}, line, Font::kSans, size,
                        possible ? brush.palette.text_dim : brush.palette.warning);
    y += size * 1.5F;
  }
}

// A history that an edit has outdated may have other shapes.
bool matches(const conv::DescentHistory& history, const derive::LayerResult& layer) {
  return !history.empty() && history.spec == layer.spec &&
         history.input.shape() == layer.input.shape() &&
         history.target.shape() == layer.output_shape;
}

}  // namespace

void compose_descent(kit::Brush& brush, const session::Session& session,
                     const derive::Derived& derived, const Canvas& canvas) {
  brush.text_scale = descent_text_scale(canvas, brush.palette.text_scale);
  if (derived.layers.empty() || !matches(derived.training, derived.layers.front())) {
    draw_absence(brush, session, canvas);
    return;
  }
  const derive::LayerResult& layer = derived.layers.front();
  const lesson::Scene& scene = session::scene_of(session);
  const DescentSlice slice = descent_slice_of(session, layer);
  const bool drawn = scene.training && !scene.training->target.base.empty();
  const DescentContent content{
      .goal = !drawn,
      .header = kit::stage_header_height(brush, session, canvas.width - 48 * canvas.scale),
      .text_scale = brush.text_scale};
  const DescentLayout layout = descent_layout(layer, slice, content, session.look.camera, canvas);
  const DescentMoment moment = descent_moment_of(session, derived.training);
  const DescentStage stage{
      session, layer, derived.training, moment, layout, slice, kit::input_look(scene, layer),
      !drawn};

  brush.picture.camera_area = layout.main;
  kit::draw_stage_header(brush, session, layout.header);
  const Rect view = {0, layout.main.y - 4 * canvas.scale, canvas.width,
                     layout.main.h + 8 * canvas.scale};
  brush.add(ClipBegin{view});
  draw_descent_planes(brush, stage);
  draw_descent_marks(brush, stage);
  draw_descent_words(brush, stage);
  brush.add(ClipEnd{});
  draw_descent_sums(brush, stage);
  draw_loss_curve(brush, stage);
}

}  // namespace convscope::picture::descent
