// Which command a key runs, and how keys are written.
#pragma once

#include <optional>
#include <string>

#include "app/panels/commands/commands.h"

namespace convscope::panels {

// The command for a key press or a typed character. If the character that the key types
// (`following`) has a command of its own, that one wins: Shift+7 types ? on a Russian layout.
// `presenting`: the presenter's commands hear too, and come first.
std::optional<Command> command_of(const InputEvent& event, const InputEvent* following = nullptr,
                                  bool presenting = false);

// "Ctrl+Z", "Space". keys_text(): all keys of a command, empty when it has none.
std::string chord_text(const KeyChord& chord, const lesson::Locale& locale);
std::string keys_text(const CommandRow& command, const lesson::Locale& locale);
// A button's tooltip: "play or pause   Space"; with an object "undo: paint input   Ctrl+Z".
std::string tooltip_text(Command command, const lesson::Locale& locale,
                         const std::string& object = "");
std::string command_tip(const PanelContext& context, Command command);

}  // namespace convscope::panels
