// What the parts of the receptive field view share while one frame is drawn.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/lesson/derived.h"
#include "core/picture/brush.h"
#include "core/picture/receptive_layout.h"
#include "core/picture/receptive_stack.h"

namespace convscope {

// A line of the table: a word and a number for each map.
struct ReceptiveLine {
  std::string word;
  std::vector<std::string> by_map;
  bool strong = false;
};

struct ReceptiveStage {
  const Session& session;
  const Derived& derived;
  const ReceptiveStack& stack;
  const ReceptiveFocus& focus;
  const ReceptiveRegions& regions;
  const ReceptiveLayout& layout;
  const std::vector<ReceptiveLine>& table;
};

// receptive_words.cpp
std::vector<ReceptiveLine> table_of(const Brush& brush, const Session& session,
                                    const ReceptiveStack& stack);
void draw_table(Brush& brush, const ReceptiveStage& stage);
void draw_sentence(Brush& brush, const ReceptiveStage& stage);

// receptive_planes.cpp: maps, what the focus sees and who sees it, lines between them.
void draw_maps(Brush& brush, const ReceptiveStage& stage);

}  // namespace convscope
