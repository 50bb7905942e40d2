// Where the coverage view puts things: input and output side by side (or one above the other), the
// scale of counts and the words below. Pure arithmetic on shapes, so nothing moves from step to
// step.
#pragma once

#include "core/derive/derived.h"
#include "core/picture/compose.h"
#include "core/picture/kit/cell_plane.h"
#include "core/session/session.h"

namespace convscope::picture::coverage {

struct Layout {
  Rect header;
  Rect main;
  Rect view;  // what is seen of the planes when they are zoomed
  Rect legend;
  Rect words;  // below it
  kit::Plane input;
  kit::Plane output;
  bool stacked = false;    // the output below the input
  float caption_size = 0;  // pixels per em
  float caption_height = 0;
  float gap = 0;
};

// Cells around a plane that have places of their own: padding around the input, what padding cuts
// off around the output of a transposed convolution.
conv::Pads input_ring(const derive::LayerResult& layer);
conv::Pads output_ring(const derive::LayerResult& layer);

Layout lay_out(const derive::LayerResult& layer, float header, const session::Camera& camera,
               const Viewport& viewport, float text_scale);

}  // namespace convscope::picture::coverage
