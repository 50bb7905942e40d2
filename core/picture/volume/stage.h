// What the parts of the volume view share while one frame is drawn.
#pragma once

#include "core/picture/kit/brush.h"
#include "core/picture/volume/layout.h"

namespace convscope::picture::volume {

// Of the filters that are not under way.
inline constexpr float kInactiveFilter = 0.5F;

struct VolumeStage {
  const step::WindowScene& scene;
  const VolumeLayout& layout;
};

// volume_cells.cpp: the blocks themselves.
void draw_input_block(kit::Brush& brush, const VolumeStage& stage);
void draw_filter_blocks(kit::Brush& brush, const VolumeStage& stage);
void draw_output_block(kit::Brush& brush, const VolumeStage& stage);

// volume_numbers.cpp: numbers on the front faces, above the edges of boxes.
void draw_front_numbers(kit::Brush& brush, const VolumeStage& stage);
// Whether the cells of a block are large enough, and its front near enough to frontal, for them.
bool has_numbers(const kit::Brush& brush, const Block& block);

// volume_window.cpp: the window, the lines between the blocks, what is lit.
void draw_volume_links(kit::Brush& brush, const VolumeStage& stage);
void draw_volume_window(kit::Brush& brush, const VolumeStage& stage);
void draw_volume_highlight(kit::Brush& brush, const VolumeStage& stage);
// The middle of the front of the output cell under way.
Point output_cell_place(const VolumeStage& stage);

// volume_words.cpp: captions, indices along the depth, the value of the cell under the pointer.
void draw_volume_captions(kit::Brush& brush, const VolumeStage& stage);
void draw_hovered_value(kit::Brush& brush, const VolumeStage& stage);

}  // namespace convscope::picture::volume
