// Every bundled lesson opens, plays through, and has a picture for each of its moments.
#include <gtest/gtest.h>

#include <algorithm>

#include "app/files/bundled.h"
#include "app/files/lesson_file.h"
#include "core/derive/derived.h"
#include "core/picture/compose.h"
#include "core/session/enum_names.h"
#include "core/session/scenes.h"
#include "core/session/update.h"

namespace convscope::cli {
namespace {

constexpr std::array kGranularities = {session::Granularity::kPosition,
                                       session::Granularity::kChannel, session::Granularity::kTerm};

class BundledLessons : public ::testing::TestWithParam<std::string> {
 protected:
  session::Session opened() const {
    return session::open_session(files::open_lesson(GetParam()), session::Theme::kDark,
                                 lesson::Language::kEnglish);
  }
};

// Pressing Space, and again whenever the lesson waits, reaches the end of the last scene, and shows
// every text.
TEST_P(BundledLessons, PlaysThroughWithSpaceAlone) {
  session::Session session = opened();
  const auto scenes = static_cast<std::int64_t>(session.document.lesson->scenes.size());
  for (std::int64_t scene = 0; scene < scenes; ++scene) {
    ASSERT_EQ(session.look.scene, scene);
    std::vector<lesson::LocalizedText> told = {session::narration_of(session)};
    const auto at_end = [&] {
      return session::at_end(session) && !session::next_told_layer(session) &&
             session.look.scene == scene;
    };
    for (int presses = 0; presses < 100 && !at_end(); ++presses) {
      if (!session.clock.playing) {
        session = session::update(std::move(session), session::action::TogglePlay{});
      }
      while (session.clock.playing) {
        session = session::update(std::move(session), session::action::Tick{1'000'000'000});
      }
      if (session::narration_of(session) != told.back()) {
        told.push_back(session::narration_of(session));
      }
    }
    ASSERT_TRUE(at_end());
    EXPECT_GE(told.size(), std::min<std::size_t>(1, session::scene_of(session).narration.size()));
    for (const lesson::Narration& narration : session::scene_of(session).narration) {
      EXPECT_NE(std::ranges::find(told, narration.text), told.end())
          << narration.text.in(lesson::Language::kEnglish);
    }
    if (scene + 1 < scenes) {
      session = session::update(std::move(session), session::action::TogglePlay{});
    }
  }
  EXPECT_EQ(session.look.scene, scenes - 1);
}

// A lecturer has a clicker with two keys: it must lead through the lesson, text by text, in a
// number of presses that fits the class.
TEST_P(BundledLessons, AClickerAloneTellsAll) {
  session::Session session = opened();
  const auto scenes = static_cast<std::int64_t>(session.document.lesson->scenes.size());
  std::vector<std::vector<lesson::LocalizedText>> told(static_cast<std::size_t>(scenes));
  const auto click = [&](const session::Action& action) {
    const session::Frame before = session.clock.frame;
    const session::Look look = session.look;
    session = session::settle(session::update(std::move(session), action));
    return session.clock.frame != before || session.look != look;
  };
  int presses = 0;
  do {
    told[static_cast<std::size_t>(session.look.scene)].push_back(session::narration_of(session));
    ++presses;
  } while (click(session::action::NextTold{}) && presses < 1000);
  EXPECT_EQ(session.look.scene, scenes - 1);
  EXPECT_LT(presses, 32 * scenes);
  for (std::size_t i = 0; i < told.size(); ++i) {
    for (const lesson::Narration& narration : session.document.lesson->scenes[i]->narration) {
      EXPECT_NE(std::ranges::find(told[i], narration.text), told[i].end())
          << narration.text.in(lesson::Language::kEnglish);
    }
  }
  for (presses = 0; click(session::action::PreviousTold{}) && presses < 1000;) {
    ++presses;
  }
  EXPECT_EQ(session.look.scene, 0);
  EXPECT_EQ(session.clock.frame, session::opening_frame(session));
  EXPECT_LT(presses, 32 * scenes);
}

TEST_P(BundledLessons, EveryMomentHasItsPicture) {
  const picture::TextMetrics metrics = files::bundled_metrics();
  const lesson::Locale english = files::bundled_locale(lesson::Language::kEnglish);
  const lesson::Locale russian = files::bundled_locale(lesson::Language::kRussian);
  session::Session session = opened();
  for (std::size_t scene = 0; scene < session.document.lesson->scenes.size(); ++scene) {
    session = session::update(std::move(session),
                              session::action::SetScene{static_cast<std::int64_t>(scene)});
    const auto derived = std::make_shared<const derive::Derived>(
        derive::derive(session::scene_of(session), {}, {}, session::wants_training(session)));
    for (const session::Granularity granularity : kGranularities) {
      session = session::update(std::move(session), session::action::SetGranularity{granularity});
      const session::Frame last = session::timeline_of(session).last();
      for (const session::Frame frame : {session::Frame{0}, session::Frame{1}, last / 2, last}) {
        session = session::update(std::move(session), session::action::Seek{frame});
        for (const lesson::Locale* locale : {&english, &russian}) {
          const picture::Picture picture = picture::compose(
              picture::shown_of(session, derived, {1280, 720, 1}), *locale, metrics);
          EXPECT_GT(picture.records.size(), 10U) << "scene " << scene << ", frame " << frame;
        }
      }
    }
  }
}

// There is a picture for every layer and view that can be chosen in a lesson.
TEST_P(BundledLessons, EveryViewOfEveryLayerCanBeShown) {
  const picture::TextMetrics metrics = files::bundled_metrics();
  const lesson::Locale locale = files::bundled_locale(lesson::Language::kEnglish);
  session::Session session = opened();
  for (std::size_t scene = 0; scene < session.document.lesson->scenes.size(); ++scene) {
    session = session::update(std::move(session),
                              session::action::SetScene{static_cast<std::int64_t>(scene)});
    const auto derived =
        std::make_shared<const derive::Derived>(derive::derive(session::scene_of(session)));
    const std::size_t layers = session::scene_of(session).layers.size();
    for (std::size_t layer = 0; layer < layers; ++layer) {
      session = session::update(std::move(session),
                                session::action::SetLayer{static_cast<std::int64_t>(layer)});
      for (int view = 0; view < 8; ++view) {
        session = session::update(std::move(session),
                                  session::action::SetView{static_cast<lesson::View>(view)});
        session = session::update(std::move(session), session::action::GoTo{1});
        const picture::Picture picture =
            picture::compose(picture::shown_of(session, derived, {1280, 720, 1}), locale, metrics);
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

INSTANTIATE_TEST_SUITE_P(All, BundledLessons, ::testing::ValuesIn(files::bundled_lesson_ids()),
                         test_name);

}  // namespace
}  // namespace convscope::cli
