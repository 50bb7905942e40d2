#include "app/panels/commands/key_rows.h"

#include <algorithm>
#include <utility>

#include "app/panels/commands/shortcuts.h"

namespace convscope::panels {

std::vector<KeyRow> key_rows(std::span<const CommandRow> table, const lesson::Locale& locale) {
  std::vector<KeyRow> rows;
  for (auto first = table.begin(); first != table.end();) {
    const auto next = std::find_if(
        first, table.end(), [first](const CommandRow& other) { return other.name != first->name; });
    std::string keys = keys_text(*first, locale);
    if (next - first > 1) {
      keys += " … " + keys_text(*(next - 1), locale);
    }
    rows.push_back({std::move(keys), "shortcut." + std::string(first->name)});
    first = next;
  }
  return rows;
}

}  // namespace convscope::panels
