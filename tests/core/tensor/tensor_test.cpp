#include "core/tensor/tensor.h"

#include <gtest/gtest.h>

#include <limits>

namespace convscope {
namespace {

TEST(Tensor, StoresRowsLastIndexFastest) {
  const Tensor tensor({1, 2, 2, 3}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
  EXPECT_EQ(tensor.at({0, 0, 1, 0}), 3);
  EXPECT_EQ(tensor.at({0, 1, 0, 2}), 8);
  EXPECT_EQ(offset_of(tensor.shape(), {0, 1, 1, 1}), 10);
}

TEST(Tensor, CopiesShareStorageAndWithDoesNotTouchIt) {
  const Tensor before({1, 1, 1, 3}, {1, 2, 3});
  const Tensor copy = before;
  const Tensor after = before.with({0, 0, 0, 1}, 9);
  EXPECT_TRUE(copy.shares_storage_with(before));
  EXPECT_FALSE(after.shares_storage_with(before));
  EXPECT_EQ(before.at({0, 0, 0, 1}), 2);
  EXPECT_EQ(after.at({0, 0, 0, 1}), 9);
}

TEST(Tensor, IdenticalComparesBitsAndShapes) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const Tensor row({1, 1, 1, 2}, {nan, 0.0F});
  EXPECT_TRUE(identical(row, Tensor({1, 1, 1, 2}, {nan, 0.0F})));
  EXPECT_FALSE(identical(row, Tensor({1, 1, 1, 2}, {nan, -0.0F})));
  EXPECT_FALSE(identical(row, Tensor({1, 1, 2, 1}, {nan, 0.0F})));
  EXPECT_TRUE(identical(Tensor(), Tensor()));
  EXPECT_TRUE(Tensor().empty());
}

TEST(Tensor, ContainsKnowsEverySide) {
  const Shape shape = {2, 3, 4, 5};
  EXPECT_TRUE(contains(shape, {1, 2, 3, 4}));
  for (const Index& outside : {Index{2, 0, 0, 0}, Index{0, 3, 0, 0}, Index{0, 0, 4, 0},
                               Index{0, 0, 0, 5}, Index{0, 0, 0, -1}, Index{-1, 0, 0, 0}}) {
    EXPECT_FALSE(contains(shape, outside));
  }
}

TEST(Tensor, ANameKnowsItsTensorAndHoldsNothing) {
  Tensor tensor({1, 1, 1, 2}, {1.0F, 2.0F});
  const TensorName name = tensor;
  EXPECT_EQ(name, TensorName(Tensor(tensor)));
  EXPECT_FALSE(name == TensorName(Tensor({1, 1, 1, 2}, {1.0F, 2.0F})));
  EXPECT_FALSE(name.expired());
  tensor = {};
  EXPECT_TRUE(name.expired());
  EXPECT_EQ(TensorName(), TensorName(Tensor()));
}

}  // namespace
}  // namespace convscope
