#include "app/files/embedded.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>

#include "app/files/embedded_table.h"
#include "app/files/system/file_io.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

constexpr std::uint64_t kLargestAsset = 256u << 20;

using Bytes = std::span<const std::byte>;

// The assets in the executable, by path.
const std::map<std::string, Bytes, std::less<>>& built_in() {
  static const auto kTable = [] {
    std::map<std::string, Bytes, std::less<>> result;
    for (const EmbeddedFile& file : embedded_files()) {
      result.emplace(file.path, std::as_bytes(std::span(file.bytes, file.size)));
    }
    return result;
  }();
  return kTable;
}

std::optional<std::filesystem::path> override_folder() {
  const char* folder = std::getenv("CONVSCOPE_ASSETS");
  if (folder == nullptr || *folder == '\0') {
    return std::nullopt;
  }
  return std::filesystem::path(folder);
}

// The folder of assets on disk, if there is one. In the repository, shaders/ is next to assets/.
std::optional<std::filesystem::path> folder_on_disk(std::string_view folder) {
  const auto base = override_folder();
  if (!base || folder.starts_with("fonts")) {
    return std::nullopt;
  }
  std::error_code ignored;
  for (const auto& parent : {*base, *base / ".."}) {
    if (std::filesystem::is_directory(parent / folder, ignored)) {
      return parent / folder;
    }
    if (folder != "shaders") {
      break;
    }
  }
  return std::nullopt;
}

std::optional<std::filesystem::path> file_on_disk(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos || path.find("..") != std::string_view::npos) {
    return std::nullopt;
  }
  const auto folder = folder_on_disk(path.substr(0, slash));
  if (!folder) {
    return std::nullopt;
  }
  const auto file = *folder / path.substr(slash + 1);
  std::error_code ignored;
  return std::filesystem::is_regular_file(file, ignored) ? std::optional(file) : std::nullopt;
}

// Reads a file once and keeps it, so that the caller's span remains valid.
Bytes kept(const std::filesystem::path& file) {
  static std::mutex mutex;
  static std::map<std::filesystem::path, std::vector<std::byte>> files;
  const std::scoped_lock lock(mutex);
  auto found = files.find(file);
  if (found == files.end()) {
    found = files.emplace(file, read_file(file, kLargestAsset)).first;
  }
  return found->second;
}

}  // namespace

std::span<const std::byte> asset(std::string_view path) {
  if (const auto file = file_on_disk(path)) {
    return kept(*file);
  }
  const auto found = built_in().find(path);
  if (found == built_in().end()) {
    throw Failure({"asset_missing", "", {{"path", std::string(path)}}});
  }
  return found->second;
}

std::string_view asset_text(std::string_view path) {
  const Bytes bytes = asset(path);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::vector<std::string> assets_below(std::string_view folder) {
  while (folder.ends_with('/')) {
    folder.remove_suffix(1);
  }
  const std::string prefix = std::string(folder) + "/";
  std::vector<std::string> paths;
  if (const auto on_disk = folder_on_disk(folder)) {
    // If the folder is removed meanwhile, the list ends there.
    std::error_code error;
    std::filesystem::directory_iterator entry(*on_disk, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
      std::error_code ignored;
      if (entry->is_regular_file(ignored)) {
        paths.push_back(prefix + entry->path().filename().string());
      }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
  }
  for (const auto& [path, bytes] : built_in()) {
    if (path.starts_with(prefix)) {
      paths.push_back(path);
    }
  }
  return paths;
}

}  // namespace convscope::files
