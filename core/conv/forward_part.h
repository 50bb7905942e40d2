// A part of a feature map: after a change of a few cells of the input, the rest is as it was.
#pragma once

#include <optional>

#include "core/conv/area.h"
#include "core/conv/conv2d.h"

namespace convscope::conv {

// The smallest area of the map with all cells that read the given area of the input, with every
// padding, stride and dilation.
Area area_that_reads(const LayerSpec& spec, const Shape& input, const Area& area);

// `area`, or the whole rows that have it, if they can be computed alone with the bits that they
// have in the whole map on this rung (forward_algorithm(); nullopt for a layer without weights).
// nullopt: only the whole map can be computed. An empty area needs no computation.
std::optional<Area> area_that_stands_alone(const TensorView& weight, const LayerSpec& spec,
                                           const Shape& input, const Area& area,
                                           const std::optional<Algorithm>& algorithm);

// An area, (N, K, area.h, area.w), which must stand alone and not be empty; run.algorithm is the
// rung. Nothing if a value is not finite: the whole map is then left to the exact rung. Empty if
// cancelled.
std::optional<Tensor> forward_part(const Tensor& input, const Tensor& weight, const Tensor& bias,
                                   const LayerSpec& spec, const Area& area, const RunOptions& run);

}  // namespace convscope::conv
