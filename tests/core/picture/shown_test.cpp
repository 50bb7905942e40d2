#include "core/picture/shown.h"

#include <gtest/gtest.h>

#include "app/files/bundled.h"
#include "core/picture/svg/svg.h"
#include "scene_fixture.h"

namespace convscope::picture {
namespace {

constexpr Viewport kViewport = {1280, 720, 1};

// Everything in a session that its pictures don't show, with values that differ from the initial
// ones.
session::Session with_all_else(session::Session session) {
  session::Session edited = session::update(
      session, session::action::SetValue{{session::TensorRole::kInput, {0, 0, 0, 0}}, 77, true});
  session.document.number = 3;
  session.document.history = edited.document.history;
  session.clock.run_to = session.clock.frame + 100;
  session.clock.playing = true;
  session.clock.speed = 4;
  session.clock.quarter_ticks = 2;
  session.toggles = {.loop = true, .guided = false};
  session.transient.selection = session::Target{session::TensorRole::kInput, {0, 0, 0, 0}};
  session.transient.draft = session::Draft{session::layer_of(session).spec, {{"x", "", {}}}};
  session.transient.notice = Problem{"x", "", {}};
  return session;
}

TEST(Shown, LeavesOutNothingThatAPictureDependsOn) {
  for (const std::string& id : files::bundled_lesson_ids()) {
    Stage stage(id);
    const auto scenes = static_cast<std::int64_t>(stage.session.document.lesson->scenes.size());
    for (std::int64_t scene = 0; scene < scenes; ++scene) {
      stage.apply(session::action::SetScene{scene});
      stage.apply(session::action::Next{});
      stage.apply(
          session::action::Hover{session::Target{session::TensorRole::kInput, {0, 0, 0, 0}}});
      const auto derived = std::make_shared<const derive::Derived>(derive::derive(
          session::scene_of(stage.session), {}, {}, session::wants_training(stage.session)));
      const Shown whole = {
          .derived = derived, .viewport = kViewport, .session = with_all_else(stage.session)};
      const Shown shown = shown_of(whole.session, derived, kViewport);
      ASSERT_TRUE(shown == shown_of(stage.session, derived, kViewport));
      const lesson::Locale locale(lesson::Language::kEnglish, files::asset_text("locale/en.json"));
      ASSERT_EQ(svg::svg_of(compose(shown, locale, golden_metrics()), golden_metrics()),
                svg::svg_of(compose(whole, locale, golden_metrics()), golden_metrics()))
          << id << ", scene " << scene;
    }
  }
}

// The texts of a scene turn grey when its numbers are not the lesson's own.
TEST(Shown, KnowsTheLessonAsItWasOpened) {
  Stage stage("cross-5x5");
  stage.apply(session::action::SetValue{{session::TensorRole::kInput, {0, 0, 0, 0}}, 77, true});
  session::Session opened_so = stage.session;
  opened_so.document.original = opened_so.document.lesson;
  const auto derived = std::make_shared<const derive::Derived>(stage.derived);
  EXPECT_FALSE(shown_of(stage.session, derived, kViewport) ==
               shown_of(opened_so, derived, kViewport));
}

// With reduced motion only finished steps are shown, in playing too: nothing is on its way.
TEST(Shown, WithReducedMotionThePictureGoesFromStepToStep) {
  Stage stage("cross-5x5");
  stage.session.toggles.guided = false;
  const auto derived = std::make_shared<const derive::Derived>(stage.derived);
  const auto shown_frames = [&](bool reduced) {
    session::Session session = stage.session;
    session.toggles.reduced_motion = reduced;
    session = session::update(session, session::action::TogglePlay{});
    std::vector<session::Frame> frames;
    for (int tick = 0; tick < 600; ++tick) {
      const session::Frame frame = shown_of(session, derived, kViewport).session.clock.frame;
      if (frames.empty() || frames.back() != frame) {
        frames.push_back(frame);
      }
      session = session::update(session, session::action::Tick{1});
    }
    return frames;
  };
  EXPECT_EQ(shown_frames(true), (std::vector<session::Frame>{0, 240, 480}));
  EXPECT_GT(shown_frames(false).size(), 500U);
}

}  // namespace
}  // namespace convscope::picture
