#include "core/derive/difference.h"

#include <gtest/gtest.h>

#include "core/tensor/random.h"

namespace convscope::derive {
namespace {

TEST(Differences, AreTakenValueByValue) {
  Differences differences;
  const Tensor d = differences.of(Tensor({1, 1, 1, 3}, {5, 1, 2}), Tensor({1, 1, 1, 3}, {2, 4, 2}));
  EXPECT_TRUE(identical(d, Tensor({1, 1, 1, 3}, {3, -3, 0})));
  EXPECT_TRUE(differences.of(d, Tensor({1, 1, 3, 1}, {1, 2, 3})).empty());
  EXPECT_TRUE(differences.of(Tensor(), Tensor()).empty());
}

// In pieces, on several threads, to the last value.
TEST(Differences, OfALargeMapNoValueIsForgotten) {
  const Tensor a = random_tensor({1, 2, 301, 503}, {.seed = 1});
  const Tensor b = random_tensor({1, 2, 301, 503}, {.seed = 2});
  const Tensor d = Differences().of(a, b);
  for (std::size_t i = 0; i < a.values().size(); ++i) {
    ASSERT_EQ(d.values()[i], a.values()[i] - b.values()[i]) << i;
  }
}

TEST(Differences, MemoryIsUsedAgainOnlyWhenNobodyHoldsIt) {
  Differences differences;
  const Tensor a({1, 1, 1, 2}, {5, 1});
  const Tensor b({1, 1, 1, 2}, {2, 4});
  Tensor first = differences.of(a, b);
  const float* where = first.data();
  const Tensor second = differences.of(b, a);
  EXPECT_NE(second.data(), where);
  EXPECT_EQ(first.at({0, 0, 0, 0}), 3);
  const TensorName name = first;
  first = {};
  const Tensor third = differences.of(a, a);
  EXPECT_EQ(third.data(), where);
  EXPECT_FALSE(name == TensorName(third));  // what was painted of the first is not taken for it
  EXPECT_EQ(second.at({0, 0, 0, 0}), -3);
}

}  // namespace
}  // namespace convscope::derive
