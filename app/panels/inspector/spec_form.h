// The layer's settings as a form.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "app/panels/panels.h"
#include "core/conv/operators/operator.h"

namespace convscope::panels {

// Settings that belong together.
struct SettingGroup {
  std::string_view name;  // below "panel." in the locale
  std::vector<conv::Setting> settings;
};

// All that the operator reads, in the order of the form; kPaddingMode has a row of its own behind
// kPadding.
std::vector<SettingGroup> setting_groups(const conv::Operator& op, bool one_dimensional);

// One row per setting, in PyTorch's words; every edit emits SetSpec. The height of the first row at
// fault, if there is one.
std::optional<float> spec_form(const PanelContext& context);

}  // namespace convscope::panels
