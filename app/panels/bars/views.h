// The views as the window offers them, in the order of their keys.
#pragma once

#include <span>
#include <string_view>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/widgets/icons.h"
#include "core/lesson/lesson.h"

namespace convscope::panels {

struct ViewChoice {
  lesson::View view;
  Command show;    // alone, or beside the second one that is there
  Command beside;  // beside the one that is shown
  widgets::Icon icon;
  std::string_view name;  // its key in the locale
};

std::span<const ViewChoice> view_choices();
const ViewChoice& choice_of(lesson::View view);

}  // namespace convscope::panels
