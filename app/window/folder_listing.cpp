#include "app/window/folder_listing.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "app/files/export_format.h"
#include "app/files/system/file_io.h"
#include "core/code/numbers/number_format.h"

namespace convscope::window {
namespace {

namespace fs = std::filesystem;

// Whether the dialog is about such files.
bool is_listed(const fs::path& path, panels::FileDialog::Mode mode) {
  constexpr std::array<std::string_view, 10> kOpened = {
      ".json", ".png", ".jpg", ".jpeg", ".bmp", ".tga", ".gif", ".npy", ".npz", ".safetensors"};
  const std::string ending = files::lower_extension(path);
  if (mode == panels::FileDialog::Mode::kSave) {
    return ending == ".json";
  }
  if (mode == panels::FileDialog::Mode::kHandout) {
    return ending == ".html";
  }
  if (mode == panels::FileDialog::Mode::kExport) {
    const files::ExportFormat* format = files::export_format_of(path);
    return format != nullptr && format->encode != nullptr;
  }
  if (mode == panels::FileDialog::Mode::kNumbers) {
    return code::number_format_of_ending(ending) != nullptr;
  }
  return std::ranges::find(kOpened, ending) != kOpened.end();
}

// `folder`, or the nearest one above it that is there.
fs::path existing(fs::path folder) {
  std::error_code error;
  while (!fs::is_directory(folder, error) && folder.has_relative_path()) {
    folder = folder.parent_path();
  }
  return folder;
}

std::string free_name(const fs::path& folder, const fs::path& name) {
  std::error_code error;
  fs::path candidate = name;
  for (int number = 2; fs::exists(folder / candidate, error) && !error; ++number) {
    candidate = name.stem();
    candidate += "-" + std::to_string(number);
    candidate += name.extension();
  }
  return files::utf8_of(candidate);
}

}  // namespace

void list_folder(const std::string& folder, panels::FileDialog& dialog) {
  std::error_code error;
  const fs::path wanted = folder.empty() ? fs::current_path(error) : fs::path(folder);
  const fs::path here = existing(fs::weakly_canonical(wanted, error));
  dialog.folder = here.string();
  dialog.parent = here.has_parent_path() && here.parent_path() != here ? here.parent_path().string()
                                                                       : std::string();
  dialog.entries.clear();
  fs::directory_iterator entry(here, fs::directory_options::skip_permission_denied, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    const std::string name = entry->path().filename().string();
    const bool is_folder = entry->is_directory(ignored);
    if (!name.starts_with('.') && (is_folder || is_listed(entry->path(), dialog.mode))) {
      dialog.entries.push_back({name, is_folder});
    }
  }
  std::ranges::sort(dialog.entries, [](const panels::FileEntry& a, const panels::FileEntry& b) {
    return a.folder != b.folder ? a.folder : a.name < b.name;
  });
  if (std::exchange(dialog.propose, false)) {
    dialog.name = free_name(here, dialog.name);
  }
}

}  // namespace convscope::window
