#include "core/session/edit/stroke.h"

#include <gtest/gtest.h>

#include <string>

#include "core/lesson/build/blank.h"
#include "core/session/update.h"

namespace convscope::session {
namespace {

// The plane with a # where the stroke covers it, a line a row.
std::string drawn(const Stroke& stroke, const Shape& shape) {
  std::string picture;
  const std::vector<Index> cells = cells_of(stroke, shape).value();
  for (std::int64_t y = 0; y < shape.h; ++y) {
    for (std::int64_t x = 0; x < shape.w; ++x) {
      const bool covered = std::ranges::count(cells, Index{0, 0, y, x}) > 0;
      picture += covered ? '#' : '.';
    }
    picture += '\n';
  }
  return picture;
}

TEST(Stroke, ADabIsARoundOfItsDiameter) {
  const Shape shape = {1, 1, 5, 7};
  const Index middle = {0, 0, 2, 3};
  EXPECT_EQ(drawn({middle, middle, 1}, shape), ".......\n.......\n...#...\n.......\n.......\n");
  EXPECT_EQ(drawn({middle, middle, 2}, shape), ".......\n.......\n...##..\n...##..\n.......\n");
  EXPECT_EQ(drawn({middle, middle, 3}, shape), ".......\n..###..\n..###..\n..###..\n.......\n");
  EXPECT_EQ(drawn({middle, middle, 5}, shape), "..###..\n.#####.\n.#####.\n.#####.\n..###..\n");
}

TEST(Stroke, AFastPointerLeavesNoGaps) {
  EXPECT_EQ(drawn({{0, 0, 0, 0}, {0, 0, 4, 4}, 1}, {1, 1, 5, 5}),
            "#....\n.#...\n..#..\n...#.\n....#\n");
  EXPECT_EQ(drawn({{0, 0, 1, 0}, {0, 0, 1, 6}, 1}, {1, 1, 3, 7}), ".......\n#######\n.......\n");
  // A flat slope: every column has a cell.
  EXPECT_EQ(drawn({{0, 0, 0, 0}, {0, 0, 1, 5}, 2}, {1, 1, 4, 7}),
            "####...\n#######\n...####\n.......\n");
}

TEST(Stroke, ItIsCutAtTheEdgesAndMayEndOutside) {
  EXPECT_EQ(drawn({{0, 0, 0, 0}, {0, 0, 0, -90}, 3}, {1, 1, 3, 4}), "##..\n##..\n....\n");
  EXPECT_EQ(drawn({{0, 0, 1, 1}, {0, 0, 99, 1}, 1}, {1, 1, 4, 3}), "...\n.#.\n.#.\n.#.\n");
  EXPECT_TRUE(cells_of({{0, 3, 0, 0}, {}, 3}, {1, 3, 4, 4})->empty());
}

TEST(Stroke, AllChannelsOrTheOneUnderTheBrush) {
  const Shape shape = {1, 3, 4, 4};
  EXPECT_EQ(cells_of({{0, 1, 2, 2}, {0, 1, 2, 2}, 1, true}, shape)->size(), 3u);
  EXPECT_EQ(cells_of({{0, 1, 2, 2}, {0, 1, 2, 2}, 1}, shape), (std::vector<Index>{{0, 1, 2, 2}}));
}

TEST(Stroke, MoreThanAHandPaintsIsRefused) {
  const Shape photo = {1, 3, 3000, 4000};
  EXPECT_FALSE(cells_of({{0, 0, 0, 0}, {0, 0, 2999, 3999}, 256}, photo));
  EXPECT_TRUE(cells_of({{0, 0, 1000, 1000}, {0, 0, 1020, 1030}, 256, true}, photo));
}

Session blank_session() {
  return open_session(lesson::blank_lesson({.size = 6, .channels = 2}, {}), Theme::kDark,
                      lesson::Language::kEnglish);
}

float sum_of(const Session& session, std::int64_t channel) {
  const Tensor input = scene_of(session).input.tensor();
  float sum = 0;
  for (std::int64_t i = 0; i < 36; ++i) {
    sum += input.at({0, channel, i / 6, i % 6});
  }
  return sum;
}

TEST(Painting, AStrokeOfManyPiecesIsOneStepOfUndo) {
  Session session = blank_session();
  const auto piece = [](std::int64_t from, std::int64_t to) {
    return action::Paint{.target = {TensorRole::kInput, {0, 0, 2, from}},
                         .to = {0, 0, 2, to},
                         .value = 2,
                         .commit = false};
  };
  session = update(session, piece(0, 1));
  session = update(session, piece(1, 3));
  session = update(session, piece(3, 4));
  session = update(session, action::Commit{});
  EXPECT_EQ(sum_of(session, 0), 10);
  EXPECT_EQ(sum_of(session, 1), 0);
  ASSERT_EQ(session.document.history->past.size(), 1u);
  EXPECT_EQ(session.document.history->past[0].change, "set_input");
  session = update(session, action::Undo{});
  EXPECT_EQ(sum_of(session, 0), 0);
  session = update(session, action::Redo{});
  EXPECT_EQ(sum_of(session, 0), 10);
}

TEST(Painting, ErasingLeavesTheFileAsItWas) {
  Session session = blank_session();
  const action::Paint dab{
      .target = {TensorRole::kInput, {0, 1, 3, 3}}, .to = {0, 1, 3, 3}, .size = 4, .value = 1};
  session = update(session, dab);
  EXPECT_GT(sum_of(session, 1), 0);
  action::Paint erased = dab;
  erased.value = 0;
  session = update(session, erased);
  EXPECT_TRUE(scene_of(session).input.edits.empty());
}

TEST(Painting, WhatCannotBePaintedSaysSo) {
  const auto refusal = [](const action::Paint& paint) {
    const Session session = update(blank_session(), paint);
    EXPECT_TRUE(session.document.history->past.empty());
    return session.transient.notice ? session.transient.notice->code : "";
  };
  EXPECT_EQ(refusal({.target = {TensorRole::kOutput, {}}, .to = {}}), "value_not_editable");
  EXPECT_EQ(refusal({.target = {TensorRole::kInput, {0, 0, 9, 0}}, .to = {}}), "value_outside");
  EXPECT_EQ(refusal({.target = {TensorRole::kInput, {}}, .to = {}, .value = 1.0f / 0.0f}),
            "value_not_finite");
}

}  // namespace
}  // namespace convscope::session
