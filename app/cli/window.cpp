#include "app/cli/front.h"
#include "app/cli/still.h"
#include "app/window/run_window.h"

namespace convscope {

// The lesson is opened first, so that a bad file ends here and not in an empty window.
int show_window(const command::Window& what, const Look& look) {
  const std::string lesson = what.lesson.empty() ? kFirstLesson : what.lesson;
  WindowOptions options;
  options.scale = look.scale;
  return run_window(session_on(lesson, look, Granularity::kPosition), options);
}

}  // namespace convscope
