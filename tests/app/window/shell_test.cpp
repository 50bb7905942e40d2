#include "app/window/shell.h"

#include <gtest/gtest.h>

#include "app/files/bundled.h"
#include "app/files/lesson_file.h"
#include "app/paint/frame_target.h"
#include "tests/support/painter_fixture.h"

namespace convscope {
namespace {

constexpr int kWidth = 900;
constexpr int kHeight = 600;

InputEvent pressed(Key key) {
  InputEvent event;
  event.kind = InputEvent::Kind::kKey;
  event.key = key;
  event.down = true;
  return event;
}

class ShellTest : public PainterFixture {};

TEST_F(ShellTest, AFrameShowsWhatItsKeyHasDone) {
  Store store(open_session(open_lesson("cross-5x5"), Theme::kDark, Language::kEnglish));
  const TextMetrics metrics = bundled_metrics();
  Shell shell(store, metrics);
  FrameTarget target(kWidth, kHeight);
  const auto frame = [&] {
    target.bind();
    shell.frame(kWidth, kHeight, 1, 1.0 / 60);
    return target.read().rgba;
  };
  for (int i = 0; i < 5; ++i) {
    frame();
  }
  const auto before = frame();
  const std::int64_t composed = shell.composes();

  shell.push(pressed(Key::kEnd));
  const auto after = frame();
  EXPECT_EQ(store.session().frame, timeline_of(store.session()).last());
  EXPECT_EQ(shell.composes(), composed + 1);
  EXPECT_NE(after, before);
  // Nothing is left for the next frame.
  EXPECT_EQ(frame(), after);
  EXPECT_EQ(shell.composes(), composed + 1);
}

}  // namespace
}  // namespace convscope
