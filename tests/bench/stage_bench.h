// A bundled lesson, ready to be composed at any moment.
#pragma once

#include <memory>
#include <string>

#include "app/files/bundled.h"
#include "app/files/lesson_file.h"
#include "core/picture/compose.h"
#include "core/session/update.h"

namespace convscope {

struct StageBench {
  explicit StageBench(lesson::Lesson lesson)
      : session(session::open_session(std::move(lesson), session::Theme::kDark,
                                      lesson::Language::kEnglish)),
        derived(
            std::make_shared<const derive::Derived>(derive::derive(session::scene_of(session)))) {}

  void show(lesson::View view) {
    session = session::update(std::move(session), session::action::SetView{view});
    derived = std::make_shared<const derive::Derived>(derive::derive(session::scene_of(session)));
  }

  // The stage in the middle of position `position`.
  picture::Picture moving(std::int64_t position, const picture::Viewport& viewport) {
    const session::Timeline timeline = session::timeline_of(session);
    session.clock.frame =
        session::frame_of(timeline, position - 1) + timeline.ticks_per_position() / 2;
    return picture::compose(picture::shown_of(session, derived, viewport), locale, metrics);
  }

  session::Session session;
  std::shared_ptr<const derive::Derived> derived;
  lesson::Locale locale = files::bundled_locale(lesson::Language::kEnglish);
  picture::TextMetrics metrics = files::bundled_metrics();
};

inline constexpr const char* kBenchLessons[] = {"cross-5x5", "rgb-same", "photo-edges"};

inline picture::Viewport viewport_of_height(std::int64_t height) {
  const auto side = static_cast<float>(height);
  return {side * 16 / 9, side, std::max(1.0F, side / 1080)};
}

}  // namespace convscope
