// Where the coverage view puts things: input and output side by side (or one above the other), the
// scale of counts and the words below. Pure arithmetic on shapes, so nothing moves from step to
// step.
#pragma once

#include "core/lesson/derived.h"
#include "core/lesson/session.h"
#include "core/picture/cell_plane.h"
#include "core/picture/compose.h"

namespace convscope {

struct CoverageLayout {
  Rect header;
  Rect main;
  Rect view;  // what is seen of the planes when they are zoomed
  Rect legend;
  Rect words;  // below it
  Plane input;
  Plane output;
  bool stacked = false;    // the output below the input
  float caption_size = 0;  // pixels per em
  float caption_height = 0;
  float gap = 0;
};

// Cells around a plane that have places of their own: padding around the input, what padding cuts
// off around the output of a transposed convolution.
Pads input_ring(const LayerResult& layer);
Pads output_ring(const LayerResult& layer);

CoverageLayout coverage_layout(const LayerResult& layer, float header, const Camera& camera,
                               const Canvas& canvas, float text_scale);

}  // namespace convscope
