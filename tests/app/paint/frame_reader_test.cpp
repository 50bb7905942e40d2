// Drawing only what changed gives the pixels of drawing it all.
#include "app/paint/frame_reader.h"

#include <gtest/gtest.h>

#include "app/files/lesson_file.h"
#include "core/picture/compose.h"
#include "core/picture/display/changes.h"
#include "core/session/update.h"
#include "tests/support/painter_fixture.h"

namespace convscope::paint {
namespace {

class FrameReaderTest : public PainterFixture, public ::testing::WithParamInterface<const char*> {};

TEST_P(FrameReaderTest, EveryFrameIsExactlyTheWholePicturesPixels) {
  session::Session session = session::open_session(
      files::open_lesson(GetParam()), session::Theme::kDark, lesson::Language::kEnglish);
  session.clock.granularity = session::Granularity::kTerm;
  const lesson::Locale locale = files::bundled_locale(lesson::Language::kEnglish);
  const auto derived =
      std::make_shared<const derive::Derived>(derive::derive(session::scene_of(session)));
  const session::Frame last = session::timeline_of(session).last();
  FrameReader reader(metrics_);
  // Small steps, and now and then a large one.
  std::int64_t parts = 0;
  std::optional<picture::Picture> before;
  for (int i = 0; i < 40; ++i) {
    session.clock.frame = std::min<session::Frame>(last, i < 30 ? 17 * i : last / 11 * (i - 29));
    const picture::Picture picture =
        picture::compose(picture::shown_of(session, derived, {640, 360, 1}), locale, metrics_);
    parts += before && picture::changed_areas(*before, picture, metrics_) ? 1 : 0;
    before = picture;
    painter_->draw(picture);
    ASSERT_EQ(reader.read(picture).rgba, painter_->read().rgba) << i;
  }
  EXPECT_GT(parts, 20);  // else the test would prove nothing
}

INSTANTIATE_TEST_SUITE_P(Lessons, FrameReaderTest,
                         ::testing::Values("cross-5x5", "rgb-same", "stride", "photo-edges",
                                           "linear-layer", "pooling", "im2col", "transposed",
                                           "one-filter-depth", "receptive-field"),
                         [](const auto& lesson) {
                           std::string name = lesson.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST_F(FrameReaderTest, ATransparentGroundStaysTransparent) {
  picture::Picture picture;
  picture.width = 64;
  picture.height = 32;
  picture.background = picture::kTransparent;
  FrameReader reader(metrics_);
  for (int i = 0; i < 4; ++i) {
    const auto x = static_cast<float>(i * 10);
    picture.records = {picture::Box{
        .rect = {x, 3.5F, 12, 12}, .fill = {200, 100, 50, 100}, .stroke = {1, 2, 3}, .radius = 3}};
    painter_->draw(picture);
    ASSERT_EQ(reader.read(picture).rgba, painter_->read().rgba) << i;
    EXPECT_EQ(reader.read(picture).rgba[3], 0);
  }
}

}  // namespace
}  // namespace convscope::paint
