// A scene as the writers of programs need it: names that a program can use, shapes, and every
// padding as numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/conv/layer_spec.h"
#include "core/lesson/lesson.h"
#include "core/tensor/problem.h"

namespace convscope::code {

struct PlannedLayer {
  std::string name;      // an identifier, none twice in a program
  lesson::Layer layer;   // as the lesson has it, but for its name
  conv::LayerSpec spec;  // fitted, its padding explicit
  Shape input;
  Shape output;
  Tensor weight;  // empty without weights
  Tensor bias;
  std::string weight_name;
  std::string bias_name;
  // How far the last windows of ceil_mode reach beyond the padding.
  conv::Size2 overhang = {0, 0};
  bool last = false;

  bool line() const { return layer.one_dimensional; }
  // The padding with what hangs over.
  conv::Pads reach_pads() const;
  // What every sum of an average pool is divided by; 0: it differs from window to window.
  std::int64_t divisor() const;
  bool unfolds() const { return spec.op == conv::Op::kUnfold; }
};

struct Plan {
  std::string title;  // one line
  std::string input_name;
  Tensor input;
  bool one_dimensional = false;
  std::vector<PlannedLayer> layers;
  // What a text about one moment is about.
  std::size_t layer = 0;
  std::int64_t position = 0;
};

// Of a scene of the lesson, counted from 0, without problems.
Plan plan_of(const lesson::Lesson& lesson, std::size_t scene, lesson::Language language);

// Whether something of the plan holds more values than `limit`: "code_too_large".
std::optional<Problem> too_large(const Plan& plan, std::int64_t limit);

// (N, C, H, W); without the height in one dimension.
std::vector<std::int64_t> dimensions(const Shape& shape, bool one_dimensional);
// Of a layer's output as the window prints it: of an unfold (N, C·kh·kw, L) where it is the last.
std::vector<std::int64_t> output_dimensions(const PlannedLayer& layer);

// A map of ones with zeros around it: sums of its windows are how many cells count in the windows
// of an average pool.
struct CountedCells {
  Shape ones;
  conv::Pads around;
};
CountedCells counted_cells(const PlannedLayer& layer);

// How many cells of each window of an average pool count, down and across.
struct WindowCounts {
  std::vector<std::int64_t> rows;
  std::vector<std::int64_t> columns;
};
WindowCounts window_counts(const PlannedLayer& layer);

}  // namespace convscope::code
