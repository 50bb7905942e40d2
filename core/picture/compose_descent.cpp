#include "core/picture/compose_descent.h"

#include <algorithm>

#include "core/lesson/training.h"
#include "core/picture/descent_stage.h"
#include "core/picture/stage_colors.h"
#include "core/picture/stage_header.h"

namespace convscope {

namespace {

// Instead of the training: why there is none, or that it is on its way.
void draw_absence(Brush& brush, const Session& session, const Canvas& canvas) {
  const std::vector<Problem> problems = training_problems(scene_of(session));
  const std::string text = problems.empty() ? brush.locale.text("stage.computing_training")
                                            : brush.locale.sentence(problems.front());
  const float margin = 24 * canvas.scale;
  const float size = brush.text_size(17);
  const float width = std::max(brush.metrics.width(text, Font::kSans, size), 1.0F);
  const float shrunk = std::clamp((canvas.width - 2 * margin) / width, 0.5F, 1.0F);
  brush.centered_text({0, 0, canvas.width, canvas.height}, text, Font::kSans, size * shrunk,
                      problems.empty() ? brush.palette.text_dim : brush.palette.warning);
}

// A history that an edit has outdated may have other shapes.
bool matches(const DescentHistory& history, const LayerResult& layer) {
  return !history.empty() && history.spec == layer.spec &&
         history.input.shape() == layer.input.shape() &&
         history.target.shape() == layer.output_shape;
}

}  // namespace

void compose_descent(Brush& brush, const Session& session, const Derived& derived,
                     const Canvas& canvas) {
  brush.text_scale = descent_text_scale(canvas, brush.palette.text_scale);
  if (derived.layers.empty() || !matches(derived.training, derived.layers.front())) {
    draw_absence(brush, session, canvas);
    return;
  }
  const LayerResult& layer = derived.layers.front();
  const Scene& scene = scene_of(session);
  const DescentSlice slice = descent_slice_of(session, layer);
  const bool drawn = scene.training && !scene.training->target.base.empty();
  const DescentContent content{
      .goal = !drawn,
      .header = stage_header_height(brush, session, canvas.width - 48 * canvas.scale),
      .text_scale = brush.text_scale};
  const DescentLayout layout = descent_layout(layer, slice, content, session.camera, canvas);
  const DescentMoment moment = descent_moment_of(session, derived.training);
  const DescentStage stage{session, layer, derived.training,         moment,
                           layout,  slice, input_look(scene, layer), !drawn};

  brush.picture.camera_area = layout.main;
  draw_stage_header(brush, session, layout.header);
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

}  // namespace convscope
