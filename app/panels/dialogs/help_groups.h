// What the help lists: all keys by topic, what the mouse does, and the settings of the layer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/panels/commands/key_rows.h"
#include "app/panels/panels.h"

namespace convscope::panels {

struct HelpGroup {
  std::string title;
  std::vector<KeyRow> rows;  // `keys` may be the name of a setting, `name` is the sentence
};

// The rows that have every word of `typed` in any language; no group is empty.
std::vector<HelpGroup> help_groups(const PanelContext& context, std::string_view typed);

}  // namespace convscope::panels
