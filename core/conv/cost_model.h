// What each rung is expected to take for a layer: amounts of a few kinds of work, which follow from
// the shape, times what one of each takes. The prices were fitted to measurements
// (tools/fit_costs): on another machine the times differ, their order seldom does.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/conv/algorithm.h"
#include "core/conv/layer_spec.h"
#include "core/conv/rungs/correlation.h"

namespace convscope::conv {

// The columns of the table of prices.
enum class Work {
  kCall,     // once
  kVectors,  // multiply-adds of a vector of floats (or of doubles), incomplete ones too
  kCells,    // floats of the input copied, transposed or transformed
  kWeights,  // floats of the weight copied or transformed
  kResults,  // floats written, or transformed back
  kRows,     // tiles, or rows of tiles, begun: addresses, borders
  kFar,      // floats of operands beyond what a last-level cache keeps
};
inline constexpr std::size_t kWorkKinds = 7;

// The rows: a rung may compute a layer in one of several forms.
enum class Form {
  kExactSmall,
  kExactRows,
  kStencil,
  kStencilStrided,
  kPlanes,
  kSeparable,
  kFft,
  kWinograd,
  kBands,
  kPanels,
  kTransposedExact,
  kTransposedPhases,
  kTransposedScatter,
  kTransposedApart,
  kTransposedWinograd,
};
inline constexpr std::size_t kForms = 15;
std::string_view name_of(Form form);

struct Cost {
  Form form = Form::kExactSmall;
  std::array<double, kWorkKinds> amounts{};

  double& of(Work work) { return amounts[static_cast<std::size_t>(work)]; }
  // On one thread of the machine that the prices are from.
  double nanoseconds() const;
};

// nullopt where the rung can't compute the layer at all. A kernel of rank 1 is assumed.
std::optional<Cost> cost_of(Algorithm algorithm, const rungs::Windows& windows);
// Of the transpose of these windows, with a stride.
std::optional<Cost> transposed_cost(Algorithm algorithm, const rungs::Windows& windows);
// The windows of the correlation that computes a layer in one piece; none for a transposed layer
// with a stride.
std::optional<rungs::Windows> correlated_windows(const LayerSpec& spec, const Shape& input);

// Whether Winograd sums enough products for its error (winograd_cost.cpp) to be worth it.
bool winograd_is_accurate(const LayerSpec& spec, const Shape& input);

// Of the layer: a convolution, or a transposed one.
std::optional<Cost> cost_of(Algorithm algorithm, const LayerSpec& spec, const Shape& input);

}  // namespace convscope::conv
