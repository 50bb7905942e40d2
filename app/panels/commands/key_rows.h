// The keys as a list for people: in the help and in the manual page.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/panels/commands/commands.h"

namespace convscope::panels {

struct KeyRow {
  std::string keys;  // may be empty
  std::string name;  // what they do: a key in the locale
};

// In the order of the table. Neighbours with the same name share a row: "Shift+1 … Shift+8".
std::vector<KeyRow> key_rows(std::span<const CommandRow> table, const lesson::Locale& locale);

}  // namespace convscope::panels
