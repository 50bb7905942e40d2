// The pictures: each is a function from a place, in pixels, to a colour.
#pragma once

#include "tools/pictures/ink.h"

namespace pictures {

Color street(const Place& at);      // 480 x 320: straight edges of all directions
Color cat(const Place& at);         // 320 x 320: a face of soft shades and fine lines
Color bricks(const Place& at);      // 320 x 320: a texture that repeats
Color night(const Place& at);       // 480 x 320: points of light
Color letters(const Place& at);     // 360 x 320: strokes, large and small
Color zone_plate(const Place& at);  // 256 x 256: every frequency, up to a wave of two pixels

}  // namespace pictures
