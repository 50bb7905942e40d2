// A stack of layers as its maps: what one cell sees below it, and which cells above see it. Pure
// arithmetic on shapes.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/conv/analysis/receptive_field.h"
#include "core/derive/derived.h"
#include "core/session/session.h"

namespace convscope::picture::receptive_field {

// Map 0 is the input, map i the output of layer i - 1.
struct ReceptiveMap {
  Shape shape;
  conv::ReceptiveField field;  // of its cells, in input cells; 1 x 1 for the input itself
};

struct ReceptiveStack {
  std::vector<conv::LayerSpec> specs;  // fitted
  std::vector<ReceptiveMap> maps;
};
ReceptiveStack stack_of(const derive::Derived& derived);

// The cell that the picture is about.
struct ReceptiveFocus {
  std::size_t map = 0;
  std::int64_t y = 0;
  std::int64_t x = 0;
  std::int64_t n = 0;
  std::int64_t c = 0;    // of its own map
  bool pointed = false;  // by the pointer; else by the clock
};

// What is pointed at, in whichever map. Else the cell of the last map where the clock stands: at
// the same place as the clock's cell in the map that it counts; before the start, in the middle.
ReceptiveFocus focus_of(const session::Session& session, const ReceptiveStack& stack);

// The cells of map `map` that belong to the focus. Below it and in its own map one rectangle, which
// may reach into the padding; above it none, one or more.
struct ReceptiveRegions {
  std::vector<std::vector<conv::CellRect>> by_map;
};
ReceptiveRegions regions_of(const ReceptiveStack& stack, const ReceptiveFocus& focus);

}  // namespace convscope::picture::receptive_field
