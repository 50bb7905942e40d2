#include "app/panels/dialogs/file_rows.h"

#include <algorithm>
#include <utility>

#include "app/panels/file_names.h"

namespace convscope::panels {

void open_file_dialog(FileDialog& files, FileDialog::Mode mode, std::string folder,
                      std::string name) {
  files.mode = mode;
  files.wanted = std::move(folder);
  files.name = std::move(name);
  files.focus = true;
  files.chosen = -1;
  files.part = FileDialog::Part::kName;
  files.refusal.reset();
}

std::vector<FileRow> file_rows(const PanelContext& context) {
  constexpr std::size_t kMostRecent = 5;  // the folder is to be seen, too
  const FileDialog& files = context.ui.files;
  std::vector<FileRow> rows;
  if (files.mode == FileDialog::Mode::kOpen) {
    for (const std::string& path : context.recent_files) {
      const std::string folder = folder_of(path);
      if (rows.size() < kMostRecent && !folder.empty()) {
        rows.push_back({file_name(path), path, false, true, folder});
      }
    }
  }
  for (const FileEntry& entry : files.entries) {
    rows.push_back({entry.name, joined(files.folder, entry.name), entry.folder, false});
  }
  return rows;
}

std::string chosen_file(const FileDialog& files, std::span<const FileRow> rows) {
  if (files.mode != FileDialog::Mode::kOpen || files.name.empty()) {
    return "";
  }
  const std::string path = joined(files.folder, files.name);
  const bool listed = std::ranges::any_of(
      rows, [&](const FileRow& row) { return !row.folder && row.path == path; });
  return listed ? path : "";  // nothing half-typed
}

}  // namespace convscope::panels
