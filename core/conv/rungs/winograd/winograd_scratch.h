// The block size for Winograd's rungs: as large as is fast and as their scratch memory allows.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// make_plan(most tiles of a block), with the largest blocks that leave room for one thread; nullopt
// if none do. plan.room(floats): the number of threads that fit in this many floats.
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

}  // namespace convscope::conv::rungs
