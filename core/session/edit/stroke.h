// Stroke: the cells that a round brush covers on its way from one cell to another.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/tensor/tensor.h"

namespace convscope::session {

inline constexpr std::int64_t kMostBrushSize = 256;
// More cells than this are no stroke of a hand; a longer one comes in pieces.
inline constexpr std::int64_t kMostStroke = std::int64_t{1} << 18;

struct Stroke {
  Index from;
  Index to;                   // in the same plane; n and c are those of `from`
  std::int64_t size = 1;      // diameter in cells, put between 1 and kMostBrushSize
  bool all_channels = false;  // else the plane of `from` alone
};

// The cells inside `shape`, row by row; nothing if they are more than kMostStroke.
std::optional<std::vector<Index>> cells_of(const Stroke& stroke, const Shape& shape);

}  // namespace convscope::session
