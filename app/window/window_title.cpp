#include "app/window/window_title.h"

#include "core/picture/kit/header.h"

namespace convscope::window {

std::string window_title(const Store& store) {
  const session::Session& session = store.session();
  const std::string program = "Convscope";
  if (store.empty()) {
    return program;
  }
  const std::string mark = store.unsaved() ? "• " : "";
  return mark + picture::kit::document_title(session, store.locale()) + " · " + program;
}

}  // namespace convscope::window
