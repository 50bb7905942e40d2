#include "app/window/window_title.h"

namespace convscope::window {

std::string window_title(const Store& store) {
  const session::Session& session = store.session();
  const std::string program = "Convscope";
  if (store.empty()) {
    return program;
  }
  const std::string mark = store.unsaved() ? "• " : "";
  return mark + session.document.lesson->title.in(session.look.language) + " · " + program;
}

}  // namespace convscope::window
