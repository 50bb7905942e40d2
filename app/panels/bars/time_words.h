// The texts of the transport bar: what Space does now, and the current place in the run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/panels/panels.h"

namespace convscope::panels {

enum class SpaceDoes { kPlay, kPause, kGoOn, kNextScene, kNextLesson, kAgain };

SpaceDoes space_does(const PanelContext& context);
// The lesson after this one in the list; nullopt after the last and for lessons from other files.
std::optional<std::string> next_lesson(const PanelContext& context);

// "Space: go on"; empty while playing.
std::string space_hint(const PanelContext& context);
// All hints that can occur in this scene.
std::vector<std::string> space_hints(const PanelContext& context);

// "position 5 of 9", and within it "term 3 of 27"; without `named` "5 of 9".
std::string place_text(const PanelContext& context, bool named = true);

// "At this speed the run takes 3 min."
std::string duration_text(const PanelContext& context);

// "4×", or for a long run that was sped up its duration: "1 min".
std::string speed_text(const PanelContext& context);

}  // namespace convscope::panels
