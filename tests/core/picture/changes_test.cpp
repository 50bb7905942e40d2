#include "core/picture/display/changes.h"

#include <gtest/gtest.h>

#include "tests/core/picture/half_em.h"

namespace convscope::picture {
namespace {

Picture with(std::vector<Record> records) {
  Picture picture;
  picture.width = 400;
  picture.height = 300;
  picture.background = {1, 2, 3};
  picture.records = std::move(records);
  return picture;
}

Box box(float x, float y, std::uint8_t red = 9) {
  return {.rect = {x, y, 10, 10}, .fill = {red, 0, 0}};
}

TensorGrid grid_of(const Tensor& tensor) {
  return {.rect = {0, 0, 20, 10}, .visible = {0, 0, 20, 10}, .tensor = tensor, .scale = {}};
}

std::optional<std::vector<Rect>> changed(std::vector<Record> before, std::vector<Record> now) {
  return changed_areas(with(std::move(before)), with(std::move(now)), half_em());
}

bool covers(const std::vector<Rect>& areas, Point point) {
  return std::any_of(areas.begin(), areas.end(), [&](const Rect& r) { return r.contains(point); });
}

TEST(Changes, EqualPicturesHaveNone) {
  const Tensor tensor({1, 1, 1, 2}, {1, 2});
  const std::vector<Record> records = {box(1, 2), Text{.at = {50, 50}, .text = "ab", .size = 10},
                                       grid_of(tensor)};
  EXPECT_EQ(changed(records, records), std::vector<Rect>{});
}

TEST(Changes, WhatMovedIsDrawnAtBothPlaces) {
  const auto areas = changed({box(100, 100), box(5, 5)}, {box(200, 100), box(5, 5)});
  ASSERT_TRUE(areas);
  EXPECT_TRUE(covers(*areas, {100, 100}));
  EXPECT_TRUE(covers(*areas, {209, 109}));
  EXPECT_FALSE(covers(*areas, {150, 100}));
  EXPECT_FALSE(covers(*areas, {5, 5}));
}

TEST(Changes, EveryNumberOfARecordCounts) {
  const Tensor tensor({1, 1, 1, 2}, {1, 2});
  const TensorGrid grid = grid_of(tensor);
  std::vector<TensorGrid> others(6, grid);
  others[0].revealed = 1;
  others[1].opacity = 0.5F;
  others[2].gap = 1;
  others[3].scale.high = 3;
  others[4].scale.stops[1].g = 8;
  others[5].tensor = Tensor({1, 1, 1, 2}, {1, 3});
  for (const TensorGrid& other : others) {
    EXPECT_NE(changed({grid}, {other}), std::vector<Rect>{});
  }
  const Text text{.at = {50, 50}, .text = "ab", .size = 10, .color = {1, 1, 1}};
  std::vector<Text> texts(5, text);
  texts[0].text = "ac";
  texts[1].size = 11;
  texts[2].align = Align::kRight;
  texts[3].font = Font::kMono;
  texts[4].color.a = 9;
  for (const Text& other : texts) {
    EXPECT_NE(changed({text}, {other}), std::vector<Rect>{});
  }
}

TEST(Changes, AClipChangesWhatItCuts) {
  const auto clipped = [](float width) {
    return std::vector<Record>{ClipBegin{{0, 0, width, 300}}, box(100, 100), ClipEnd{},
                               box(300, 200)};
  };
  const auto areas = changed(clipped(105), clipped(108));
  ASSERT_TRUE(areas);
  EXPECT_TRUE(covers(*areas, {106, 105}));
  EXPECT_FALSE(covers(*areas, {120, 105}));
  EXPECT_FALSE(covers(*areas, {305, 205}));
}

// Where records that stay change their order, something that was covered may show.
TEST(Changes, AnotherOrderIsDrawnAsAWhole) {
  EXPECT_EQ(changed({box(1, 1), box(2, 2)}, {box(2, 2), box(1, 1)}), std::nullopt);
  EXPECT_TRUE(changed({box(1, 1), box(2, 2)}, {box(2, 2)}).has_value());
}

TEST(Changes, AnotherSizeOrBackgroundIsDrawnAsAWhole) {
  Picture other = with({});
  other.background.g = 77;
  EXPECT_EQ(changed_areas(with({}), other, half_em()), std::nullopt);
  other = with({});
  other.width = 401;
  EXPECT_EQ(changed_areas(with({}), other, half_em()), std::nullopt);
}

TEST(Changes, AreFewHoweverManyRecordsMoved) {
  std::vector<Record> before;
  std::vector<Record> now;
  for (int i = 0; i < 100; ++i) {
    const float x = static_cast<float>(i % 10) * 40;
    const float y = static_cast<float>(i / 10) * 30;
    before.emplace_back(box(x, y, 10));
    now.emplace_back(box(x, y, 20));
  }
  const auto areas = changed(before, now);
  ASSERT_TRUE(areas);
  EXPECT_LE(areas->size(), 8U);
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(
        covers(*areas, {static_cast<float>(i % 10) * 40 + 5, static_cast<float>(i / 10) * 30 + 5}));
  }
}

}  // namespace
}  // namespace convscope::picture
