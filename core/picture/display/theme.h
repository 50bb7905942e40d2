// Every colour, line width and text size of the program, by theme.
#pragma once

#include "core/picture/display/colormap.h"
#include "core/session/session.h"

namespace convscope::picture {

// A tensor's hue in its two uses.
struct Hue {
  Rgba line;  // borders, frames
  Rgba text;  // captions and terms, readable on the background
};

struct Palette {
  Rgba background;  // of the stage
  Rgba surface;     // panels
  Rgba raised;      // fields, buttons
  Rgba border;
  Rgba text;
  Rgba text_dim;
  Rgba accent;
  Rgba warning;
  Rgba cell_line;   // between cells
  Rgba empty_cell;  // a cell that has no value yet
  Rgba padding_fill;
  Rgba padding_hatch;
  Hue input;
  Hue weight;
  Hue output;
  Hue bias;
  Rgba pen;       // of a presenter: none of the stage's hues
  Rgba negative;  // ends and middle of the diverging scale
  Rgba neutral;
  Rgba positive;
  Rgba gray_low;  // ends of the grey scale
  Rgba gray_high;
  float line_scale = 1;  // times every line width
  float text_scale = 1;  // times every text size
};

const Palette& palette_of(session::Theme theme);

// The same for the panels of a window of so many lines at scale 1: on 720 lines everything is large
// on the wall already, and the stage needs the room more than words do.
Palette palette_of(session::Theme theme, float lines);

}  // namespace convscope::picture
