// How far the sum of a position has come: a window's products, or those of a stamp.
#pragma once

#include <cstdint>

#include "core/session/timeline.h"

namespace convscope::picture::step {

struct Summing {
  std::int64_t shown = 0;         // products spelled out so far
  std::int64_t active_part = -1;  // the channel or map in progress; -1: none in particular
  std::int64_t active_term = -1;  // the product being made; -1: none in particular
};

// How far the window, or the frame around a cell, is on its way to its place: 0..1.
double arrival(const session::Beat& beat);

// `terms` products in all, `per_part` of them in each channel or map.
Summing summing_at(const session::Timeline& timeline, const session::Beat& beat,
                   session::Granularity granularity, std::int64_t terms, std::int64_t per_part);

}  // namespace convscope::picture::step
