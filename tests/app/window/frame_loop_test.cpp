#include "app/window/frame_loop.h"

#include "app/files/lesson_file.h"
#include "app/paint/frame_target.h"
#include "tests/support/painter_fixture.h"

namespace convscope::window {
namespace {

// The window's loop with a clock controlled by the test; everything else is real.
class FrameLoops : public PainterFixture {
 protected:
  // Positions played in `seconds` of the clock at `rate` frames per second, after Space.
  static double played(double speed, int rate, int seconds) {
    Store store(session::open_session(files::open_lesson("conv2d-3-to-5"), session::Theme::kDark,
                                      lesson::Language::kEnglish));
    store.wait();
    store.dispatch(session::action::Switch{&session::Toggles::guided, false});
    store.dispatch(session::action::SetSpeed{speed});
    paint::FrameTarget target(64, 48);
    target.bind();
    const double start = 1000;  // a clock that has been running for a while
    FrameLoop loop(store, metrics_, start);
    panels::InputEvent space;
    space.kind = panels::InputEvent::Kind::kKey;
    space.key = panels::Key::kSpace;
    space.down = true;
    loop.shell().push(space);
    loop.turn({64, 48, 1}, start);
    EXPECT_TRUE(store.session().clock.playing);
    for (int i = 1; i <= rate * seconds; ++i) {
      loop.turn({64, 48, 1}, start + static_cast<double>(i) / rate);
    }
    return static_cast<double>(store.session().clock.frame) /
           static_cast<double>(session::kTicksPerSecond);
  }
};

TEST_F(FrameLoops, SpeedIsPositionsPerSecondAtAnyFrameRate) {
  constexpr int kSeconds = 2;
  for (const double speed : {0.25, 0.5, 1.0, 2.0, 8.0, 32.0}) {
    for (const int rate : {12, 60, 144}) {
      // The clock's last tick may not be complete.
      const double tick = speed / static_cast<double>(session::kTicksPerSecond);
      EXPECT_NEAR(played(speed, rate, kSeconds), speed * kSeconds, 2 * tick)
          << speed << "x at " << rate << " frames a second";
    }
  }
}

TEST_F(FrameLoops, TheClockStopsWhileTheWindowIsHidden) {
  Store store(session::open_session(files::open_lesson("cross-5x5"), session::Theme::kDark,
                                    lesson::Language::kEnglish));
  paint::FrameTarget target(64, 48);
  target.bind();
  FrameLoop loop(store, metrics_, 0);
  store.dispatch(session::action::TogglePlay{});
  loop.turn({64, 48, 1}, 0.05);
  EXPECT_EQ(store.session().clock.frame, 12);
  loop.rest(10);
  loop.turn({64, 48, 1}, 10.05);
  EXPECT_EQ(store.session().clock.frame, 24);
}

}  // namespace
}  // namespace convscope::window
