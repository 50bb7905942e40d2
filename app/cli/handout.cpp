#include "core/handout/handout.h"

#include <ostream>

#include "app/cli/front.h"
#include "app/cli/texts.h"
#include "app/files/bundled.h"
#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"

namespace convscope::cli {

void print_handout(const command::Handout& what, const Look& look, std::ostream& out) {
  const lesson::Lesson lesson = told_in(look, files::open_told(what.lesson, what.opening).lesson);
  if (what.out) {
    files::check_writable(*what.out);
  }
  const std::string html = handout::handout_html(lesson, locale_of(look), files::bundled_metrics(),
                                                 {.answers = what.answers});
  if (what.out) {
    files::write_file(*what.out, html);
  } else {
    out << html;
  }
}

}  // namespace convscope::cli
