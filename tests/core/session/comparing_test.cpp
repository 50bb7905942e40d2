#include "core/session/comparing.h"

#include <gtest/gtest.h>

#include "core/conv/forward.h"
#include "core/lesson/build/blank.h"
#include "core/session/update.h"

namespace convscope::session {
namespace {

// 5x5 cells 0..24 under a 3x3 kernel of ones.
Session ones_session(const conv::LayerSpec& spec) {
  lesson::Lesson lesson = lesson::blank_lesson({.size = 5}, {});
  lesson.scenes[0].change([&](lesson::Scene& scene) {
    std::vector<float> cells;
    for (int i = 0; i < 25; ++i) {
      cells.push_back(static_cast<float>(i));
    }
    scene.input.base = Tensor({1, 1, 5, 5}, std::move(cells));
    scene.layers[0].weight.base = Tensor({1, 1, 3, 3}, std::vector<float>(9, 1));
    scene.layers[0].spec = spec;
  });
  return open_session(std::move(lesson), Theme::kDark, lesson::Language::kEnglish);
}

conv::LayerSpec padded(std::int64_t pad, std::int64_t stride = 1) {
  conv::LayerSpec spec;
  spec.padding = conv::PaddingRule::kExplicit;
  spec.pads = {pad, pad, pad, pad};
  spec.stride = {stride, stride};
  return spec;
}

Session comparing(Session session, Comparison with) {
  return update(std::move(session), action::Compare{with});
}

conv::LayerSpec spec_beside(const Session& session) {
  return beside_of(session).value().lesson->scenes.front()->layers.front().spec;
}

TEST(Comparing, WithoutAWishTheStageStandsAlone) {
  EXPECT_FALSE(beside_of(ones_session(padded(1))));
}

TEST(Comparing, ZerosStandBesideReflectedValues) {
  Session session = comparing(ones_session(padded(1)), Comparison::kPadding);
  EXPECT_EQ(spec_beside(session).padding_mode, conv::PaddingMode::kReflect);
  conv::LayerSpec reflected = padded(1);
  reflected.padding_mode = conv::PaddingMode::kReflect;
  session = comparing(ones_session(reflected), Comparison::kPadding);
  EXPECT_EQ(spec_beside(session).padding_mode, conv::PaddingMode::kZeros);
  // Without padding nothing is added, so there is nothing to compare.
  EXPECT_FALSE(can_compare(ones_session(padded(0)), Comparison::kPadding));
}

TEST(Comparing, StrideOneStandsBesideTwo) {
  EXPECT_EQ(spec_beside(comparing(ones_session(padded(1)), Comparison::kStride)).stride,
            (conv::Size2{2, 2}));
  EXPECT_EQ(spec_beside(comparing(ones_session(padded(1, 3)), Comparison::kStride)).stride,
            (conv::Size2{1, 1}));
}

// TensorFlow pads an input of 5 for stride 2 by (1, 1), as PyTorch's users do by hand; of 6 by
// (0, 1), which they cannot.
TEST(Comparing, SameIsPaddedAsTheOtherLibraryDoes) {
  conv::LayerSpec spec = padded(1, 2);
  EXPECT_EQ(spec_beside(comparing(ones_session(spec), Comparison::kSame)).padding,
            conv::PaddingRule::kSameTf);
  spec.padding = conv::PaddingRule::kSameTf;
  const conv::LayerSpec torch = spec_beside(comparing(ones_session(spec), Comparison::kSame));
  EXPECT_EQ(torch.padding, conv::PaddingRule::kExplicit);
  EXPECT_EQ(torch.pads, (conv::Pads{1, 1, 1, 1}));
}

TEST(Comparing, EditsStandBesideTheLessonAndBesideWhatWasBefore) {
  Session session = ones_session(padded(0));
  EXPECT_FALSE(can_compare(session, Comparison::kLesson));
  EXPECT_FALSE(can_compare(session, Comparison::kBefore));
  session = update(session, action::SetValue{{TensorRole::kWeight, {0, 0, 0, 0}}, 2});
  session = update(session, action::SetValue{{TensorRole::kWeight, {0, 0, 0, 0}}, 3});
  const auto corner = [&](Comparison with) {
    return beside_of(comparing(session, with))
        .value()
        .lesson->scenes.front()
        ->layers.front()
        .weight.tensor()
        .at({0, 0, 0, 0});
  };
  EXPECT_EQ(corner(Comparison::kLesson), 1);
  EXPECT_EQ(corner(Comparison::kBefore), 2);
  // A drag is one change, so it is compared with its beginning.
  session = update(session, action::SetValue{{TensorRole::kWeight, {0, 0, 0, 0}}, 4, false});
  session = update(session, action::SetValue{{TensorRole::kWeight, {0, 0, 0, 0}}, 5, false});
  EXPECT_EQ(corner(Comparison::kBefore), 3);
}

TEST(Comparing, AHeldKeyShowsTheLessonsOwnNumbers) {
  Session session = ones_session(padded(0));
  session = update(session, action::SetValue{{TensorRole::kInput, {0, 0, 1, 1}}, 70});
  EXPECT_FALSE(beside_of(session));
  session = update(session, action::Flip{true});
  ASSERT_TRUE(beside_of(session));
  EXPECT_EQ(beside_of(session)->lesson->scenes.front()->input.tensor().at({0, 0, 1, 1}), 6);
  EXPECT_FALSE(beside_of(update(session, action::Flip{false})));
}

// Windows in the same place: with stride 2 every other one, with other padding as far as it goes.
TEST(Comparing, ThePlayheadsStandAtTheSamePlaceOfTheInput) {
  const auto beside = [](const Session& session, const Index& at) {
    const BesideScene second = beside_of(session).value();
    return cell_beside(session, stage_beside(session, second), second, at);
  };
  const Session strided = comparing(ones_session(padded(1, 2)), Comparison::kStride);
  EXPECT_EQ(beside(strided, {0, 0, 1, 2}), (Index{0, 0, 2, 4}));
  const Session single = comparing(ones_session(padded(1)), Comparison::kStride);
  EXPECT_EQ(beside(single, {0, 0, 2, 4}), (Index{0, 0, 1, 2}));
  // Without padding the window at cell 0 is that of cell 1 with padding 1.
  const Session same = comparing(ones_session(padded(0)), Comparison::kSame);
  EXPECT_EQ(beside(same, {0, 0, 0, 2}), (Index{0, 0, 1, 3}));
}

TEST(Comparing, ItEndsWithTheScene) {
  Session session = comparing(ones_session(padded(1)), Comparison::kPadding);
  session = update(session, action::SetLayer{0});
  EXPECT_EQ(session.look.comparison, Comparison::kNone);
}

}  // namespace
}  // namespace convscope::session
