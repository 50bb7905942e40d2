// The interface's font files, which are built in.
#pragma once

#include "app/files/embedded.h"
#include "app/panels/widgets/style.h"

namespace convscope::window {

inline panels::widgets::FontFiles bundled_fonts() {
  return {files::asset("fonts/sans"), files::asset("fonts/bold"), files::asset("fonts/mono"),
          files::asset("fonts/fallback")};
}

}  // namespace convscope::window
