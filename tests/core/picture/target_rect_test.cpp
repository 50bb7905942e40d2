#include "core/picture/display/target_rect.h"

#include <gtest/gtest.h>

namespace convscope::picture {
namespace {

TensorGrid grid_of(session::TensorRole role, const Rect& rect) {
  TensorGrid grid;
  grid.rect = rect;
  grid.visible = rect;
  grid.tensor = Tensor({1, 1, 2, 4}, std::vector<float>(8));
  grid.role = role;
  return grid;
}

TEST(TargetRect, FindsACellOfAGrid) {
  Picture picture;
  picture.records.push_back(grid_of(session::TensorRole::kInput, {10, 20, 40, 20}));
  const auto rect = target_rect(picture, {session::TensorRole::kInput, {0, 0, 1, 2}});
  ASSERT_TRUE(rect);
  EXPECT_EQ(*rect, (Rect{30, 30, 10, 10}));
}

TEST(TargetRect, KnowsNothingOfOtherTensorsAndCells) {
  Picture picture;
  picture.records.push_back(grid_of(session::TensorRole::kInput, {10, 20, 40, 20}));
  EXPECT_FALSE(target_rect(picture, {session::TensorRole::kWeight, {0, 0, 1, 2}}));
  EXPECT_FALSE(target_rect(picture, {session::TensorRole::kInput, {0, 0, 2, 0}}));
  EXPECT_FALSE(target_rect(picture, {session::TensorRole::kInput, {0, 1, 0, 0}}));
}

TEST(TargetRect, PrefersTheGridToATermOfTheSum) {
  const session::Target target{session::TensorRole::kWeight, {0, 0, 0, 0}};
  Picture picture;
  picture.records.push_back(grid_of(session::TensorRole::kWeight, {0, 0, 40, 20}));
  Text term;
  term.target = target;
  term.target_rect = {200, 300, 30, 12};
  picture.records.push_back(term);
  EXPECT_EQ(target_rect(picture, target), (Rect{0, 0, 10, 10}));
}

TEST(TargetRect, FallsBackToABox) {
  const session::Target target{session::TensorRole::kBias, {0, 0, 0, 3}};
  Picture picture;
  Box box;
  box.rect = {1, 2, 3, 4};
  box.target = target;
  picture.records.push_back(box);
  EXPECT_EQ(target_rect(picture, target), (Rect{1, 2, 3, 4}));
}

}  // namespace
}  // namespace convscope::picture
