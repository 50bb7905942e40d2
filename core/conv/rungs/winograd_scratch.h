// How large the blocks of Winograd's rungs are: as large as is fast, and as their scratch memory
// allows.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "core/conv/rungs/correlation.h"

namespace convscope {

// The floats that a rung may take as scratch memory: four times its operands, and a little.
inline std::int64_t most_scratch(const Windows& w) {
  constexpr std::int64_t kLittle = std::int64_t{1} << 15;
  const std::int64_t input = w.batch * w.groups * w.channels * w.input.h * w.input.w;
  const std::int64_t weight = w.groups * w.filters * w.taps();
  const std::int64_t output = w.batch * w.groups * w.filters * w.output.h * w.output.w;
  return 4 * (input + weight + output) + kLittle;
}

// make_plan(most tiles of a block), with the largest blocks that leave room for one thread; nothing
// where none do. plan.room(floats): the threads that so many floats are enough for.
template <typename MakePlan>
auto largest_plan(const Windows& windows, const MakePlan& make_plan) {
  constexpr std::int64_t kBlockTiles = 64;  // keeps their values in the second-level cache
  for (std::int64_t tiles = kBlockTiles; tiles > 0; tiles /= 2) {
    auto plan = make_plan(tiles);
    if (plan.room(most_scratch(windows)) > 0) {
      return std::optional(std::move(plan));
    }
  }
  return decltype(std::optional(make_plan(kBlockTiles)))();
}

}  // namespace convscope
