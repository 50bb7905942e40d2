// Where the receptive field view puts things: the maps from left to right, in as many rows as suit
// them, each with its numbers below. A cell of a deeper map is drawn as wide as its neighbours are
// apart in the input, so that every cell stands where the middle of its field is.
#pragma once

#include <cstdint>
#include <vector>

#include "core/picture/compose.h"
#include "core/picture/receptive_field/stack.h"
#include "core/session/session.h"

namespace convscope::picture::receptive_field {

struct ReceptivePlane {
  Rect rect;  // of its cells
  Rect slot;  // its share of the stage: what reaches into the padding is cut here
  std::int64_t h = 0;
  std::int64_t w = 0;
  std::size_t row = 0;  // of the arrangement

  float cell_w() const { return rect.w / static_cast<float>(w); }
  float cell_h() const { return rect.h / static_cast<float>(h); }
  Rect cells(const conv::CellRect& cells) const;
};

struct Layout {
  Rect header;
  Rect main;
  Rect view;
  Rect words;
  std::vector<ReceptivePlane> planes;  // by map
  float left = 0;                      // where the words left of the numbers begin
  float column = 0;                    // between the middles of neighbours in a row
  float caption = 0;                   // height above a plane
  float table = 0;                     // height below it
  std::size_t lines = 0;               // of the table, for which there is room
  float labels = 0;                    // width of the words left of a row's numbers
  float text_size = 0;                 // pixels per em
  float line = 0;                      // height of a line of the table
};

// What the arrangement depends on besides the shapes.
struct ReceptiveWords {
  float header = 0;  // heights and widths in pixels
  float labels = 0;
  float narrowest = 0;    // a column of numbers needs this much
  std::size_t lines = 0;  // of the whole table
  float text_size = 0;    // pixels per em
};

Layout lay_out(const ReceptiveStack& stack, const ReceptiveWords& words,
               const session::Camera& camera, const Viewport& viewport);

}  // namespace convscope::picture::receptive_field
