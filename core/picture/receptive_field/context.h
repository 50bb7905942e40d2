// What the parts of the receptive field view share while one frame is drawn.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/derive/derived.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/receptive_field/layout.h"
#include "core/picture/receptive_field/stack.h"

namespace convscope::picture::receptive_field {

// A line of the table: a word and a number for each map.
struct ReceptiveLine {
  std::string word;
  std::vector<std::string> by_map;
  int order = 0;  // where the stage is low, lines go in this order; 0: stays
  bool strong = false;
};

struct Context {
  const session::Session& session;
  const derive::Derived& derived;
  const ReceptiveStack& stack;
  const ReceptiveFocus& focus;
  const ReceptiveRegions& regions;
  const Layout& layout;
  const std::vector<ReceptiveLine>& table;
};

// labels.cpp
std::vector<ReceptiveLine> table_of(const kit::Canvas& canvas, const session::Session& session,
                                    const ReceptiveStack& stack);
// Leaves out all but `lines` of them.
void shorten(std::vector<ReceptiveLine>& table, std::size_t lines);
void draw_table(kit::Canvas& canvas, const Context& context);
void draw_sentence(kit::Canvas& canvas, const Context& context);

// planes.cpp: maps, what the focus sees and who sees it, lines between them.
void draw_maps(kit::Canvas& canvas, const Context& context);

}  // namespace convscope::picture::receptive_field
