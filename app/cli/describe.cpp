#include <ostream>
#include <utility>

#include "app/cli/front.h"
#include "app/cli/still.h"
#include "app/cli/texts.h"
#include "core/derive/derived.h"
#include "core/picture/words/describe.h"

namespace convscope::cli {

void describe_stage(const command::Describe& what, const Look& look, std::ostream& out) {
  session::Session session = session_on(what.lesson, look, what.granularity, what.place);
  if (what.step) {
    session = at_step(std::move(session), *what.step);
  }
  const derive::Derived derived =
      derive::derive(session::scene_of(session), {}, {}, session::wants_training(session));
  out << picture::words::describe(session, derived, locale_of(look)) << "\n";
}

}  // namespace convscope::cli
