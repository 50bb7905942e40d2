#include "core/picture/descent/compose.h"

#include <algorithm>

#include "core/lesson/training.h"
#include "core/picture/descent/context.h"
#include "core/picture/kit/bands.h"
#include "core/picture/kit/header.h"
#include "core/picture/kit/tensor_colors.h"

namespace convscope::picture::descent {

namespace {

// Instead of the training: why there is none, or that it is being computed.
void draw_absence(kit::Canvas& canvas, const session::Session& session, const Viewport& viewport) {
  const std::vector<Problem> problems = lesson::training_problems(session::scene_of(session));
  const bool possible = problems.empty();
  const std::string text = possible ? canvas.locale.text("stage.computing_training")
                                    : canvas.locale.sentence(problems.front());
  const float width = kit::band_width(viewport);
  const kit::Bands bands = kit::bands_of(viewport, kit::header_height(canvas, session, width), 0);
  kit::draw_header(canvas, session, bands.header);
  const float size = canvas.text_size(17);
  const std::vector<std::string> lines =
      kit::wrap_text(canvas.metrics, text, Font::kSans, size, std::min(width, 36 * size));
  float y = viewport.height / 2 - size * 0.75F * static_cast<float>(lines.size());
  for (const std::string& line : lines) {
    canvas.centered_text({0, y, viewport.width, size * 1.5F}, line, Font::kSans, size,
                         possible ? canvas.palette.text_dim : canvas.palette.warning);
    y += size * 1.5F;
  }
}

}  // namespace

void compose_descent(kit::Canvas& canvas, const session::Session& session,
                     const derive::Derived& derived, const Viewport& viewport) {
  canvas.text_scale = descent_text_scale(viewport, canvas.palette.text_scale);
  if (!has_training(derived)) {
    draw_absence(canvas, session, viewport);
    return;
  }
  const std::size_t shown = trained_layer(session, derived.training);
  const derive::LayerResult& layer = derived.layers[shown];
  const lesson::Scene& scene = session::scene_of(session);
  const DescentSlice slice = descent_slice_of(session, layer);
  // Several layers have many weights that give the same map.
  const bool sought = derived.training->chain.size() == 1 &&
                      !(scene.training && !scene.training->target.base.empty());
  const DescentContent content{
      .goal = sought,
      .header = kit::header_height(canvas, session, kit::band_width(viewport)),
      .text_scale = canvas.text_scale};
  const Layout layout = lay_out(layer, slice, content, session.look.camera, viewport);
  const DescentMoment moment = descent_moment_of(session, derived.training);
  const Context context{
      session, layer, derived.training, moment, layout, slice, kit::input_look(scene, layer),
      sought};

  canvas.picture.camera_area = layout.main;
  kit::draw_header(canvas, session, layout.header);
  canvas.add(ClipBegin{layout.view});
  draw_descent_planes(canvas, context);
  draw_descent_marks(canvas, context);
  draw_descent_words(canvas, context);
  canvas.add(ClipEnd{});
  draw_descent_sums(canvas, context);
  draw_loss_curve(canvas, context);
}

}  // namespace convscope::picture::descent
