#include "app/files/user/user_folders.h"

#include <cstdlib>

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

// A variable with an absolute path; the XDG specification requires others to be ignored.
std::optional<fs::path> folder_in(const char* variable) {
  const char* value = std::getenv(variable);
  if (value == nullptr || !fs::path(value).is_absolute()) {
    return std::nullopt;
  }
  return fs::path(value);
}

std::optional<fs::path> below(const std::optional<fs::path>& folder, const fs::path& name) {
  return folder ? std::optional(*folder / name) : std::nullopt;
}

}  // namespace

std::optional<fs::path> config_folder() {
#if defined(_WIN32)
  return below(folder_in("APPDATA"), "Convscope");
#elif defined(__APPLE__)
  return below(folder_in("HOME"), "Library/Application Support/Convscope");
#else
  const auto own = folder_in("XDG_CONFIG_HOME");
  return own ? below(own, "convscope") : below(folder_in("HOME"), ".config/convscope");
#endif
}

std::optional<fs::path> state_folder() {
#if defined(_WIN32)
  return below(folder_in("LOCALAPPDATA"), "Convscope");
#elif defined(__APPLE__)
  return config_folder();
#else
  const auto own = folder_in("XDG_STATE_HOME");
  return own ? below(own, "convscope") : below(folder_in("HOME"), ".local/state/convscope");
#endif
}

}  // namespace convscope::files
