#include "core/picture/volume/compose.h"

#include "core/picture/kit/marks.h"
#include "core/picture/sum/value_text.h"
#include "core/picture/volume/context.h"

namespace convscope::picture::volume {

void compose_volume(kit::Canvas& canvas, const session::Session& session,
                    const derive::LayerResult& layer, const step::Moment& moment,
                    const Viewport& viewport) {
  const step::WindowScene scene = step::window_scene(canvas, session, layer, moment, viewport);
  const Layout layout = lay_out(scene, viewport.scale);
  const Context context{scene, layout};
  const Rect view = {0, scene.main.y - 4 * viewport.scale, viewport.width,
                     scene.main.h + 10 * viewport.scale};
  canvas.picture.camera_area = scene.main;
  canvas.add(ClipBegin{view});
  draw_input_block(canvas, context);
  draw_filter_blocks(canvas, context);
  draw_output_block(canvas, context);
  draw_volume_links(canvas, context);
  draw_volume_window(canvas, context);
  draw_front_numbers(canvas, context);
  draw_volume_highlight(canvas, context);
  draw_volume_captions(canvas, context);
  draw_hovered_value(canvas, context);
  canvas.add(ClipEnd{});
  const Rect result = step::draw_scene_words(canvas, scene);
  if (scene.moment.flight >= 0) {
    kit::draw_flying_value(canvas, sum::value_text(scene.step()), result.center(),
                           output_cell_place(context), static_cast<float>(scene.moment.flight));
  }
}

}  // namespace convscope::picture::volume
