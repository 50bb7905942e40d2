// Every lesson that is built in: it opens, plays through, and each of its moments has a picture.
#include <gtest/gtest.h>

#include <algorithm>

#include "app/files/bundled.h"
#include "app/files/lesson_file.h"
#include "core/lesson/derived.h"
#include "core/lesson/update.h"
#include "core/picture/compose.h"

namespace convscope {
namespace {

constexpr std::array kGranularities = {Granularity::kPosition, Granularity::kChannel,
                                       Granularity::kTerm};

class BundledLessons : public ::testing::TestWithParam<std::string> {
 protected:
  Session opened() const {
    return open_session(open_lesson(GetParam()), Theme::kDark, Language::kEnglish);
  }
};

// Space, and Space again whenever the lesson waits: it comes to the end of the last scene, and
// every text has been on the screen.
TEST_P(BundledLessons, PlaysThroughWithSpaceAlone) {
  Session session = opened();
  const auto scenes = static_cast<std::int64_t>(session.lesson.scenes.size());
  for (std::int64_t scene = 0; scene < scenes; ++scene) {
    ASSERT_EQ(session.scene, scene);
    std::vector<LocalizedText> told = {narration_of(session)};
    const auto at_end = [&] { return session.frame == timeline_of(session).last(); };
    for (int presses = 0; presses < 100 && !at_end(); ++presses) {
      if (!session.playing) {
        session = update(std::move(session), action::TogglePlay{});
      }
      while (session.playing) {
        session = update(std::move(session), action::Tick{1'000'000'000});
      }
      if (narration_of(session) != told.back()) {
        told.push_back(narration_of(session));
      }
    }
    ASSERT_TRUE(at_end());
    EXPECT_GE(told.size(), std::min<std::size_t>(1, scene_of(session).narration.size()));
    for (const Narration& narration : scene_of(session).narration) {
      EXPECT_NE(std::ranges::find(told, narration.text), told.end())
          << narration.text.in(Language::kEnglish);
    }
    if (scene + 1 < scenes) {
      session = update(std::move(session), action::TogglePlay{});
    }
  }
  EXPECT_EQ(session.scene, scenes - 1);
}

TEST_P(BundledLessons, EveryMomentHasItsPicture) {
  const TextMetrics metrics = bundled_metrics();
  const Locale english = bundled_locale(Language::kEnglish);
  const Locale russian = bundled_locale(Language::kRussian);
  Session session = opened();
  for (std::size_t scene = 0; scene < session.lesson.scenes.size(); ++scene) {
    session = update(std::move(session), action::SetScene{static_cast<std::int64_t>(scene)});
    const Derived derived = derive(scene_of(session), {}, {}, wants_training(session));
    for (const Granularity granularity : kGranularities) {
      session = update(std::move(session), action::SetGranularity{granularity});
      const Frame last = timeline_of(session).last();
      for (const Frame frame : {Frame{0}, Frame{1}, last / 2, last}) {
        session = update(std::move(session), action::Seek{frame});
        for (const Locale* locale : {&english, &russian}) {
          const Picture picture = compose(session, derived, *locale, metrics, {1280, 720, 1});
          EXPECT_GT(picture.records.size(), 10U) << "scene " << scene << ", frame " << frame;
        }
      }
    }
  }
}

// Whatever layer and view somebody chooses in a lesson, there is a picture.
TEST_P(BundledLessons, EveryViewOfEveryLayerCanBeShown) {
  const TextMetrics metrics = bundled_metrics();
  const Locale locale = bundled_locale(Language::kEnglish);
  Session session = opened();
  for (std::size_t scene = 0; scene < session.lesson.scenes.size(); ++scene) {
    session = update(std::move(session), action::SetScene{static_cast<std::int64_t>(scene)});
    const Derived derived = derive(scene_of(session));
    const std::size_t layers = scene_of(session).layers.size();
    for (std::size_t layer = 0; layer < layers; ++layer) {
      session = update(std::move(session), action::SetLayer{static_cast<std::int64_t>(layer)});
      for (int view = 0; view < 8; ++view) {
        session = update(std::move(session), action::SetView{static_cast<View>(view)});
        session = update(std::move(session), action::GoTo{1});
        const Picture picture = compose(session, derived, locale, metrics, {1280, 720, 1});
        EXPECT_GT(picture.records.size(), 1U)
            << "scene " << scene << ", layer " << layer << ", view " << view;
      }
    }
  }
}

std::string test_name(const ::testing::TestParamInfo<std::string>& test) {
  std::string name = test.param;
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, BundledLessons, ::testing::ValuesIn(bundled_lesson_ids()), test_name);

}  // namespace
}  // namespace convscope
