#include <algorithm>
#include <string>
#include <vector>

#include "app/cli/front.h"
#include "app/cli/still.h"
#include "app/files/lesson_file.h"
#include "app/window/run_window.h"

namespace convscope::cli {

// Bundled lessons open at once. A file may be large, so the window opens it in the background.
int show_window(const command::Window& what, const Look& look) {
  const std::string lesson = what.lesson.empty() ? kFirstLesson : what.lesson;
  window::WindowOptions options;
  options.scale = look.scale;
  options.algorithm = what.algorithm;
  const std::vector<std::string> bundled = files::bundled_lesson_ids();
  if (std::ranges::find(bundled, lesson) != bundled.end()) {
    return window::run_window(session_on(lesson, look, session::Granularity::kPosition), options);
  }
  options.open = lesson;
  return window::run_window(session_on(kFirstLesson, look, session::Granularity::kPosition),
                            options);
}

}  // namespace convscope::cli
