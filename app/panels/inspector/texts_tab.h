// Where a lesson is written: its texts at the place on stage, its scenes, what belongs to it.
#pragma once

#include <functional>
#include <string>

#include "app/panels/panels.h"

namespace convscope::panels {

void texts_tab(const PanelContext& context);

// A field for a text in both languages; what is typed is asked for at once, `commit` is false
// until the field is left. Needs ids of its own: `name`.
void localized_fields(const PanelContext& context, const std::string& name,
                      const lesson::LocalizedText& text, int lines,
                      const std::function<session::Action(lesson::Language, std::string)>& action);

}  // namespace convscope::panels
