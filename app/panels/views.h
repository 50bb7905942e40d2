// The views as the window offers them, in the order of their keys.
#pragma once

#include <span>
#include <string_view>

#include "app/panels/icons.h"
#include "app/panels/shortcuts.h"
#include "core/lesson/lesson.h"

namespace convscope {

struct ViewChoice {
  View view;
  Command show;    // alone, or beside the second one that is there
  Command beside;  // beside the one that is shown
  Icon icon;
  std::string_view name;  // its key in the locale
};

std::span<const ViewChoice> view_choices();
const ViewChoice& choice_of(View view);

}  // namespace convscope
