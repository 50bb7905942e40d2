#include "app/files/embedded.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "app/files/system/file_io.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = CONVSCOPE_SOURCE_DIR;

// Sets CONVSCOPE_ASSETS for the duration of a test.
class AssetsFolder {
 public:
  explicit AssetsFolder(const fs::path& folder) {
    setenv("CONVSCOPE_ASSETS", folder.string().c_str(), 1);
  }
  ~AssetsFolder() { unsetenv("CONVSCOPE_ASSETS"); }
};

TEST(Embedded, HoldsTheFilesOfTheRepository) {
  for (const char* path : {"locale/en.json", "locale/ru.json"}) {
    EXPECT_EQ(asset_text(path), read_text_file(kSource / "assets" / path, 1 << 24)) << path;
  }
  const auto shaders = assets_below("shaders");
  ASSERT_FALSE(shaders.empty());
  for (const std::string& path : shaders) {
    EXPECT_EQ(asset_text(path), read_text_file(kSource / path, 1 << 24)) << path;
  }
}

TEST(Embedded, FontsAreFonts) {
  for (const char* path : {"fonts/sans", "fonts/bold", "fonts/mono", "fonts/fallback"}) {
    const std::string_view text = asset_text(path);
    ASSERT_GT(text.size(), 100'000u) << path;
    EXPECT_TRUE(text.starts_with("OTTO") || text.starts_with(std::string_view("\0\1\0\0", 4)));
  }
}

TEST(Embedded, ListsAFolderSorted) {
  EXPECT_EQ(assets_below("locale"), (std::vector<std::string>{"locale/en.json", "locale/ru.json"}));
  EXPECT_EQ(assets_below("locale/"), assets_below("locale"));
  EXPECT_TRUE(assets_below("loc").empty());
}

TEST(Embedded, MissingAssetNamesItself) {
  try {
    asset("lessons/none.json");
    FAIL() << "expected a Failure";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.problem().code, "asset_missing");
    EXPECT_EQ(failure.problem().values[0].second, ProblemValue(std::string("lessons/none.json")));
  }
}

TEST(Embedded, FolderOnDiskTakesPrecedence) {
  const fs::path root = fs::temp_directory_path() / "convscope-assets-test";
  fs::remove_all(root);
  fs::create_directories(root / "assets" / "locale");
  fs::create_directories(root / "shaders");
  write_file(root / "assets" / "locale" / "en.json", "{}");
  write_file(root / "shaders" / "own.vert", "void main() {}");
  {
    const AssetsFolder assets(root / "assets");
    EXPECT_EQ(asset_text("locale/en.json"), "{}");
    EXPECT_EQ(assets_below("locale"), std::vector<std::string>{"locale/en.json"});
    EXPECT_EQ(asset_text("shaders/own.vert"), "void main() {}");
    EXPECT_GT(asset("fonts/sans").size(), 100'000u);
  }
  EXPECT_NE(asset_text("locale/en.json"), "{}");
  fs::remove_all(root);
}

}  // namespace
}  // namespace convscope::files
