// What the transport says: what Space does now, and where in the run the stage stands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/panels/panels.h"

namespace convscope::panels {

enum class SpaceDoes { kPlay, kPause, kGoOn, kNextScene, kNextLesson, kAgain };

SpaceDoes space_does(const PanelContext& context);
// The lesson after this one in the list; nothing after the last and beside lessons of other files.
std::optional<std::string> next_lesson(const PanelContext& context);

// "Space: go on"; empty while time runs.
std::string space_hint(const PanelContext& context);
// All that it can say in this scene.
std::vector<std::string> space_hints(const PanelContext& context);

// "position 5 of 9", and within it "term 3 of 27"; without `named` "5 of 9".
std::string place_text(const PanelContext& context, bool named = true);

// "At this speed the run takes 3 min."
std::string duration_text(const PanelContext& context);

// "4×", or where a long run was hurried "1 min": what it takes.
std::string speed_text(const PanelContext& context);

}  // namespace convscope::panels
