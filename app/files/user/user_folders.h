// The folders in which the system wants programs to keep a user's files. The only file that reads
// such folders from the environment.
#pragma once

#include <filesystem>
#include <optional>

namespace convscope::files {

// For settings: $XDG_CONFIG_HOME/convscope, or ~/.config/convscope; on Windows %APPDATA%, on macOS
// ~/Library/Application Support. nullopt if there is no home folder. The folder may not exist.
std::optional<std::filesystem::path> config_folder();

// For the program's own data, such as unsaved work and answers: $XDG_STATE_HOME/convscope, or
// ~/.local/state/convscope; on Windows %LOCALAPPDATA%, on macOS as above.
std::optional<std::filesystem::path> state_folder();

}  // namespace convscope::files
