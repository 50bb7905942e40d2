// Where the system wants a program to keep a person's files. The only place that asks the
// environment for folders.
#pragma once

#include <filesystem>
#include <optional>

namespace convscope::files {

// For settings: $XDG_CONFIG_HOME/convscope, or ~/.config/convscope; on Windows %APPDATA%, on macOS
// ~/Library/Application Support. Nothing where there is no home. The folder need not exist.
std::optional<std::filesystem::path> config_folder();

// For what the program keeps by itself, such as unsaved work and answers:
// $XDG_STATE_HOME/convscope, or ~/.local/state/convscope; on Windows %LOCALAPPDATA%, on macOS as
// above.
std::optional<std::filesystem::path> state_folder();

}  // namespace convscope::files
