#include "app/panels/dialogs/file_rows.h"

#include <algorithm>

namespace convscope::panels {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return result;
}

}  // namespace

std::vector<FileRow> file_rows(const PanelContext& context) {
  constexpr std::size_t kMostRecent = 5;  // the folder is to be seen, too
  const FileDialog& files = context.ui.files;
  std::vector<FileRow> rows;
  if (files.mode == FileDialog::Mode::kOpen) {
    for (const std::string& path : context.recent_files) {
      const std::size_t cut = path.find_last_of("/\\");
      if (rows.size() < kMostRecent && cut != std::string::npos) {
        rows.push_back({path.substr(cut + 1), path, false, true, path.substr(0, cut)});
      }
    }
  }
  for (const FileEntry& entry : files.entries) {
    rows.push_back({entry.name, joined(files.folder, entry.name), entry.folder, false});
  }
  return rows;
}

std::string chosen_file(const PanelContext& context) {
  const FileDialog& files = context.ui.files;
  if (files.mode != FileDialog::Mode::kOpen || files.name.empty()) {
    return "";
  }
  const std::string path = joined(files.folder, files.name);
  const std::vector<FileRow> rows = file_rows(context);
  const bool listed = std::ranges::any_of(
      rows, [&](const FileRow& row) { return !row.folder && row.path == path; });
  return listed ? path : "";  // nothing half-typed
}

std::string joined(const std::string& folder, const std::string& name) {
  const bool absolute = name.starts_with('/') || (name.size() > 1 && name[1] == ':');
  if (absolute || folder.empty()) {
    return name;
  }
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

bool ends_with_one_of(std::string_view name, std::string_view endings) {
  const std::string small = lower(name);
  while (!endings.empty()) {
    const std::size_t end = std::min(endings.find(", "), endings.size());
    const std::string_view ending = endings.substr(0, end);
    if (small.size() > ending.size() && small.ends_with(ending) &&
        small[small.size() - ending.size() - 1] != '/') {
      return true;
    }
    endings.remove_prefix(std::min(end + 2, endings.size()));
  }
  return false;
}

}  // namespace convscope::panels
