// Actions about whole documents, and notices. Reading and writing files is the front's work: it
// turns Open into Opened or Notify.
#pragma once

#include <string>
#include <variant>

#include "core/session/session.h"

namespace convscope::session::action {

struct Open {
  std::string what;
};  // a bundled id, a lesson file or an image; "lesson" in JSON, as on the command line
struct Opened {
  lesson::Lesson lesson;
};
struct Save {
  std::string path;
};
struct Notify {
  Problem notice;
};
struct DismissNotice {};

using DocumentActions = std::variant<Open, Opened, Save, Notify, DismissNotice>;

}  // namespace convscope::session::action
