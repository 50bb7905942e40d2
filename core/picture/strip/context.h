// What the parts of the strip view share while one frame is drawn.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/picture/kit/value_cell.h"
#include "core/picture/step/window_scene.h"
#include "core/picture/strip/layout.h"

namespace convscope::picture::strip {

// The row of the input that is shown, and the filter's row above it.
struct StripRow {
  std::int64_t channel = 0;        // of the input
  std::int64_t group_channel = 0;  // the same within its group
  std::int64_t tap = 0;            // row of the filter
  std::int64_t stage_y = 0;
  std::optional<std::int64_t> source_y;  // nothing in a row of zeros
};

struct StripNumbers {
  kit::NumberFit input;
  kit::NumberFit weight;
  kit::NumberFit output;
};

struct Context {
  const step::WindowScene& scene;
  const std::vector<StripRule>& rules;
  const Layout& layout;
  StripRow row;
  StripNumbers numbers = {};

  const derive::LayerResult& layer() const { return scene.layer; }
  const step::Moment& moment() const { return scene.moment; }
  const conv::Step& step() const { return scene.moment.step; }
};

StripRow strip_row(const step::WindowScene& scene);

// What stands at a stage cell of the row, under one rule.
struct StripCell {
  std::optional<Index> source;  // the layer's own cell
  bool padding = false;
  float value = 0;
};
StripCell strip_cell(const Context& context, const StripRule& rule, std::int64_t stage_x);
// The weight of a tap, in the layer's own tensor.
Index strip_weight(const Context& context, std::int64_t tap);
// Output cell of a window, in the current map.
Index strip_output(const Context& context, std::int64_t window);
// Windows whose outputs are in sight.
kit::Page windows_in_sight(const Context& context, const StripRule& rule);

// cells.cpp: rows of cells.
StripNumbers fit_numbers(const kit::Canvas& canvas, const Context& context);
void draw_inputs(kit::Canvas& canvas, const Context& context, std::size_t panel);
void draw_weights(kit::Canvas& canvas, const Context& context, std::size_t panel);
void draw_outputs(kit::Canvas& canvas, const Context& context, std::size_t panel);

// brackets.cpp: a bracket for each window, and the way to its output.
void draw_brackets(kit::Canvas& canvas, const Context& context, std::size_t panel);
// Whether the pointer is on something that a window reads or gives.
bool is_lit_window(const Context& context, const StripRule& rule, std::int64_t window);
Rect strip_output_rect(const Context& context, std::size_t panel, std::int64_t window);

// labels.cpp: names, formulas, what is dropped.
float row_labels_width(const kit::Canvas& canvas, const step::WindowScene& scene);
void draw_labels(kit::Canvas& canvas, const Context& context, std::size_t panel);
void draw_note(kit::Canvas& canvas, const Context& context);

}  // namespace convscope::picture::strip
