// Paths as texts, parted by either slash: for sentences and lists. No disk is read.
#pragma once

#include <string>
#include <string_view>

namespace convscope::panels {

// "b.json" of "/a/b.json".
std::string file_name(const std::string& path);
// "b" of "/a/b.json".
std::string stem_of(const std::string& path);
// "/a" of "/a/b.json", "/" of "/b.json"; empty where the path names no folder.
std::string folder_of(const std::string& path);

// `name` in `folder`, unless it is a whole path already.
std::string joined(const std::string& folder, const std::string& name);

// `endings`: ".png, .svg"; upper and lower case are alike.
bool ends_with_one_of(std::string_view name, std::string_view endings);

}  // namespace convscope::panels
