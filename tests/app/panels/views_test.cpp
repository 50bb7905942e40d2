#include "app/panels/views.h"

#include <set>

#include "tests/app/panels/panel_bench.h"

namespace convscope {
namespace {

constexpr std::array kDigits = {Key::k1, Key::k2, Key::k3, Key::k4,
                                Key::k5, Key::k6, Key::k7, Key::k8};

TEST(Views, EveryOneIsOfferedAndNamed) {
  std::set<View> offered;
  for (const ViewChoice& choice : view_choices()) {
    offered.insert(choice.view);
    for (const Language language : {Language::kEnglish, Language::kRussian}) {
      EXPECT_TRUE(test_locale(language).has(choice.name)) << choice.name;
    }
  }
  EXPECT_EQ(offered.size(), 8u);
}

TEST_F(PanelBench, DigitsShowTheViews) {
  constexpr std::array kViews = {View::kFlat,     View::kVolume,        View::kStrip,
                                 View::kNeuron,   View::kMatrix,        View::kDescent,
                                 View::kCoverage, View::kReceptiveField};
  for (std::size_t i = kViews.size(); i-- > 0;) {
    press(kDigits[i]);
    EXPECT_EQ(session_.view, kViews[i]) << i;
  }
}

TEST_F(PanelBench, ShiftPutsAViewBesideAndTakesItAway) {
  press(Key::k5, {.shift = true});
  EXPECT_EQ(session_.view, View::kFlat);
  EXPECT_EQ(session_.second_view, View::kMatrix);
  press(Key::k2, {.shift = true});
  EXPECT_EQ(session_.second_view, View::kVolume);
  press(Key::k2, {.shift = true});
  EXPECT_EQ(session_.second_view, std::nullopt);
  press(Key::k5, {.shift = true});
  press(Key::k0, {.shift = true});
  EXPECT_EQ(session_.second_view, std::nullopt);
}

TEST_F(PanelBench, DescentStandsAloneAndSaysSo) {
  press(Key::k6, {.shift = true});
  EXPECT_EQ(session_.second_view, std::nullopt);
  ASSERT_TRUE(session_.notice);
  EXPECT_EQ(session_.notice->code, "descent_alone");
  EXPECT_TRUE(english_.has("notice.descent_alone"));
}

// On a Russian layout Shift+7 types the question mark.
TEST_F(PanelBench, AKeyThatTypesACommandIsThatCommand) {
  InputEvent seven;
  seven.kind = InputEvent::Kind::kKey;
  seven.key = Key::k7;
  seven.modifiers.shift = true;
  seven.down = true;
  InputEvent question;
  question.kind = InputEvent::Kind::kText;
  question.character = U'?';
  EXPECT_EQ(command_of(seven, &question), std::nullopt);
  question.character = U'&';
  EXPECT_EQ(command_of(seven, &question), Command::kBesideCoverage);
}

TEST_F(PanelBench, TheSwitchInTheTopBarHasAllViews) {
  std::vector<View> shown;
  for (float x = 60; x < 1280 && shown.size() < 8; x += 15) {
    click({x, layout_.top_bar.center().y});
    const auto asked = emitted<action::SetView>();
    if (!asked.empty() && (shown.empty() || shown.back() != asked.back().view)) {
      shown.push_back(asked.back().view);
    }
  }
  EXPECT_EQ(shown,
            (std::vector{View::kFlat, View::kVolume, View::kStrip, View::kNeuron, View::kMatrix,
                         View::kDescent, View::kCoverage, View::kReceptiveField}));
}

TEST_F(PanelBench, KGoesThroughTheProgramsAndPTogglesThePauses) {
  for (const CodeStrip code : {CodeStrip::kLoop, CodeStrip::kLinear, CodeStrip::kNone}) {
    press(Key::kK);
    EXPECT_EQ(session_.code, code);
  }
  EXPECT_TRUE(session_.guided);
  press(Key::kP);
  EXPECT_FALSE(session_.guided);
}

TEST_F(PanelBench, CtrlWithPagesTurnsScenes) {
  Lesson lesson = cross_lesson();
  lesson.scenes.resize(15, lesson.scenes[0]);
  session_ = open_session(std::move(lesson), Theme::kDark, Language::kEnglish);
  press(Key::kPageDown, {.ctrl = true});
  press(Key::kPageDown, {.ctrl = true});
  EXPECT_EQ(session_.scene, 2);
  press(Key::kPageUp, {.ctrl = true});
  EXPECT_EQ(session_.scene, 1);
}

TEST_F(PanelBench, BeyondTheFirstAndTheLastSceneNothingHappens) {
  Lesson lesson = cross_lesson();
  lesson.scenes.resize(2, lesson.scenes[0]);
  session_ = open_session(std::move(lesson), Theme::kDark, Language::kEnglish);
  session_ = update(session_, action::GoTo{3});
  press(Key::kPageUp, {.ctrl = true});
  EXPECT_EQ(session_.frame, frame_of(timeline_of(session_), 3));
  session_ = update(update(session_, action::SetScene{1}), action::GoTo{3});
  press(Key::kPageDown, {.ctrl = true});
  EXPECT_EQ(session_.scene, 1);
  EXPECT_EQ(session_.frame, frame_of(timeline_of(session_), 3));
}

TEST_F(PanelBench, ADragTurnsTheVolumeAndZeroTurnsItBack) {
  press(Key::k2);
  const Orbit before = session_.orbit;
  const Point start = {layout_.stage.x + 30, layout_.stage.bottom() - 60};
  move(start.x, start.y);
  button(true);
  move(start.x + 50, start.y - 25);
  button(false);
  EXPECT_DOUBLE_EQ(session_.orbit.yaw - before.yaw, -20);
  EXPECT_DOUBLE_EQ(session_.orbit.pitch - before.pitch, -10);
  EXPECT_EQ(session_.camera, Camera{});
  wheel(1, false);
  EXPECT_GT(session_.camera.zoom, 1);
  press(Key::k0);
  EXPECT_EQ(session_.orbit, Orbit{});
  EXPECT_EQ(session_.camera, Camera{});
}

// A slow frame sees the last move and the release at once: still a drag, and no click.
TEST_F(PanelBench, AFlickIsADrag) {
  press(Key::k2);
  const Point start = cell(TensorRole::kWeight, {0, 0, 1, 1});
  move(start.x, start.y);
  button(true);
  InputEvent event;
  event.kind = InputEvent::Kind::kMove;
  event.x = start.x + 100;
  event.y = start.y;
  input_.push(event);
  button(false);
  EXPECT_FALSE(ui_.editor);
  EXPECT_NE(session_.orbit, Orbit{});
}

// Wherever the pointer rests, the session is told once and then left in peace.
TEST_F(PanelBench, ARestingPointerAsksForNothing) {
  for (const Key digit : kDigits) {
    press(digit);
    const Rect& stage = layout_.stage;
    for (float y = stage.y + 20; y < stage.bottom(); y += 90) {
      for (float x = stage.x + 20; x < stage.right(); x += 110) {
        move(x, y);
        const std::size_t asked = emitted_.size();
        frame();
        ASSERT_EQ(emitted_.size(), asked) << x << ", " << y;
      }
    }
  }
}

}  // namespace
}  // namespace convscope
