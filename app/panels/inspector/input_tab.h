// The input: its size, what fills it, pictures and what becomes of them.
#pragma once

#include <optional>

#include "app/panels/panels.h"

namespace convscope::panels {

// The height of the first field at fault, if there is one.
std::optional<float> input_tab(const PanelContext& context);

// What the input can be filled with: the name is below "panel." in the locale.
struct FillChoice {
  lesson::InputFill fill;
  const char* name;
};
std::span<const FillChoice> fill_choices();
void fill_with(const PanelContext& context, lesson::InputFill fill);

}  // namespace convscope::panels
