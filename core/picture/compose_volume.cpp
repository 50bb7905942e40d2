#include "core/picture/compose_volume.h"

#include "core/picture/volume_stage.h"

namespace convscope {

void compose_volume(Brush& brush, const Session& session, const LayerResult& layer,
                    const Moment& moment, const Canvas& canvas) {
  const WindowScene scene = window_scene(brush, session, layer, moment, canvas);
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
  const Rect result = draw_scene_words(brush, scene);
  if (scene.moment.flight >= 0) {
    draw_flying_value(brush, scene.step().value, result.center(), output_cell_place(stage),
                      static_cast<float>(scene.moment.flight));
  }
}

}  // namespace convscope
