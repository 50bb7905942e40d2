#include <gtest/gtest.h>

#include "tests/core/lesson/zoo.h"

namespace convscope::session {
namespace {

using testing::after;
using testing::bundled;
using testing::opened;
using testing::told;
using testing::zoo;

bool has(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

TEST(Narration, FollowsThePosition) {
  const Session session = opened("cross-5x5");
  const std::vector<lesson::Narration> texts = scene_of(session).narration;
  EXPECT_EQ(narration_of(session), texts[0].text);
  EXPECT_EQ(texts[2].position, 1);
  EXPECT_EQ(narration_of(after(session, action::GoTo{1})), texts[2].text);
  EXPECT_EQ(narration_of(after(session, action::Last{})), texts.back().text);
}

// "4 of 5" may not be shown before the sum is; the question before it may.
TEST(Narration, WaitsForTheResult) {
  Session session = after(opened("cross-5x5"), action::Next{}, action::Tick{100});
  ASSERT_TRUE(session.clock.run_to.has_value());
  EXPECT_TRUE(has(told(session), "Where in the image"));
  session = after(session, action::Tick{20});  // the sum is complete
  ASSERT_TRUE(session.clock.run_to.has_value());
  EXPECT_TRUE(has(told(session), "4 of the 5"));
}

// The map is 4 3 4 / 2 4 3 / 2 3 4. Clicking twice a second never shows the text of another cell's
// sum.
TEST(Narration, NeverDescribesAnotherSumThanTheStages) {
  const std::vector<std::string> sums = {"4 of the 5", "3 of 5", "4 of 5", "2 of 5", "4 of 5"};
  for (const Granularity granularity :
       {Granularity::kPosition, Granularity::kChannel, Granularity::kTerm}) {
    Session session = after(opened("cross-5x5"), action::Switch{&Toggles::guided, false},
                            action::SetGranularity{granularity});
    std::vector<bool> read(sums.size());
    while (beat_at(timeline_of(session), session.clock.frame).position < 5) {
      session = after(session, action::Next{});
      for (int tick = 0; tick <= 120; ++tick) {
        const std::int64_t position = beat_at(timeline_of(session), session.clock.frame).position;
        if (position < 5 && has(told(session), "of ") && has(told(session), " 5")) {
          const auto place = static_cast<std::size_t>(position);
          EXPECT_TRUE(has(told(session), sums[place])) << position << ": " << told(session);
          read[place] = true;
        }
        session = after(session, action::Tick{1});
      }
    }
    EXPECT_EQ(read, std::vector<bool>(sums.size(), true));
  }
}

TEST(Narration, StaysAtPositionsWithoutATextOfTheirOwn) {
  const Session session = after(opened("cross-5x5"), action::GoTo{6});
  ASSERT_TRUE(has(told(session), "one such answer"));
  EXPECT_EQ(told(after(session, action::Next{}, action::Tick{60})), told(session));
  EXPECT_EQ(told(after(session, action::GoTo{7})), told(session));
  EXPECT_EQ(told(after(session, action::GoTo{7}, action::Next{}, action::Tick{60})), "");
}

// The sum of a training step is not complete before the step is.
TEST(Narration, OfTrainingWaitsForTheWholeStep) {
  Session session = after(opened("weights-are-learned"), action::GoTo{8}, action::Next{});
  session = after(session, action::Tick{59});
  EXPECT_FALSE(has(told(session), "Ten iterations"));
  EXPECT_TRUE(has(told(after(session, action::Tick{1})), "Ten iterations"));
}

TEST(OwnNumbers, AnEditLeavesThemAndUndoComesBack) {
  const Session start = opened("cross-5x5");
  EXPECT_FALSE(has_other_numbers(start));
  const action::SetValue seven{{TensorRole::kInput, {0, 0, 0, 0}}, 7};
  Session session = after(start, seven);
  EXPECT_TRUE(has_other_numbers(session));
  EXPECT_FALSE(has_other_numbers(after(session, action::Undo{})));
  EXPECT_TRUE(has_other_numbers(after(session, action::Undo{}, action::Redo{})));
  // Restored by typing.
  EXPECT_FALSE(has_other_numbers(after(session, action::SetValue{seven.target, 1})));
}

TEST(OwnNumbers, SettingsAndTrainingCountAndTheLookDoesNot) {
  const Session start = opened("rgb-same");
  conv::LayerSpec more = layer_of(start).spec;
  more.out_channels = 4;
  const Session wider = after(start, action::SetSpec{more});
  EXPECT_TRUE(has_other_numbers(wider));
  // The tensors are new, with the same values.
  EXPECT_FALSE(has_other_numbers(after(wider, action::SetSpec{layer_of(start).spec})));
  EXPECT_TRUE(has_other_numbers(after(start, action::SetRelu{true})));
  EXPECT_TRUE(has_other_numbers(after(start, action::SetStart{5})));
  EXPECT_FALSE(has_other_numbers(after(start, action::SetView{lesson::View::kVolume},
                                       action::GoTo{7}, action::SetGranularity{Granularity::kTerm},
                                       action::SetLanguage{lesson::Language::kRussian})));
}

TEST(OwnNumbers, AreThoseOfEachScene) {
  Session session = after(zoo(), action::SetValue{{TensorRole::kInput, {0, 0, 0, 0}}, 70});
  EXPECT_TRUE(has_other_numbers(session));
  session = after(session, action::SetScene{1});
  EXPECT_FALSE(has_other_numbers(session));
  EXPECT_FALSE(has_other_numbers(after(session, action::Opened{bundled("cross-5x5")})));
}

TEST(ResetScene, BringsTheNumbersBackAndCanBeUndone) {
  const Session start = after(opened("cs231n"), action::GoTo{4});
  conv::LayerSpec spec = layer_of(start).spec;
  spec.stride = {1, 1};
  const Session changed = after(start, action::SetValue{{TensorRole::kInput, {0, 0, 0, 0}}, 7},
                                action::SetSpec{spec}, action::SetRelu{true}, action::SetLayer{1});
  const Session back = after(changed, action::ResetScene{});
  EXPECT_TRUE(back.document.lesson == start.document.lesson);
  EXPECT_EQ(back.look.layer, 0);  // the ReLU is gone
  EXPECT_FALSE(has_other_numbers(back));
  EXPECT_EQ(back.document.history->past.size(), changed.document.history->past.size() + 1);
  EXPECT_TRUE(after(back, action::Undo{}).document.lesson == changed.document.lesson);
}

TEST(ResetScene, LeavesOtherScenesAndAnUntouchedOneAlone) {
  const Session session = after(zoo(), action::SetValue{{TensorRole::kInput, {0, 0, 0, 0}}, 70},
                                action::SetScene{1}, action::ResetScene{});
  EXPECT_EQ(session.document.history->past.size(), 1U);
  EXPECT_TRUE(has_other_numbers(after(session, action::SetScene{0})));
}

TEST(ResetScene, IsAnActionOfAReplay) {
  EXPECT_EQ(action_json(action::ResetScene{}), R"({"do": "reset_scene"})");
  const Replay replay = parse_replay(
      R"({"format": 1, "lesson": "cross-5x5", "actions": [{"do": "reset_scene"}]})", "r.json");
  ASSERT_EQ(replay.actions.size(), 1U);
  EXPECT_TRUE(replay.actions[0].is<action::ResetScene>());
}

}  // namespace
}  // namespace convscope::session
