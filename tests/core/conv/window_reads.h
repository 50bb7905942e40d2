// What every window of a layer reads, determined by step_at() alone: the slow reference for counts
// and fields.
#pragma once

#include <map>
#include <set>
#include <utility>

#include "core/conv/analysis/step.h"
#include "tests/core/conv/random_layer.h"

namespace convscope::conv {

using Cell = std::pair<std::int64_t, std::int64_t>;  // y, x

struct Reads {
  std::set<Cell> cells;  // of the layer's input, copies included
  std::set<Cell> taps;   // that read one of these
  std::set<Cell> stage;  // all cells of the window on the equivalent input, zeros included
};

// By output cell, of all maps together.
inline std::map<Cell, Reads> window_reads(const RandomLayer& layer) {
  std::map<Cell, Reads> windows;
  const Shape output = output_shape(layer.spec, layer.input_shape);
  for (std::int64_t p = 0; p < output.count(); ++p) {
    const Step step = step_at(layer.input, layer.weight, layer.bias, layer.spec, p);
    Reads& reads = windows[{step.output_at.y, step.output_at.x}];
    for (const Term& term : step.terms) {
      reads.stage.insert({term.input_at.y, term.input_at.x});
      if (term.has_source) {
        reads.cells.insert({term.source.y, term.source.x});
        reads.taps.insert({term.weight_at.y, term.weight_at.x});
      }
    }
  }
  return windows;
}

}  // namespace convscope::conv
