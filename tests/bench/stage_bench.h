// A bundled lesson, ready to be composed at any moment.
#pragma once

#include <string>

#include "app/files/bundled.h"
#include "app/files/lesson_file.h"
#include "core/lesson/clock.h"
#include "core/lesson/update.h"
#include "core/picture/compose.h"

namespace convscope {

struct StageBench {
  explicit StageBench(Lesson lesson)
      : session(open_session(std::move(lesson), Theme::kDark, Language::kEnglish)),
        derived(derive(scene_of(session))) {}

  void show(View view) {
    session = update(std::move(session), action::SetView{view});
    derived = derive(scene_of(session));
  }

  // The stage while position `position` is on its way.
  Picture moving(std::int64_t position, const Canvas& canvas) {
    const Timeline timeline = timeline_of(session);
    session.frame = frame_of(timeline, position - 1) + timeline.ticks_per_position() / 2;
    return compose(session, derived, locale, metrics, canvas);
  }

  Session session;
  Derived derived;
  Locale locale = bundled_locale(Language::kEnglish);
  TextMetrics metrics = bundled_metrics();
};

inline constexpr const char* kBenchLessons[] = {"cross-5x5", "rgb-same", "photo-edges"};

inline Canvas canvas_of_height(std::int64_t height) {
  const auto side = static_cast<float>(height);
  return {side * 16 / 9, side, std::max(1.0F, side / 1080)};
}

}  // namespace convscope
