#include "core/lesson/edits.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace convscope::lesson {
namespace {

constexpr Shape kShape = {1, 2, 9, 11};

std::map<Index, float> cells_of(const Edits& edits) {
  std::map<Index, float> cells;
  for (const auto [at, value] : edits) {
    cells[at] = value;
  }
  return cells;
}

// Against a map, which is slower and plainly right.
TEST(Edits, HoldWhatWasPaintedLast) {
  std::mt19937 random(1);
  const auto below = [&](std::int64_t count) {
    return static_cast<std::int64_t>(random()) % count;
  };
  const Tensor base(kShape, std::vector<float>(static_cast<std::size_t>(kShape.count()), 0.0F));
  Edits edits;
  std::map<Index, float> expected;
  for (int round = 0; round < 300; ++round) {
    const Edits before = edits;
    const std::map<Index, float> expected_before = expected;
    std::map<Index, float> covered;
    for (std::int64_t i = below(9); i >= 0; --i) {
      covered[{0, below(2), below(9), below(11)}] = 0;
    }
    std::vector<Index> cells;
    const auto value = static_cast<float>(below(3));  // 0 takes an edit away
    conv::Area area;
    for (const auto& [at, unused] : covered) {
      cells.push_back(at);
      const auto old = expected.find(at);
      const float was = old != expected.end() ? old->second : 0;
      area = was == value ? area : joined(area, {at.y, at.x, 1, 1});
      if (value == 0) {
        expected.erase(at);
      } else {
        expected[at] = value;
      }
    }
    edits.paint(cells, value, base);
    ASSERT_EQ(cells_of(edits), expected);
    ASSERT_EQ(edits.size(), expected.size());
    ASSERT_EQ(edits, Edits(expected));
    ASSERT_EQ(edits == before, expected == expected_before);
    ASSERT_EQ(cells_of(before), expected_before) << "an older version changed";
    ASSERT_EQ(differing_area(before, edits), area);
    ASSERT_EQ(differing_area(edits, before), area);
  }
}

TEST(Edits, TellZeroFromMinusZero) {
  const Tensor base({1, 1, 1, 2}, std::vector<float>{0, 1});
  Edits edits;
  const Index first{0, 0, 0, 0};
  edits.paint(std::span(&first, 1), 0, base);
  EXPECT_TRUE(edits.empty());
  edits.paint(std::span(&first, 1), -0.0F, base);
  EXPECT_EQ(edits.size(), 1U);
  Edits positive;
  positive.set(first, 0);
  EXPECT_FALSE(edits == positive);
}

TEST(Edits, OutsideASmallerTensorAreForgotten) {
  Edits edits;
  edits.set({0, 1, 2, 3}, 5);
  edits.set({0, 0, 2, 3}, 6);
  edits.set({0, 0, 2, 1}, 7);
  edits.keep_inside({1, 1, 3, 3});
  EXPECT_EQ(cells_of(edits), (std::map<Index, float>{{{0, 0, 2, 1}, 7.0F}}));
  EXPECT_EQ(edits.at({0, 0, 2, 1}), 7);
  EXPECT_EQ(edits.at({0, 0, 2, 3}), std::nullopt);
}

}  // namespace
}  // namespace convscope::lesson
