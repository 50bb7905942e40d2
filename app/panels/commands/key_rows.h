// The keys as a list for people: in the help and in the manual page.
#pragma once

#include <string>
#include <vector>

#include "core/lesson/locale.h"

namespace convscope::panels {

struct KeyRow {
  std::string keys;  // may be empty
  std::string label;
};

// In the order of the table of commands. Neighbours with the same name share a row:
// "Shift+1 … Shift+8".
std::vector<KeyRow> key_rows(const lesson::Locale& locale);

}  // namespace convscope::panels
