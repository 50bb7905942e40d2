#include "app/window/screenshot.h"

#include <utility>

#include "app/cli/front.h"
#include "app/cli/still.h"
#include "app/cli/texts.h"
#include "app/files/bundled.h"
#include "app/files/image/image_file.h"
#include "app/files/system/file_io.h"
#include "app/paint/headless.h"

namespace convscope::cli {

void take_screenshot(const command::Screenshot& what, const Look& look) {
  const std::string lesson = what.lesson.empty() ? kFirstLesson : what.lesson;
  session::Session session = session_on(lesson, look, what.granularity, what.place);
  if (what.step) {
    session = at_step(std::move(session), *what.step);
  }
  window::Store store(std::move(session), what.algorithm);
  if (look.pseudo) {
    store.speak({locale_of(look)});
  }
  const picture::TextMetrics metrics = files::bundled_metrics();
  const paint::HeadlessContext context;
  files::write_file(what.out, files::png_bytes(window::screenshot_pixels(
                                  store, metrics, what.size.width, what.size.height,
                                  viewport_of(what.size, look).scale)));
}

}  // namespace convscope::cli
