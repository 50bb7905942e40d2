// The sums of two scenes that are compared, under each other at full width.
#pragma once

#include <string>

#include "core/derive/derived.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/step/highlight.h"
#include "core/picture/step/moment.h"

namespace convscope::picture::sum {

struct NamedSum {
  const derive::LayerResult& layer;
  const step::Moment& moment;
  const step::Highlight& lit;
  std::string name;
  Rgba color = kTransparent;  // of the name
  bool own = false;           // of the document: its terms can be pointed at
};

// The height that both lines take, in pixels.
float two_sums_height(const kit::Canvas& canvas);

// A line each: all products, or of several channels their sums.
void draw_two_sums(kit::Canvas& canvas, const Rect& rect, const NamedSum& first,
                   const NamedSum& second, session::Granularity granularity);

}  // namespace convscope::picture::sum
