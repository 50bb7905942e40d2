// What is shown of an axis that is longer than its room.
#pragma once

#include <algorithm>
#include <cstdint>

namespace convscope::picture::kit {

struct Page {
  std::int64_t first = 0;
  std::int64_t count = 0;

  std::int64_t end() const { return first + count; }
  bool holds(std::int64_t i) const { return i >= first && i < end(); }
  bool operator==(const Page&) const = default;
};

// `shown` of `total` places, turned like pages, so that nothing moves at most steps: the page with
// the `length` places from `at` on.
inline Page page_of(std::int64_t at, std::int64_t length, std::int64_t shown, std::int64_t total) {
  const std::int64_t count = std::clamp<std::int64_t>(shown, 0, total);
  const std::int64_t turn = std::max<std::int64_t>(1, count - length + 1);
  const std::int64_t first = std::max<std::int64_t>(at, 0) / turn * turn;
  return {std::min(first, total - count), count};
}

}  // namespace convscope::picture::kit
