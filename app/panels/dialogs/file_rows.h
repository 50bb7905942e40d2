// How the file dialog opens, and what it lists: recent files first, then the folder.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/panels/panels.h"

namespace convscope::panels {

struct FileRow {
  std::string name;
  std::string path;  // whole
  bool folder = false;
  bool recent = false;
  std::string beside = {};  // the folder of a recent file
};

// The front lists the folder before the next frame; the name has the keyboard.
void open_file_dialog(FileDialog& files, FileDialog::Mode mode, std::string folder,
                      std::string name);

std::vector<FileRow> file_rows(const PanelContext& context);

// The file that is chosen, by row or by its typed name; empty for a folder or for none.
std::string chosen_file(const FileDialog& files, std::span<const FileRow> rows);

}  // namespace convscope::panels
