// Where the coverage view puts things: input and output side by side (or one above the other), the
// scale of counts and the words below. Pure arithmetic on shapes, so nothing moves from step to
// step.
#pragma once

#include "core/derive/derived.h"
#include "core/picture/compose.h"
#include "core/picture/kit/plane.h"
#include "core/session/session.h"

namespace convscope::picture::coverage {

// A plane with the place of its caption, which never reaches the other plane's.
struct CoveragePlace {
  kit::Plane plane;
  conv::Pads ring;  // cells around it that have places of their own
  Rect slot;        // from left to right; the caption stands at its top
};

struct Layout {
  Rect header;
  Rect main;
  Rect view;  // what is seen of the planes when they are zoomed
  Rect legend;
  Rect words;  // below it
  CoveragePlace input;
  CoveragePlace output;
  bool stacked = false;    // the output below the input
  float caption_size = 0;  // pixels per em
  float caption_height = 0;
};

// What a layout depends on besides the layer, in pixels.
struct CoverageContent {
  float header = 0;
  float input_caption = 0;  // widths
  float output_caption = 0;
  float text_scale = 1;
};

// Captions have this size.
float caption_size(const Viewport& viewport, float text_scale);

Layout lay_out(const derive::LayerResult& layer, const CoverageContent& content,
               const session::Camera& camera, const Viewport& viewport);

}  // namespace convscope::picture::coverage
