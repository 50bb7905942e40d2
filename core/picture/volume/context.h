// What the parts of the volume view share while one frame is drawn.
#pragma once

#include "core/picture/kit/canvas.h"
#include "core/picture/volume/layout.h"

namespace convscope::picture::volume {

// Of the filters that are not current.
inline constexpr float kInactiveFilter = 0.5F;

struct Context {
  const step::WindowScene& scene;
  const Layout& layout;
};

// cells.cpp: the blocks themselves.
void draw_input_block(kit::Canvas& canvas, const Context& context);
void draw_filter_blocks(kit::Canvas& canvas, const Context& context);
void draw_output_block(kit::Canvas& canvas, const Context& context);

// numbers.cpp: numbers on the front faces, above the edges of boxes.
void draw_front_numbers(kit::Canvas& canvas, const Context& context);
// Whether the cells of a block are large enough, and its front near enough to frontal, for them.
bool has_numbers(const kit::Canvas& canvas, const Block& block);

// window.cpp: the window, the lines between the blocks, highlights.
void draw_volume_links(kit::Canvas& canvas, const Context& context);
void draw_volume_window(kit::Canvas& canvas, const Context& context);
void draw_volume_highlight(kit::Canvas& canvas, const Context& context);
// The middle of the front of the current output cell.
Point output_cell_place(const Context& context);

// labels.cpp: captions, indices along the depth, the value of the cell under the pointer.
void draw_volume_captions(kit::Canvas& canvas, const Context& context);
void draw_hovered_value(kit::Canvas& canvas, const Context& context);

}  // namespace convscope::picture::volume
