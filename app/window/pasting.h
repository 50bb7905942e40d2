// What is on the clipboard becomes actions: text at once, a picture when the system hands it over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/files/system/system_clipboard.h"
#include "app/window/store.h"
#include "core/session/action.h"

namespace convscope::window {

class Pasting {
 public:
  // Text first: it is at hand. Without any the system is asked for a picture.
  // `filter`: numbers are for this one.
  session::Actions paste(const std::string& text, const session::Session& session,
                         std::optional<std::int64_t> filter);
  // Of the picture that was asked for, once it is there. Throws Failure.
  session::Actions take(const Store& store);
  bool is_waiting() const { return clipboard_.is_open(); }

 private:
  files::SystemClipboard clipboard_;
};

}  // namespace convscope::window
