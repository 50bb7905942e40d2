#include "core/picture/display/picture.h"

#include <gtest/gtest.h>

#include "core/picture/display/grid_at.h"

namespace convscope::picture {
namespace {

session::Target target_at(std::int64_t x) { return {session::TensorRole::kWeight, {0, 0, 0, x}}; }

Box box_at(const Rect& rect, std::int64_t x) {
  Box box;
  box.rect = rect;
  box.target = target_at(x);
  return box;
}

Picture picture_of(std::vector<Record> records) {
  Picture picture;
  picture.width = 100;
  picture.height = 100;
  picture.records = std::move(records);
  return picture;
}

TensorGrid grid_2x4() {
  TensorGrid grid;
  grid.rect = {10, 20, 40, 20};  // cells of 10 by 10
  grid.visible = grid.rect;
  grid.tensor = Tensor({2, 3, 2, 4}, std::vector<float>(48));
  grid.n = 1;
  grid.c = 2;
  grid.role = session::TensorRole::kOutput;
  return grid;
}

TEST(Hit, NothingIsThere) {
  EXPECT_EQ(hit(Picture{}, {1, 1}), std::nullopt);
  EXPECT_EQ(hit(picture_of({box_at({0, 0, 10, 10}, 1)}), {10, 5}), std::nullopt);
}

TEST(Hit, TopmostFirst) {
  const Picture picture =
      picture_of({box_at({0, 0, 20, 20}, 1), box_at({10, 0, 20, 20}, 2), Box{{0, 0, 99, 99}}});
  EXPECT_EQ(hit(picture, {5, 5}), target_at(1));
  EXPECT_EQ(hit(picture, {15, 5}), target_at(2));
}

TEST(Hit, ClipsNestAndEnd) {
  const Picture picture =
      picture_of({ClipBegin{{0, 0, 10, 100}}, ClipBegin{{0, 0, 100, 10}}, box_at({0, 0, 50, 50}, 1),
                  ClipEnd{}, box_at({0, 20, 50, 10}, 2), ClipEnd{}, box_at({40, 40, 10, 10}, 3)});
  EXPECT_EQ(hit(picture, {5, 5}), target_at(1));
  EXPECT_EQ(hit(picture, {15, 5}), std::nullopt);
  EXPECT_EQ(hit(picture, {5, 15}), std::nullopt);
  EXPECT_EQ(hit(picture, {5, 25}), target_at(2));
  EXPECT_EQ(hit(picture, {15, 25}), std::nullopt);
  EXPECT_EQ(hit(picture, {45, 45}), target_at(3));
}

TEST(Hit, TextAnswersInItsRectangle) {
  Text text;
  text.at = {50, 50};
  text.target = target_at(4);
  text.target_rect = {40, 40, 20, 12};
  EXPECT_EQ(hit(picture_of({text}), {41, 41}), target_at(4));
  EXPECT_EQ(hit(picture_of({text}), {50, 53}), std::nullopt);
}

TEST(Hit, PolygonOfEitherWinding) {
  Polygon triangle;
  triangle.points = {{0, 0}, {20, 0}, {0, 20}};
  triangle.target = target_at(5);
  Polygon reversed = triangle;
  std::swap(reversed.points[1], reversed.points[2]);
  for (const Polygon& polygon : {triangle, reversed}) {
    EXPECT_EQ(hit(picture_of({polygon}), {5, 5}), target_at(5));
    EXPECT_EQ(hit(picture_of({polygon}), {15, 15}), std::nullopt);
    EXPECT_EQ(hit(picture_of({polygon}), {-1, 5}), std::nullopt);
  }
}

TEST(Hit, GridAnswersWithItsCell) {
  const Picture picture = picture_of({grid_2x4()});
  EXPECT_EQ(hit(picture, {10, 20}), (session::Target{session::TensorRole::kOutput, {1, 2, 0, 0}}));
  EXPECT_EQ(hit(picture, {49.9F, 39.9F}),
            (session::Target{session::TensorRole::kOutput, {1, 2, 1, 3}}));
  EXPECT_EQ(hit(picture, {31, 29}), (session::Target{session::TensorRole::kOutput, {1, 2, 0, 2}}));
  EXPECT_EQ(hit(picture, {50, 30}), std::nullopt);
}

TEST(Hit, EmptyCellsOfAGridAnswerHiddenOnesDoNot) {
  TensorGrid grid = grid_2x4();
  grid.revealed = 0;
  grid.visible = {10, 20, 20, 20};
  EXPECT_EQ(hit(picture_of({grid}), {25, 35}),
            (session::Target{session::TensorRole::kOutput, {1, 2, 1, 1}}));
  EXPECT_EQ(hit(picture_of({grid}), {35, 35}), std::nullopt);
}

TEST(Hit, GridOfAHugePlane) {
  TensorGrid grid;
  grid.rect = {-400000, -300000, 800000, 600000};  // cells of 100 by 100
  grid.visible = {0, 0, 1000, 1000};
  grid.tensor = Tensor({1, 1, 6000, 8000}, std::vector<float>(48'000'000));
  EXPECT_EQ(hit(picture_of({grid}), {250, 50}),
            (session::Target{session::TensorRole::kInput, {0, 0, 3000, 4002}}));
}

TEST(Hit, GridWithoutATensor) {
  TensorGrid grid;
  grid.rect = grid.visible = {0, 0, 10, 10};
  EXPECT_EQ(hit(picture_of({grid}), {5, 5}), std::nullopt);
}

TEST(CellAt, IsWhereTheTargetIsThatIsHit) {
  Picture picture;
  const session::Target cell{session::TensorRole::kWeight, {0, 0, 0, 0}};
  const session::Target far{session::TensorRole::kOutput, {0, 0, 0, 0}};
  picture.records.push_back(Box{.rect = {0, 0, 10, 10}, .target = cell});
  picture.records.push_back(ClipBegin{{20, 0, 10, 10}});
  picture.records.push_back(Box{.rect = {0, 0, 40, 10}, .target = far});  // cut off at 5
  picture.records.push_back(ClipEnd{});
  EXPECT_EQ(hit(picture, {5, 5}), cell);
  ASSERT_TRUE(cell_at(picture, {5, 5}));
  EXPECT_FLOAT_EQ(cell_at(picture, {5, 5})->w, 10);
  EXPECT_FLOAT_EQ(cell_at(picture, {25, 5})->w, 40);
  EXPECT_FALSE(cell_at(picture, {15, 5}));
}

}  // namespace
}  // namespace convscope::picture
