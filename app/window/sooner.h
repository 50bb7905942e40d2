// The sooner of two waits in seconds; nothing: for ever.
#pragma once

#include <algorithm>
#include <optional>

namespace convscope::window {

inline std::optional<double> sooner(std::optional<double> a, std::optional<double> b) {
  return a && b ? std::min(a, b) : a ? a : b;
}

}  // namespace convscope::window
