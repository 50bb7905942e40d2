// How every view divides the stage: a header on top, words at the foot, the picture between.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/canvas.h"

namespace convscope::picture::kit {

inline constexpr float kBarLine = 27;  // a line of the sum, at scale 1

struct Bands {
  Rect header;
  Rect main;
  Rect view;  // where planes are seen when they are zoomed: main, over the whole width
  Rect foot;
};

// `header` and `foot` in pixels; `above_foot` is the space between picture and foot at scale 1.
Bands bands_of(const Viewport& viewport, float header, float foot, float above_foot = 16);

// Words at the foot that are `wanted` pixels high rest (0) where the picture would be too low to
// show anything.
float foot_height(const Viewport& viewport, float header, float wanted);

// How far down the window's tools reach beside the title; 0 where there are none.
float tools_height(const Viewport& viewport);

// The width of every band.
float band_width(const Viewport& viewport);

// How large words may be on this canvas, so that they leave most of it to the tensors. `words` is
// the height at scale 1 of those outside the header.
float fitting_text_scale(float words, const Viewport& viewport, float wanted);

// A line between the picture and the words at its foot, where there are any.
void draw_rule(Canvas& canvas, const Rect& foot);

}  // namespace convscope::picture::kit
