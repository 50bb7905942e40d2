// What the parts of the receptive field view share while one frame is drawn.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/derive/derived.h"
#include "core/picture/kit/brush.h"
#include "core/picture/receptive_field/layout.h"
#include "core/picture/receptive_field/stack.h"

namespace convscope::picture::receptive_field {

// A line of the table: a word and a number for each map.
struct ReceptiveLine {
  std::string word;
  std::vector<std::string> by_map;
  bool strong = false;
};

struct ReceptiveStage {
  const session::Session& session;
  const derive::Derived& derived;
  const ReceptiveStack& stack;
  const ReceptiveFocus& focus;
  const ReceptiveRegions& regions;
  const ReceptiveLayout& layout;
  const std::vector<ReceptiveLine>& table;
};

// receptive_words.cpp
std::vector<ReceptiveLine> table_of(const kit::Brush& brush, const session::Session& session,
                                    const ReceptiveStack& stack);
void draw_table(kit::Brush& brush, const ReceptiveStage& stage);
void draw_sentence(kit::Brush& brush, const ReceptiveStage& stage);

// receptive_planes.cpp: maps, what the focus sees and who sees it, lines between them.
void draw_maps(kit::Brush& brush, const ReceptiveStage& stage);

}  // namespace convscope::picture::receptive_field
