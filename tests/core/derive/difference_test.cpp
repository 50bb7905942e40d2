#include "core/derive/difference.h"

#include <gtest/gtest.h>

#include "core/tensor/random.h"

namespace convscope::derive {
namespace {

LayerMap map_of(Tensor values) {
  LayerMap map;
  map.values = std::move(values);
  return map;
}

TEST(Differences, AreTakenValueByValue) {
  Differences differences;
  const Tensor d =
      differences
          .of(map_of(Tensor({1, 1, 1, 3}, {5, 1, 2})), map_of(Tensor({1, 1, 1, 3}, {2, 4, 2})))
          .map;
  EXPECT_TRUE(identical(d, Tensor({1, 1, 1, 3}, {3, -3, 0})));
  EXPECT_TRUE(differences.of(map_of(d), map_of(Tensor({1, 1, 3, 1}, {1, 2, 3}))).map.empty());
  EXPECT_TRUE(differences.of({}, {}).map.empty());
}

// In pieces, on several threads, to the last value.
TEST(Differences, OfALargeMapNoValueIsForgotten) {
  const Tensor a = random_tensor({1, 2, 301, 503}, {.seed = 1});
  const Tensor b = random_tensor({1, 2, 301, 503}, {.seed = 2});
  const Tensor d = Differences().of(map_of(a), map_of(b)).map;
  for (std::size_t i = 0; i < a.values().size(); ++i) {
    ASSERT_EQ(d.values()[i], a.values()[i] - b.values()[i]) << i;
  }
}

TEST(Differences, MemoryIsUsedAgainOnlyWhenNobodyHoldsIt) {
  Differences differences;
  const Tensor a({1, 1, 1, 2}, {5, 1});
  const Tensor b({1, 1, 1, 2}, {2, 4});
  Tensor first = differences.of(map_of(a), map_of(b)).map;
  const float* where = first.data();
  const Tensor second = differences.of(map_of(b), map_of(a)).map;
  EXPECT_NE(second.data(), where);
  EXPECT_EQ(first.at({0, 0, 0, 0}), 3);
  const TensorName name = first;
  first = {};
  const Tensor third = differences.of(map_of(a), map_of(a)).map;
  EXPECT_EQ(third.data(), where);
  EXPECT_FALSE(name == TensorName(third));  // what was painted of the first is not taken for it
  EXPECT_EQ(second.at({0, 0, 0, 0}), -3);
}

}  // namespace
}  // namespace convscope::derive
