#include "app/window/window_title.h"

namespace convscope {

std::string window_title(const Store& store) {
  const Session& session = store.session();
  const std::string program = "Convscope";
  if (store.empty()) {
    return program;
  }
  const std::string mark = store.unsaved() ? "• " : "";
  return mark + session.lesson.title.in(session.language) + " · " + program;
}

}  // namespace convscope
