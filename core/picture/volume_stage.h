// What the parts of the volume view share while one frame is drawn.
#pragma once

#include "core/picture/brush.h"
#include "core/picture/volume_layout.h"

namespace convscope {

struct VolumeStage {
  const WindowScene& scene;
  const VolumeLayout& layout;
};

// volume_cells.cpp: the blocks themselves.
void draw_input_block(Brush& brush, const VolumeStage& stage);
void draw_filter_blocks(Brush& brush, const VolumeStage& stage);
void draw_output_block(Brush& brush, const VolumeStage& stage);

// volume_window.cpp: the window, the lines between the blocks, what is lit.
void draw_volume_links(Brush& brush, const VolumeStage& stage);
void draw_volume_window(Brush& brush, const VolumeStage& stage);
void draw_volume_highlight(Brush& brush, const VolumeStage& stage);
// The middle of the front of the output cell under way.
Point output_cell_place(const VolumeStage& stage);

// volume_words.cpp: captions, indices along the depth, the value of the cell under the pointer.
void draw_volume_captions(Brush& brush, const VolumeStage& stage);
void draw_hovered_value(Brush& brush, const VolumeStage& stage);

}  // namespace convscope
