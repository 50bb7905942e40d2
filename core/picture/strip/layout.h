// Where the strip view puts things: one panel a rule, each with a row of input cells, brackets
// below it, and the outputs below them. Pure arithmetic.
#pragma once

#include <cstdint>
#include <vector>

#include "core/picture/display/picture.h"
#include "core/picture/kit/page.h"
#include "core/picture/strip/rules.h"
#include "core/session/session.h"

namespace convscope::picture::strip {

struct StripPanel {
  float heading = 0;  // baselines
  float names = 0;
  float weights = 0;  // tops of the rows
  float cells = 0;
  float brackets = 0;
  float outputs = 0;
};

struct Layout {
  kit::Page shown = {};     // of all rules' cells, counted from `first`
  std::int64_t first = 0;   // the leftmost stage cell of any rule
  std::int64_t total = 0;   // cells from there to the rightmost
  std::int64_t levels = 1;  // brackets below each other, so that they don't touch
  float left = 0;           // x of stage cell 0
  float cell = 0;           // its side in pixels
  float weight_height = 0;
  float level_height = 0;
  float note = 0;          // baseline of the line below the panels
  float caption_size = 0;  // pixels per em
  float label_size = 0;
  std::vector<StripPanel> panels = {};  // as the rules

  float x(double stage_cell) const { return left + static_cast<float>(stage_cell) * cell; }
  Rect cell_at(std::int64_t stage_cell, float top) const {
    return {x(static_cast<double>(stage_cell)), top, cell, cell};
  }
  kit::Page stage_cells() const { return {shown.first + first, shown.count}; }
  bool is_cut() const { return shown.count < total; }
  // Everything below and above the shown cells.
  Rect column(const Rect& main) const {
    return {x(static_cast<double>(shown.first + first)), main.y,
            static_cast<float>(shown.count) * cell, main.h};
  }
};

// `window`: the stage cell that the current window begins at. `labels`: the width that the names
// of the rows need left of them. `weighted`: whether there is a filter to show.
struct StripContent {
  std::int64_t window = 0;
  float labels = 0;
  bool weighted = true;
  bool note = false;
};

Layout lay_out(const std::vector<StripRule>& rules, const StripContent& content, const Rect& main,
               float scale, float text_scale, const session::Camera& camera);

}  // namespace convscope::picture::strip
