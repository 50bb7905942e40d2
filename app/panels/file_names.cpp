#include "app/panels/file_names.h"

#include <algorithm>

namespace convscope::panels {
namespace {

constexpr std::string_view kSlashes = "/\\";

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return result;
}

}  // namespace

std::string file_name(const std::string& path) {
  return path.substr(path.find_last_of(kSlashes) + 1);
}

std::string stem_of(const std::string& path) {
  const std::string name = file_name(path);
  return name.substr(0, std::max<std::size_t>(name.find_last_of('.'), 1));
}

std::string folder_of(const std::string& path) {
  const std::size_t cut = path.find_last_of(kSlashes);
  if (cut == std::string::npos) {
    return "";
  }
  const bool is_root = cut == 0 || (cut == 2 && path[1] == ':');  // keeps its slash
  return path.substr(0, is_root ? cut + 1 : cut);
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
