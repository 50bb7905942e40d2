// What the file dialog lists: recent files first, then the folder.
#pragma once

#include <string>
#include <string_view>
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

std::vector<FileRow> file_rows(const PanelContext& context);

// The file that is chosen, by row or by its typed name; empty for a folder or for none.
std::string chosen_file(const PanelContext& context);

// `name` in `folder`, unless it is a whole path already.
std::string joined(const std::string& folder, const std::string& name);

// `endings`: ".png, .svg"; upper and lower case are alike.
bool ends_with_one_of(std::string_view name, std::string_view endings);

}  // namespace convscope::panels
