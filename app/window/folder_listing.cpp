#include "app/window/folder_listing.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "app/files/export_format.h"
#include "app/files/file_io.h"

namespace convscope::window {
namespace {

namespace fs = std::filesystem;

// What can be opened, and what was exported.
bool is_ours(const fs::path& path) {
  constexpr std::array<std::string_view, 8> kOpened = {".json", ".png", ".jpg", ".jpeg",
                                                       ".bmp",  ".tga", ".gif", ".npy"};
  const files::ExportFormat* exported = files::export_format_of(path);
  return (exported != nullptr && exported->encode != nullptr) ||
         std::ranges::find(kOpened, files::lower_extension(path)) != kOpened.end();
}

}  // namespace

void list_folder(const std::string& folder, panels::FileDialog& dialog) {
  std::error_code error;
  const fs::path wanted = folder.empty() ? fs::current_path(error) : fs::path(folder);
  const fs::path here = fs::weakly_canonical(wanted, error);
  dialog.folder = here.string();
  dialog.parent = here.has_parent_path() && here.parent_path() != here ? here.parent_path().string()
                                                                       : std::string();
  dialog.entries.clear();
  fs::directory_iterator entry(here, fs::directory_options::skip_permission_denied, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    const std::string name = entry->path().filename().string();
    const bool is_folder = entry->is_directory(ignored);
    if (!name.starts_with('.') && (is_folder || is_ours(entry->path()))) {
      dialog.entries.push_back({name, is_folder});
    }
  }
  std::ranges::sort(dialog.entries, [](const panels::FileEntry& a, const panels::FileEntry& b) {
    return a.folder != b.folder ? a.folder : a.name < b.name;
  });
}

}  // namespace convscope::window
