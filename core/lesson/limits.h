// How large a layer may be. Checked before memory is allocated, wherever a document comes from.
#pragma once

#include <cstdint>
#include <vector>

#include "core/conv/layer_spec.h"
#include "core/tensor/problem.h"

namespace convscope::lesson {

inline constexpr std::int64_t kMaxTensorValues = std::int64_t{1} << 28;
inline constexpr std::int64_t kMaxWeights = std::int64_t{1} << 24;
// Of a scene's input, weights and maps together, which the window keeps all; and of everything that
// a lesson file names: 2 GiB each.
inline constexpr std::int64_t kMaxSceneValues = std::int64_t{1} << 29;
inline constexpr std::int64_t kMaxDocumentValues = std::int64_t{1} << 29;
inline constexpr std::int64_t kMaxTrainingSteps = 10'000;

// a·b·c·d of a shape, capped at the largest integer; 0 if any side is not positive.
std::int64_t saturating_count(const Shape& shape);

// problems(spec, input), and then whether weights and feature maps stay within these limits, which
// are tighter than those of the arithmetic: a document is kept in memory and edited.
std::vector<Problem> layer_problems(const conv::LayerSpec& spec, const Shape& input);

// The same for a chain: `kept` are the values that the scene holds before this layer, then also
// those of the layer. Beyond kMaxSceneValues the problem is "scene_too_large".
std::vector<Problem> layer_problems(const conv::LayerSpec& spec, const Shape& input,
                                    std::int64_t& kept);

}  // namespace convscope::lesson
