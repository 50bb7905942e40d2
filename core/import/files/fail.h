// How the file readers report errors. Internal to them.
#pragma once

#include <string>
#include <utility>

#include "core/import/text/plain_text.h"

namespace convscope::imports {

// Throws Failure `code` for the file of this name. `code` comes first, so that tests can search for
// it.
[[noreturn]] inline void fail(const char* code, const std::string& file, ProblemValues more = {}) {
  more.insert(more.begin(), {"file", file});
  throw Failure({code, "", std::move(more)});
}

}  // namespace convscope::imports
