#include "app/panels/bars/views.h"

#include <set>

#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

constexpr std::array kDigits = {Key::k1, Key::k2, Key::k3, Key::k4,
                                Key::k5, Key::k6, Key::k7, Key::k8};

TEST(Views, EveryOneIsOfferedAndNamed) {
  std::set<lesson::View> offered;
  for (const lesson::ViewRow& row : lesson::kViewTable) {
    offered.insert(row.view);
    for (const lesson::Language language :
         {lesson::Language::kEnglish, lesson::Language::kRussian}) {
      for (const char* section : {"panel.", "shortcut."}) {
        EXPECT_TRUE(test_locale(language).has(section + std::string(row.name))) << row.name;
      }
    }
  }
  EXPECT_EQ(offered.size(), 8u);
}

TEST_F(PanelBench, DigitsShowTheViews) {
  constexpr std::array kViews = {lesson::View::kFlat,     lesson::View::kVolume,
                                 lesson::View::kStrip,    lesson::View::kNeuron,
                                 lesson::View::kMatrix,   lesson::View::kDescent,
                                 lesson::View::kCoverage, lesson::View::kReceptiveField};
  for (std::size_t i = kViews.size(); i-- > 0;) {
    press(kDigits[i]);
    EXPECT_EQ(session_.look.view, kViews[i]) << i;
  }
}

TEST_F(PanelBench, ShiftShowsAViewSideBySideAndHidesIt) {
  press(Key::k5, {.shift = true});
  EXPECT_EQ(session_.look.view, lesson::View::kFlat);
  EXPECT_EQ(session_.look.second_view, lesson::View::kMatrix);
  press(Key::k2, {.shift = true});
  EXPECT_EQ(session_.look.second_view, lesson::View::kVolume);
  press(Key::k2, {.shift = true});
  EXPECT_EQ(session_.look.second_view, std::nullopt);
  press(Key::k5, {.shift = true});
  press(Key::k0, {.shift = true});
  EXPECT_EQ(session_.look.second_view, std::nullopt);
}

TEST_F(PanelBench, DescentCannotBePairedAndSaysSo) {
  press(Key::k6, {.shift = true});
  EXPECT_EQ(session_.look.second_view, std::nullopt);
  ASSERT_TRUE(session_.transient.notice);
  EXPECT_EQ(session_.transient.notice->code, "descent_alone");
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
  EXPECT_EQ(command_of(seven, &question), beside_command(lesson::View::kCoverage));
}

TEST_F(PanelBench, TheSwitchInTheTopBarHasAllViews) {
  std::vector<lesson::View> shown;
  for (float x = 60; x < 1280 && shown.size() < 8; x += 15) {
    click({x, layout_.top_bar.center().y});
    const auto asked = emitted<session::action::SetView>();
    if (!asked.empty() && (shown.empty() || shown.back() != asked.back().view)) {
      shown.push_back(asked.back().view);
    }
  }
  EXPECT_EQ(shown,
            (std::vector{lesson::View::kFlat, lesson::View::kVolume, lesson::View::kStrip,
                         lesson::View::kNeuron, lesson::View::kMatrix, lesson::View::kDescent,
                         lesson::View::kCoverage, lesson::View::kReceptiveField}));
}

TEST_F(PanelBench, KGoesThroughTheProgramsAndPTogglesThePauses) {
  for (const lesson::CodeStrip code : {lesson::CodeStrip::kLoop, lesson::CodeStrip::kLinear,
                                       lesson::CodeStrip::kConv2d, lesson::CodeStrip::kNone}) {
    press(Key::kK);
    EXPECT_EQ(session_.look.code, code);
  }
  EXPECT_TRUE(session_.toggles.guided);
  press(Key::kP);
  EXPECT_FALSE(session_.toggles.guided);
}

TEST_F(PanelBench, CtrlWithPagesTurnsScenes) {
  lesson::Lesson lesson = cross_lesson();
  lesson.scenes.resize(15, lesson.scenes[0]);
  session_ =
      session::open_session(std::move(lesson), session::Theme::kDark, lesson::Language::kEnglish);
  press(Key::kPageDown, {.ctrl = true});
  press(Key::kPageDown, {.ctrl = true});
  EXPECT_EQ(session_.look.scene, 2);
  press(Key::kPageUp, {.ctrl = true});
  EXPECT_EQ(session_.look.scene, 1);
}

TEST_F(PanelBench, BeyondTheFirstAndTheLastSceneNothingHappens) {
  lesson::Lesson lesson = cross_lesson();
  lesson.scenes.resize(2, lesson.scenes[0]);
  session_ =
      session::open_session(std::move(lesson), session::Theme::kDark, lesson::Language::kEnglish);
  session_ = session::update(session_, session::action::GoTo{3});
  press(Key::kPageUp, {.ctrl = true});
  EXPECT_EQ(session_.clock.frame, session::frame_of(session::timeline_of(session_), 3));
  session_ = session::update(session::update(session_, session::action::SetScene{1}),
                             session::action::GoTo{3});
  press(Key::kPageDown, {.ctrl = true});
  EXPECT_EQ(session_.look.scene, 1);
  EXPECT_EQ(session_.clock.frame, session::frame_of(session::timeline_of(session_), 3));
}

TEST_F(PanelBench, ADragTurnsTheVolumeAndZeroTurnsItBack) {
  press(Key::k2);
  const session::Orbit before = session_.look.orbit;
  const picture::Point start = {layout_.stage.x + 30, layout_.stage.bottom() - 60};
  move(start.x, start.y);
  button(true);
  move(start.x + 50, start.y - 25);
  button(false);
  EXPECT_DOUBLE_EQ(session_.look.orbit.yaw - before.yaw, -20);
  EXPECT_DOUBLE_EQ(session_.look.orbit.pitch - before.pitch, -10);
  EXPECT_EQ(session_.look.camera, session::Camera{});
  wheel(1, false);
  EXPECT_GT(session_.look.camera.zoom, 1);
  press(Key::k0);
  EXPECT_EQ(session_.look.orbit, session::Orbit{});
  EXPECT_EQ(session_.look.camera, session::Camera{});
}

// A slow frame gets the last move and the release together: still a drag, not a click.
TEST_F(PanelBench, AFlickIsADrag) {
  press(Key::k2);
  const picture::Point start = cell(session::TensorRole::kWeight, {0, 0, 1, 1});
  move(start.x, start.y);
  button(true);
  InputEvent event;
  event.kind = InputEvent::Kind::kMove;
  event.x = start.x + 100;
  event.y = start.y;
  input_.push(event);
  button(false);
  EXPECT_FALSE(ui_.editor);
  EXPECT_NE(session_.look.orbit, session::Orbit{});
}

// Wherever the pointer rests, the session gets one action and then no more.
TEST_F(PanelBench, ARestingPointerEmitsNothing) {
  for (const Key digit : kDigits) {
    press(digit);
    const picture::Rect& stage = layout_.stage;
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
}  // namespace convscope::panels
