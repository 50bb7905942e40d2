#include "core/picture/volume/compose.h"

#include "core/picture/volume/stage.h"

namespace convscope::picture::volume {

void compose_volume(kit::Brush& brush, const session::Session& session,
                    const derive::LayerResult& layer, const step::Moment& moment,
                    const Canvas& canvas) {
  const step::WindowScene scene = step::window_scene(brush, session, layer, moment, canvas);
  const VolumeLayout layout = volume_layout(scene, canvas.scale);
  const VolumeStage stage{scene, layout};
  const Rect view = {0, scene.main.y - 4 * canvas.scale, canvas.width,
                     scene.main.h + 10 * canvas.scale};
  brush.picture.camera_area = scene.main;
  brush.add(ClipBegin{view});
  draw_input_block(brush, stage);
  draw_filter_blocks(brush, stage);
  draw_output_block(brush, stage);
  draw_volume_links(brush, stage);
  draw_volume_window(brush, stage);
  draw_front_numbers(brush, stage);
  draw_volume_highlight(brush, stage);
  draw_volume_captions(brush, stage);
  draw_hovered_value(brush, stage);
  brush.add(ClipEnd{});
  const Rect result = step::draw_scene_words(brush, scene);
  if (scene.moment.flight >= 0) {
    step::draw_flying_value(brush, scene.step().value, result.center(), output_cell_place(stage),
                            static_cast<float>(scene.moment.flight));
  }
}

}  // namespace convscope::picture::volume
