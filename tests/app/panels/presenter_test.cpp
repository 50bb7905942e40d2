// Presenting, by keyboard and pointer.
#include "app/panels/present/presenter.h"

#include "panel_bench.h"

namespace convscope::panels {
namespace {

class Presenting : public PanelBench {
 protected:
  Presenting() {
    press(Key::kF5);
    if (!ui_.presenter) {
      ADD_FAILURE() << "F5 does not present";
      ui_.presenter.emplace();
    }
  }
  Presenter& presenter() { return *ui_.presenter; }
  picture::Point middle() const { return layout_.stage.center(); }
  void draw(picture::Point from, picture::Point to) {
    move(from.x, from.y);
    button(true);
    move(to.x, to.y);
    button(false);
  }
};

TEST_F(Presenting, NothingButTheStageIsLeft) {
  EXPECT_EQ(layout_.stage.w, 1280);
  EXPECT_EQ(layout_.stage.h, 720);
  EXPECT_FALSE(layout_.inspector);
  EXPECT_FALSE(layout_.lessons);
  EXPECT_EQ(layout_.top_bar.h, 0);
  EXPECT_EQ(layout_.transport.h, 0);
}

TEST_F(Presenting, EscLeavesItAndF11AsWell) {
  press(Key::kEscape);
  EXPECT_FALSE(ui_.presenter);
  EXPECT_GT(layout_.top_bar.h, 0);
  press(Key::kF11);
  EXPECT_TRUE(ui_.presenter);
  press(Key::kF11);
  EXPECT_FALSE(ui_.presenter);
}

// Nobody wants a lit cell, or the arrows to change it, where the pointer was left.
TEST_F(Presenting, APointerAtRestPointsAtNothing) {
  const picture::Point at = cell(session::TensorRole::kWeight, {0, 0, 1, 1});
  move(at.x, at.y);
  ASSERT_TRUE(session_.transient.hover);
  presenter().pointer_rested = 10;
  frame();
  EXPECT_FALSE(session_.transient.hover);
  move(at.x + 2, at.y);
  settle();
  EXPECT_TRUE(session_.transient.hover);
  press(Key::kD);
  settle();
  EXPECT_FALSE(session_.transient.hover);
}

TEST_F(Presenting, AClickerSteps) {
  press(Key::kPageDown);
  session_ = session::settle(session_);
  EXPECT_EQ(session::beat_at(session::timeline_of(session_), session_.clock.frame).position, 0);
}

TEST_F(Presenting, AtTheEndAClickerOpensTheNextLesson) {
  lessons_ = {{"cross", {}, {}}, {"second", {}, {}}};
  press(Key::kEnd);
  emitted_.clear();
  press(Key::kPageDown);
  ASSERT_FALSE(emitted_.empty());
  const auto* open = emitted_.back().as<session::action::Open>();
  ASSERT_NE(open, nullptr);
  EXPECT_EQ(open->what, "second");
}

TEST_F(Presenting, BlanksTheScreenAndTheNextPressOnlyBringsItBack) {
  press(Key::kB);
  EXPECT_TRUE(presenter().blank);
  const session::Frame before = session_.clock.frame;
  press(Key::kPageDown);
  EXPECT_FALSE(presenter().blank);
  EXPECT_EQ(session_.clock.frame, before);
  press(Key::kB);
  press(Key::kB);
  EXPECT_FALSE(presenter().blank);
  press(Key::kB);
  press(Key::kEscape);
  ASSERT_TRUE(ui_.presenter);
  EXPECT_FALSE(presenter().blank);
}

TEST_F(Presenting, ThePenDrawsOverCellsAndChangesNone) {
  const session::Document before = session_.document;
  press(Key::kD);
  const picture::Point from = middle();
  draw(from, {from.x + 72, from.y - 36});
  ASSERT_EQ(presenter().strokes.size(), 1u);
  const Stroke& stroke = presenter().strokes.front();
  EXPECT_NEAR(stroke.front().x, 0, 1e-4);  // in units of 720 lines
  EXPECT_NEAR(stroke.back().x, 0.1, 1e-4);
  EXPECT_NEAR(stroke.back().y, -0.05, 1e-4);
  EXPECT_FALSE(presenter().drawing);
  EXPECT_EQ(session_.document, before);
  EXPECT_FALSE(ui_.editor);
}

TEST_F(Presenting, StrokesAreUndoneOneByOneAndErasedAtOnce) {
  press(Key::kD);
  for (const float y : {100.0f, 200.0f, 300.0f}) {
    draw({200, y}, {400, y});
  }
  press(Key::kZ, {.ctrl = true});
  EXPECT_EQ(presenter().strokes.size(), 2u);
  press(Key::kE);
  EXPECT_TRUE(presenter().strokes.empty());
}

TEST_F(Presenting, StrokesStayWhileTimeGoesOnAndGoWithTheView) {
  press(Key::kD);
  draw({200, 200}, {400, 200});
  press(Key::kRight);
  EXPECT_EQ(presenter().strokes.size(), 1u);
  press(Key::k2);
  EXPECT_TRUE(presenter().strokes.empty());
}

TEST_F(Presenting, ZoomsToThePointerAndBack) {
  move(300, 300);
  press(Key::kZ);
  EXPECT_GT(session_.look.camera.zoom, 2);
  press(Key::kZ);
  EXPECT_EQ(session_.look.camera, session::Camera{});
}

TEST_F(Presenting, ItsLettersHaveNoEffectOtherwise) {
  press(Key::kEscape);
  for (const Key letter : {Key::kB, Key::kD, Key::kE, Key::kS, Key::kZ, Key::kN}) {
    press(letter);
  }
  EXPECT_FALSE(ui_.presenter);
  EXPECT_EQ(session_.look.camera, session::Camera{});
}

TEST_F(Presenting, AQuestionIsAtTheBottomAndUsesTheLetters) {
  press(Key::kQ);
  ASSERT_TRUE(session::is_asking(session_));
  ASSERT_TRUE(layout_.foot);
  press(Key::kB);
  EXPECT_FALSE(presenter().blank);
  EXPECT_EQ(session_.asking->phase, session::Asking::Phase::kAnswered);
  press(Key::kEscape);  // closes the question first
  EXPECT_TRUE(ui_.presenter);
  EXPECT_FALSE(session_.asking);
}

TEST(PresenterTime, IsReadInMinutesAndHours) {
  EXPECT_EQ(time_of(0), "0:00");
  EXPECT_EQ(time_of(59.9), "0:59");
  EXPECT_EQ(time_of(725), "12:05");
  EXPECT_EQ(time_of(3725), "1:02:05");
}

}  // namespace
}  // namespace convscope::panels
