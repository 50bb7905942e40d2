#include "core/conv/padding.h"

#include <gtest/gtest.h>

namespace convscope::conv {
namespace {

// The cells of abc (0 1 2) at -2 ... 4, as documented for torch.nn.functional.pad.
std::vector<std::int64_t> around(std::int64_t size, PaddingMode mode) {
  std::vector<std::int64_t> cells;
  for (std::int64_t i = -2; i < size + 2; ++i) {
    cells.push_back(source_index(i, size, mode).value_or(-1));
  }
  return cells;
}

using Cells = std::vector<std::int64_t>;

TEST(Padding, Zeros) {
  EXPECT_EQ(around(3, PaddingMode::kZeros), (Cells{-1, -1, 0, 1, 2, -1, -1}));
}

TEST(Padding, ReflectDoesNotRepeatTheEdge) {
  EXPECT_EQ(around(3, PaddingMode::kReflect), (Cells{2, 1, 0, 1, 2, 1, 0}));
}

TEST(Padding, Replicate) {
  EXPECT_EQ(around(3, PaddingMode::kReplicate), (Cells{0, 0, 0, 1, 2, 2, 2}));
}

TEST(Padding, CircularWrapsAround) {
  EXPECT_EQ(around(3, PaddingMode::kCircular), (Cells{1, 2, 0, 1, 2, 0, 1}));
}

TEST(Padding, OneCellShowsItselfEverywhere) {
  for (const auto mode : {PaddingMode::kReflect, PaddingMode::kReplicate, PaddingMode::kCircular}) {
    EXPECT_EQ(around(1, mode), (Cells{0, 0, 0, 0, 0}));
  }
}

}  // namespace
}  // namespace convscope::conv
