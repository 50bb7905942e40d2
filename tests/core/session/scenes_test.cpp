// Scenes one after another, and guided play: text, then Space, then the action.
#include <gtest/gtest.h>

#include "tests/core/lesson/zoo.h"

namespace convscope::session {
namespace {

using testing::after;
using testing::position_of;
using testing::told;
using testing::zoo;
using testing::zoo_scene;

constexpr action::Tick kLong{1'000'000'000};

TEST(Guided, PlayWaitsAtEveryText) {
  Session session = after(zoo(), action::TogglePlay{});
  EXPECT_TRUE(session.clock.playing);  // the text of the start has been read
  for (const auto& [position, text] :
       {std::pair{0, "first"}, std::pair{40, "middle"}, std::pair{161, "end"}}) {
    session = after(session, kLong);
    EXPECT_EQ(position_of(session), position);
    EXPECT_EQ(told(session), text);
    EXPECT_FALSE(session.clock.playing);
    EXPECT_EQ(session.clock.quarter_ticks, 0);
    session = after(session, action::TogglePlay{});
  }
  EXPECT_EQ(session.look.scene, 1);  // Space at the end goes to the next scene
}

TEST(Guided, PlayStopsOnTheVeryTick) {
  Session session = after(zoo(), action::TogglePlay{}, action::Tick{239});
  EXPECT_TRUE(session.clock.playing);
  session = after(session, action::Tick{1});
  EXPECT_FALSE(session.clock.playing);
  EXPECT_EQ(session.clock.frame, 240);
}

TEST(Guided, OffOrLoopingPlaysThrough) {
  EXPECT_EQ(position_of(
                after(zoo(), action::Switch{&Toggles::guided, false}, action::TogglePlay{}, kLong)),
            161);
  const Session looping =
      after(zoo(), action::Switch{&Toggles::loop, true}, action::TogglePlay{}, kLong);
  EXPECT_TRUE(looping.clock.playing);
  EXPECT_EQ(looping.look.scene, 0);
}

TEST(Guided, GoingThereByHandIsNotHeldUp) {
  EXPECT_EQ(position_of(after(zoo(), action::GoTo{50})), 50);
  EXPECT_EQ(position_of(after(zoo(), action::Last{})), 161);
  EXPECT_EQ(after(zoo(), action::Seek{12345}).clock.frame, 12345);
}

TEST(Guided, TextsCountWhatTheirSceneShows) {
  Session session = zoo_scene(4);  // descent: training steps
  session = after(session, action::TogglePlay{}, kLong);
  EXPECT_EQ(position_of(session), 5);
  EXPECT_EQ(told(session), "half way");
  // In the flat view position 5 means something else.
  session = after(session, action::SetView{lesson::View::kFlat}, action::GoTo{7});
  EXPECT_EQ(told(session), "random weights");
  session = after(session, action::TogglePlay{}, kLong);
  EXPECT_EQ(position_of(session), 8);
  // The same for another layer, and when stamps are replaced by windows.
  session = after(zoo(), action::SetLayer{1}, action::GoTo{100});
  EXPECT_EQ(told(session), "begin");
  session = after(zoo_scene(1), action::GoTo{1});
  EXPECT_EQ(told(session), "second stamp");
  session =
      after(session, action::SetTransposedAs{lesson::TransposedAs::kZeroInsert}, action::GoTo{1});
  EXPECT_EQ(told(session), "");
}

TEST(Scenes, NextGoesOnAfterTheEnd) {
  Session session = after(zoo(), action::Last{}, action::Next{});
  EXPECT_EQ(session.look.scene, 1);
  EXPECT_EQ(session.clock.frame, 0);
  EXPECT_FALSE(is_moving(session));
  EXPECT_EQ(session.look.second_view, lesson::View::kCoverage);
  // An unfinished run to the last position counts as arrived.
  session = after(zoo(), action::GoTo{160}, action::Next{}, action::Next{});
  EXPECT_EQ(session.look.scene, 1);
}

TEST(Scenes, PreviousGoesBackToTheEnd) {
  const Session session = after(zoo_scene(1), action::Previous{});
  EXPECT_EQ(session.look.scene, 0);
  EXPECT_EQ(session.clock.frame, timeline_of(session).last());
  const Session first = after(zoo(), action::Previous{});
  EXPECT_EQ(first.look.scene, 0);
  EXPECT_FALSE(is_moving(first));
}

TEST(Scenes, ThereAndBackAgain) {
  Session session = zoo();
  for (int i = 0; i < 5; ++i) {
    session = after(session, action::Last{}, action::Next{});
  }
  EXPECT_EQ(session.look.scene, 4);
  EXPECT_EQ(session.clock.frame, timeline_of(session).last());  // no scene after the last
  for (int i = 0; i < 4; ++i) {
    session = after(session, action::First{}, action::Previous{});
  }
  EXPECT_EQ(session.look.scene, 0);
}

TEST(Clicker, ManyStepsAreOnePress) {
  Session session = zoo();  // texts at 0, 40 and 161
  for (const std::int64_t position : {0, 40, 161}) {
    session = settle(after(session, action::NextTold{}));
    EXPECT_EQ(position_of(session), position);
  }
  session = after(session, action::NextTold{});
  EXPECT_EQ(session.look.scene, 1);
  session = after(session, action::PreviousTold{});
  EXPECT_EQ(session.look.scene, 0);
  EXPECT_EQ(position_of(session), 161);
  for (const std::int64_t position : {40, 0, -1, -1}) {
    session = settle(after(session, action::PreviousTold{}));
    EXPECT_EQ(position_of(session), position);
  }
}

TEST(Clicker, FewStepsAreTakenOneByOne) {
  for (const std::int64_t position : {29, 30, 31}) {
    EXPECT_EQ(position_of(settle(after(zoo(), action::GoTo{position}, action::NextTold{}))),
              position + 1);
  }
  EXPECT_EQ(position_of(settle(after(zoo(), action::GoTo{45}, action::PreviousTold{}))), 44);
  EXPECT_EQ(position_of(settle(after(zoo(), action::GoTo{55}, action::PreviousTold{}))), 40);
  // A row is a step, too: 9 of them to the end.
  const Session rows = after(zoo(), action::SetGranularity{Granularity::kRow}, action::GoTo{62});
  EXPECT_EQ(position_of(settle(after(rows, action::NextTold{}))),
            position_of(settle(after(rows, action::Next{}))));
}

TEST(Scenes, PlayGoesOnAfterTheEnd) {
  // Scene 4 starts with a text, which is shown first; scene 3 has none.
  EXPECT_FALSE(after(zoo_scene(3), action::Last{}, action::TogglePlay{}).clock.playing);
  const Session on = after(zoo_scene(2), action::Last{}, action::TogglePlay{});
  EXPECT_EQ(on.look.scene, 3);
  EXPECT_TRUE(on.clock.playing);
  EXPECT_TRUE(after(zoo_scene(3), action::Switch{&Toggles::guided, false}, action::Last{},
                    action::TogglePlay{})
                  .clock.playing);
  // The last scene starts again, as does any scene that loops.
  const Session last = after(zoo_scene(4), action::Last{}, action::TogglePlay{});
  EXPECT_EQ(last.look.scene, 4);
  EXPECT_EQ(last.clock.frame, 0);
  EXPECT_TRUE(last.clock.playing);
  const Session loop =
      after(zoo(), action::Switch{&Toggles::loop, true}, action::Last{}, action::TogglePlay{});
  EXPECT_EQ(loop.look.scene, 0);
  EXPECT_TRUE(loop.clock.playing);
}

// A first map of 3x3 and a second of 2x2, both told; then another scene.
Session two_told_layers(const std::string& keys = "") {
  return open_session(lesson::parse_lesson(R"({"format": 1, "id": "t", "title": "T", "scenes": [{
        "input": {"seed": 1, "shape": [4, 4]}, )" +
                                               keys + R"(
        "layers": [{"op": "conv2d", "weight": {"values": [[1, 1], [1, 1]]}}, {"op": "relu"},
                   {"op": "conv2d", "weight": {"values": [[1, 1], [1, 2]]}}],
        "narration": [{"at": "start", "text": "a"}, {"at": 6, "text": "b"},
                      {"layer": 3, "at": "start", "text": "c"}, {"layer": 3, "at": 2, "text": "d"}]},
        {"input": {"values": [[1]]}, "layers": [{"op": "relu"}]}]})",
                                           "t.json", {}),
                      Theme::kDark, lesson::Language::kEnglish);
}

// Space until nothing plays: what it stopped at.
std::string next_text(Session& session) {
  session = after(session, action::TogglePlay{}, kLong);
  return told(session);
}

TEST(ToldLayers, SpaceGoesFromLayerToLayerThenToTheNextScene) {
  Session session = two_told_layers();
  EXPECT_EQ(told(session), "a");
  EXPECT_EQ(next_text(session), "b");
  next_text(session);  // the rest of the first map
  EXPECT_EQ(session.look.layer, 0);
  EXPECT_EQ(next_text(session), "c");  // the ReLU between, which no text is about, is passed over
  EXPECT_EQ(session.look.layer, 2);
  EXPECT_EQ(session.clock.frame, 0);
  EXPECT_EQ(next_text(session), "d");
  next_text(session);
  EXPECT_EQ(session.look.scene, 0);
  session = after(session, action::TogglePlay{});
  EXPECT_EQ(session.look.scene, 1);
}

TEST(ToldLayers, NextAndPreviousPassTheSameWay) {
  Session session = after(two_told_layers(), action::Last{}, action::Next{});
  EXPECT_EQ(session.look.layer, 2);
  EXPECT_EQ(told(session), "c");
  session = after(session, action::Previous{});
  EXPECT_EQ(session.look.layer, 0);
  EXPECT_EQ(position_of(session), 8);
  session = after(two_told_layers(), action::SetScene{1}, action::Previous{});
  EXPECT_EQ(session.look.layer, 2);
  EXPECT_EQ(position_of(session), 3);
}

TEST(ToldLayers, ALayerWithoutTextsHasThatOfTheScene) {
  EXPECT_EQ(told(after(two_told_layers(), action::SetLayer{1}, action::GoTo{7})), "a");
}

TEST(Start, ASceneOpensThereAndEndsWithItsLastText) {
  Session session = two_told_layers(R"("start": [1, 2],)");
  EXPECT_EQ(position_of(session), 5);
  EXPECT_EQ(told(session), "a");
  EXPECT_EQ(next_text(session), "b");
  EXPECT_EQ(position_of(session), 6);
  EXPECT_EQ(next_text(session), "c");  // two cells of the first map are never played
  EXPECT_EQ(session.look.layer, 2);
  EXPECT_EQ(next_text(session), "d");
  session = after(session, action::TogglePlay{});
  EXPECT_EQ(session.look.scene, 1);
  session = after(session, action::SetScene{0});
  EXPECT_EQ(position_of(session), 5);
}

TEST(Start, AClickerEndsThereToo) {
  Session session = settle(after(two_told_layers(R"("start": 5,)"), action::NextTold{}));
  EXPECT_EQ(told(session), "b");
  session = after(session, action::NextTold{});
  EXPECT_EQ(told(session), "c");
  session = after(session, action::PreviousTold{});
  EXPECT_EQ(told(session), "b");
}

TEST(Start, AClickerLeavesAMapThatAnEditMadeTooSmallForItsTexts) {
  Session session = two_told_layers(R"("start": 5,)");
  conv::LayerSpec spec = layer_of(session).spec;
  spec.stride = {2, 2};
  session = after(session, action::SetSpec{spec});
  ASSERT_EQ(timeline_of(session).positions, 4);
  for (int presses = 0; presses < 10 && session.look.layer == 0; ++presses) {
    session = settle(after(session, action::NextTold{}));
  }
  EXPECT_EQ(session.look.layer, 2);
}

TEST(Start, WithoutPausesAllIsPlayed) {
  const Session session =
      after(two_told_layers(R"("start": 5,)"), action::Switch{&Toggles::guided, false},
            action::TogglePlay{}, kLong);
  EXPECT_EQ(session.look.layer, 0);
  EXPECT_EQ(position_of(session), 8);
}

// The sizes stay secret until the last text has been seen, unless the numbers are others.
TEST(Asks, TheSizeIsKeptUntilTheLastText) {
  const Session session = two_told_layers(R"("asks": true,)");
  EXPECT_TRUE(keeps_size(session));
  EXPECT_TRUE(keeps_size(after(session, action::GoTo{5})));
  EXPECT_FALSE(keeps_size(after(session, action::GoTo{6})));
  EXPECT_FALSE(keeps_size(after(session, action::SetLayer{2})));
  EXPECT_FALSE(
      keeps_size(after(session, action::SetValue{{TensorRole::kWeight, {0, 0, 0, 0}}, 7})));
  EXPECT_FALSE(keeps_size(two_told_layers()));
}

TEST(Clock, StepsOfTrainingAreNoPlaces) {
  const Session session = after(zoo_scene(4), action::GoTo{7}, action::PlaceWindow{{0, 0, 1, 1}});
  EXPECT_EQ(position_of(session), 7);
}

// A window is placed on a stage cell; for a transposed layer on a cell of its stretched input.
TEST(Clock, WindowsOverAStretchedInput) {
  Session session = after(zoo_scene(1), action::SetTransposedAs{lesson::TransposedAs::kZeroInsert});
  // 2x2, stride 2, kernel 3, output_padding 1: 6x6, window (y, x) centred on stage cell (y-1, x-1).
  session = after(session, action::PlaceWindow{{0, 0, 2, 1}});
  EXPECT_EQ(position_of(session), 3 * 6 + 2);
  // With stamps the place is an input cell.
  session = after(zoo_scene(1), action::PlaceWindow{{0, 0, 1, 0}});
  EXPECT_EQ(position_of(session), 2);
}

// Stamps are counted in cells of the 2x2 input; with a view that can't show them, alone or side by
// side, the whole stage is stretched: 6x6 cells of two maps.
TEST(Stamps, AreShownIfEveryViewCan) {
  const Session stamps = after(zoo_scene(1), action::SetSecondView{});
  for (const lesson::View view :
       {lesson::View::kFlat, lesson::View::kCoverage, lesson::View::kReceptiveField}) {
    const Session session = after(stamps, action::SetView{view});
    EXPECT_TRUE(is_scatter_add(session));
    EXPECT_EQ(position_shape(session), (Shape{1, 1, 2, 2}));
  }
  for (const lesson::View view : {lesson::View::kVolume, lesson::View::kStrip,
                                  lesson::View::kNeuron, lesson::View::kMatrix}) {
    for (const Session& session :
         {after(stamps, action::SetView{view}), after(stamps, action::SetSecondView{view}),
          after(stamps, action::SetView{view}, action::SetSecondView{lesson::View::kFlat})}) {
      EXPECT_FALSE(is_scatter_add(session));
      EXPECT_EQ(position_shape(session), (Shape{1, 2, 6, 6}));
      EXPECT_EQ(timeline_of(session).positions, 72);
      EXPECT_EQ(session.look.transposed_as,
                lesson::TransposedAs::kScatterAdd);  // the flat view alone shows stamps again
    }
  }
  EXPECT_TRUE(is_scatter_add(
      after(stamps, action::SetView{lesson::View::kVolume}, action::SetView{lesson::View::kFlat})));
}

// The clock of a pair of views restarts if it counts other cells.
TEST(Stamps, AViewBesideThemKeepsTheClockInItsRange) {
  Session session =
      after(zoo_scene(1), action::SetSecondView{lesson::View::kMatrix}, action::Last{});
  EXPECT_EQ(session.clock.frame, timeline_of(session).last());
  session = after(session, action::SetSecondView{});
  EXPECT_TRUE(is_scatter_add(session));
  EXPECT_EQ(session.clock.frame, 0);
}

TEST(Stamps, AreShownWhenRequested) {
  const Session flat = after(zoo_scene(1), action::SetSecondView{});
  const Session matrix = after(flat, action::SetView{lesson::View::kMatrix});
  Session session = after(matrix, action::SetTransposedAs{lesson::TransposedAs::kScatterAdd});
  EXPECT_TRUE(is_scatter_add(session));
  EXPECT_EQ(session.look.view, lesson::View::kFlat);
  session = after(flat, action::SetSecondView{lesson::View::kVolume},
                  action::SetTransposedAs{lesson::TransposedAs::kScatterAdd});
  EXPECT_TRUE(is_scatter_add(session));
  EXPECT_EQ(session.look.second_view, std::nullopt);
}

TEST(Scenes, ALookIsAppliedAsGiven) {
  const Session session = zoo_scene(4);
  EXPECT_EQ(session.look.view, lesson::View::kDescent);
  EXPECT_FALSE(session.look.second_view);
  EXPECT_EQ(session.look.code, lesson::CodeStrip::kLoop);
  EXPECT_EQ(zoo_scene(1).look.transposed_as, lesson::TransposedAs::kScatterAdd);
  EXPECT_EQ(timeline_of(zoo_scene(1)).positions, 4);
  EXPECT_EQ(timeline_of(session).positions, 12);
}

}  // namespace
}  // namespace convscope::session
