#include "core/tensor/shared.h"

#include <gtest/gtest.h>

#include <vector>

namespace convscope {
namespace {

// Counts how often values were compared.
struct Counted {
  int value = 0;
  int* comparisons = nullptr;

  bool operator==(const Counted& other) const {
    ++*comparisons;
    return value == other.value;
  }
};

TEST(Shared, CopiesAreEqualWithoutComparingValues) {
  int comparisons = 0;
  const Shared<Counted> one = Counted{1, &comparisons};
  const Shared<Counted> copy = one;
  EXPECT_TRUE(one == copy);
  EXPECT_EQ(comparisons, 0);
  EXPECT_TRUE(one == Shared<Counted>(Counted{1, &comparisons}));
  EXPECT_TRUE(one != Shared<Counted>(Counted{2, &comparisons}));
  EXPECT_EQ(comparisons, 2);
}

TEST(Shared, AChangeLeavesTheCopiesAlone) {
  Shared<std::vector<int>> numbers = std::vector<int>{1, 2};
  const Shared<std::vector<int>> before = numbers;
  numbers.change([](std::vector<int>& values) { values.push_back(3); });
  EXPECT_EQ(*numbers, (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(*before, (std::vector<int>{1, 2}));
  EXPECT_TRUE(numbers != before);
}

TEST(Shared, ADefaultOneHoldsTheInitialValueThatAllShare) {
  const Shared<std::vector<int>> one;
  EXPECT_TRUE(one->empty());
  EXPECT_EQ(&*one, &*Shared<std::vector<int>>());
}

}  // namespace
}  // namespace convscope
