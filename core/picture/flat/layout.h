// Where the flat view puts things: input, filter (or, of a layer without weights, the patch under
// the window), partial sums, output and the sum bar. Pure arithmetic on shapes, so nothing moves
// from step to step.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/derive/derived.h"
#include "core/picture/compose.h"
#include "core/picture/display/picture.h"
#include "core/picture/kit/plane.h"
#include "core/session/session.h"

namespace convscope::picture::flat {

struct Layout {
  Rect header;
  Rect main;
  Rect view;  // what is seen of the planes when they are zoomed: main, over the whole width
  Rect bar;
  bool pixels = false;             // the input is shown as a picture, with a lens on the window
  bool columns = false;            // channels side by side with their filters below, not one a row
  bool between = false;            // of these columns, lenses in a row between the pictures
  bool merged_rgb = false;         // one picture for three channels
  bool stacked = false;            // input slices behind each other: the first covers the rest
  std::int64_t first_channel = 0;  // the channels of the group that have slices, from here on
  std::vector<kit::Plane> input;   // a slice per shown channel; pictures: one, or a stack
  std::vector<kit::Plane> lens;    // per shown channel: the patch under the window (pixels, or no
                                   // weights)
  std::vector<kit::Plane> weight;  // per shown channel; none without weights
  std::vector<Rect> partial;       // per shown channel, where its sum is written; empty for one
  kit::Plane output;               // the active filter's map; empty where it is not shown
  std::optional<kit::Plane> comparison;  // below it: what the kernel gives when it isn't turned
  std::vector<kit::Plane> thumbnails;    // a small map per filter, when there are several
  std::int64_t first_thumbnail = 0;
  float caption_size = 0;  // pixels per em
  float label_size = 0;
  float rail = 0;  // y of the line that joins sums which stand side by side; 0 where none does
  float gap = 0;   // between input, filter and output
  float cell = 0;  // of the input, in pixels without the camera

  // What stands between input and output.
  const std::vector<kit::Plane>& middle() const { return weight.empty() ? lens : weight; }
};

// What the layout of one frame depends on besides the layer's shapes.
struct FlatContent {
  std::int64_t filter = 0;          // whose map is shown large
  std::int64_t active_channel = 0;  // must be among the slices shown
  bool merged_rgb = false;          // three channels may be shown as one picture
  bool compared = false;            // a comparison is wanted
  float header = 0;                 // its height in pixels
  float bar = 0;                    // that of the sum bar; 0: there is none
  float text_scale = 1;
  float most_cell = 0;  // of the input, in pixels; 0: as it fits
};

// `layer` is the subject of the picture (subject.h); a plain convolution is its own.
Layout lay_out(const derive::LayerResult& layer, const FlatContent& content,
               const session::Camera& camera, const Viewport& viewport);

}  // namespace convscope::picture::flat
