// A title for a document that the program makes.
#pragma once

#include <string>

#include "app/panels/panels.h"

namespace convscope::panels {

// What the locales say below this key.
lesson::LocalizedText in_all_languages(const PanelContext& context, const std::string& key);

}  // namespace convscope::panels
