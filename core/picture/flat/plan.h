// Shared by the files that lay out the flat view: lengths in pixels, sizes in cells. Internal to
// them.
#pragma once

#include "core/picture/flat/layout.h"

namespace convscope::picture::flat {

// At most so many channels of a filter have slices on stage.
inline constexpr std::int64_t kMaxSlices = 4;

// Every length that the layout needs, in pixels.
struct Measures {
  float gap;        // between input, filter and output
  float slice_gap;  // between slices of one tensor
  float caption;    // a line of caption above a plane
  float partial;    // the width of a partial sum
  float min_cell;
  float max_cell;
  float max_picture_cell;  // 0: none
  float thumbnail;         // 0: none
};

Measures measures_of(const Viewport& viewport, float text_scale);

// The sizes in cells that a layout depends on.
struct Extents {
  float padded_h, padded_w;
  float kernel_h, kernel_w;
  float out_h, out_w;
  float slices;
  float compared;  // output heights that a comparison below the output asks for
  conv::Pads pads;
  Shape input;
};

Extents extents_of(const derive::LayerResult& layer, std::int64_t slices, bool compared);

// The planes between input and output.
std::vector<kit::Plane>& middle_planes(const derive::LayerResult& layer, Layout& out);

// The input's real cells when its padded extent begins at (x, y).
kit::Plane input_plane(float x, float y, const Extents& e, float cell);
// Room below the output map for the small maps of all filters.
float thumbnail_room(const derive::LayerResult& layer, const Measures& m);
// The largest cell for which the output, and what stands below it, has room in `main`.
float output_cell(const derive::LayerResult& layer, const Extents& e, const Rect& main,
                  const Measures& m);

// layout_cells.cpp: every cell large enough for its number. The largest cell that each
// arrangement allows...
float rows_cell(const derive::LayerResult& layer, const Extents& e, const Rect& main,
                const Measures& m);
float columns_cell(const derive::LayerResult& layer, const Extents& e, const Rect& main,
                   const Measures& m);
// ... and the arrangement: input, filter and output from left to right, a row per channel;
void lay_rows(const derive::LayerResult& layer, const Extents& e, float cell, const Measures& m,
              Layout& out);
// or channels side by side, each filter slice and its sum below, the output at the right.
void lay_columns(const derive::LayerResult& layer, const Extents& e, float cell, const Measures& m,
                 Layout& out);

// layout_pixels.cpp: pictures with a lens on the window, wherever it leaves them larger. Whether
// its cells have room for their numbers...
bool lens_has_numbers(const derive::LayerResult& layer, const Extents& e, const Measures& m,
                      const Layout& out);
// ... and the arrangement.
void lay_pixels(const derive::LayerResult& layer, const Extents& e, const Measures& m, Layout& out);

}  // namespace convscope::picture::flat
