// The stage of the bundled lessons as pixels.
#include <gtest/gtest.h>

#include <memory>

#include "app/files/bundled.h"
#include "app/files/lesson_file.h"
#include "app/paint/headless.h"
#include "core/picture/compose.h"
#include "core/tensor/problem.h"
#include "tests/support/golden_fonts.h"
#include "tests/support/golden_png.h"
#include "tests/support/painter_fixture.h"

namespace convscope::paint {
namespace {

struct Shot {
  const char* name;  // of the golden
  const char* lesson;
  std::int64_t position;  // -1: the empty map
  double share;           // the elapsed part of that position; 1: finished
  session::Theme theme;
};

void PrintTo(const Shot& shot, std::ostream* out) { *out << shot.name; }

class StageGolden : public PainterFixture, public ::testing::WithParamInterface<Shot> {
 protected:
  void SetUp() override {
    PainterFixture::SetUp();
    if (IsSkipped() || HasFatalFailure()) {
      return;
    }
    if (!golden_renderer()) {
      GTEST_SKIP() << "goldens are for llvmpipe, this is " << gl_renderer();
    }
    if (!golden_fonts()) {
      GTEST_SKIP() << "goldens are for other fonts than those built in here";
    }
  }
};

TEST_P(StageGolden, LooksAsReviewed) {
  const Shot& shot = GetParam();
  session::Session session = session::open_session(files::open_lesson(shot.lesson), shot.theme,
                                                   lesson::Language::kEnglish);
  const session::Timeline timeline = session::timeline_of(session);
  const session::Frame end = session::frame_of(timeline, shot.position);
  session.clock.frame =
      end - static_cast<session::Frame>(static_cast<double>(timeline.ticks_per_position()) *
                                        (1 - shot.share));
  const auto derived =
      std::make_shared<const derive::Derived>(derive::derive(session::scene_of(session)));
  painter_->draw(picture::compose(picture::shown_of(session, derived, {1280, 720, 1}),
                                  files::bundled_locale(lesson::Language::kEnglish), metrics_));
  EXPECT_TRUE(matches_golden(painter_->read(), shot.name));
}

INSTANTIATE_TEST_SUITE_P(
    Lessons, StageGolden,
    ::testing::Values(Shot{"cross_start", "cross-5x5", -1, 1, session::Theme::kDark},
                      Shot{"cross_4", "cross-5x5", 4, 1, session::Theme::kDark},
                      Shot{"cross_last", "cross-5x5", 8, 1, session::Theme::kDark},
                      Shot{"cross_4_light", "cross-5x5", 4, 1, session::Theme::kLight},
                      Shot{"cross_4_projector", "cross-5x5", 4, 1, session::Theme::kProjector},
                      Shot{"rgb_0", "rgb-same", 0, 1, session::Theme::kDark},
                      Shot{"rgb_flying", "rgb-same", 7, 0.8, session::Theme::kDark},
                      Shot{"photo_middle", "photo-edges", 20000, 1, session::Theme::kDark}),
    [](const auto& shot) { return shot.param.name; });

}  // namespace
}  // namespace convscope::paint
