// A picture for the clipboard; xclip and wl-copy are replaced by small scripts in PATH.
#include "app/files/system/system_clipboard.h"

#include <gtest/gtest.h>

#if defined(__unix__)

#include <cstdlib>
#include <filesystem>

#include "app/files/system/file_io.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

class ClipboardCopy : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    setenv("PATH", folder_.c_str(), 1);
    unsetenv("WAYLAND_DISPLAY");
  }
  void TearDown() override {
    setenv("PATH", path_.c_str(), 1);
    if (!wayland_.empty()) {
      setenv("WAYLAND_DISPLAY", wayland_.c_str(), 1);
    }
    fs::remove_all(folder_);
  }
  void install(const std::string& name, const std::string& script) {
    write_file(folder_ / name, "#!/bin/sh\n" + script + "\n");
    fs::permissions(folder_ / name, fs::perms::owner_all);
  }
  static std::string code_of_copy(const std::string& png) {
    try {
      put_picture(png);
      return "";
    } catch (const Failure& failure) {
      return failure.problem().code;
    }
  }
  std::string got() const { return read_text_file(folder_ / "got", 1 << 24); }

  const std::string path_ = std::getenv("PATH");
  const std::string wayland_ =
      std::getenv("WAYLAND_DISPLAY") != nullptr ? std::getenv("WAYLAND_DISPLAY") : "";
  const fs::path folder_ =
      fs::temp_directory_path() / (std::string("convscope-copy-") +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(ClipboardCopy, TheProgramGetsEveryByte) {
  install("xclip", "echo \"$@\" >'" + (folder_ / "words").string() + "'\nexec /bin/cat >'" +
                       (folder_ / "got").string() + "'");
  std::string png(3'000'000, '\x89');
  png[1'000'000] = '\0';
  EXPECT_EQ(code_of_copy(png), "");
  EXPECT_EQ(got(), png);
  EXPECT_EQ(read_text_file(folder_ / "words", 1000),
            "-selection clipboard -target image/png -in\n");
}

TEST_F(ClipboardCopy, OnWaylandItIsAnotherProgram) {
  install("wl-copy", "exec /bin/cat >'" + (folder_ / "got").string() + "'");
  EXPECT_EQ(code_of_copy("png"), "clipboard_no_copy");
  setenv("WAYLAND_DISPLAY", "wayland-0", 1);
  EXPECT_EQ(code_of_copy("png"), "");
  EXPECT_EQ(got(), "png");
  unsetenv("WAYLAND_DISPLAY");
}

TEST_F(ClipboardCopy, AProgramThatFailsOrDoesNotReadIsAProblemAndNoCrash) {
  EXPECT_EQ(code_of_copy("png"), "clipboard_no_copy");
  install("xclip", "exit 1");
  EXPECT_EQ(code_of_copy(std::string(3'000'000, 'x')), "clipboard_no_copy");
  install("xclip", "exit 0");
  EXPECT_EQ(code_of_copy(std::string(3'000'000, 'x')), "clipboard_no_copy");
}

}  // namespace
}  // namespace convscope::files

#endif
