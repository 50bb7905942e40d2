// The desktop's file dialog, replaced by a small script in PATH.
#include "app/files/system/system_dialog.h"

#include <gtest/gtest.h>

#if defined(__unix__)

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "app/files/system/file_io.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

class Desktop : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    setenv("PATH", folder_.c_str(), 1);
  }
  void TearDown() override {
    setenv("PATH", path_.c_str(), 1);
    fs::remove_all(folder_);
  }
  void install(const std::string& name, const std::string& script) {
    write_file(folder_ / name, "#!/bin/sh\n" + script + "\n");
    fs::permissions(folder_ / name, fs::perms::owner_all);
  }
  static std::string answer_of(SystemDialog& dialog) {
    for (int i = 0; i < 2000; ++i) {
      if (const std::optional<std::string> answer = dialog.take()) {
        return *answer;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return "no answer";
  }

  const fs::path folder_ =
      fs::temp_directory_path() / (std::string("convscope-desktop-") +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  const std::string path_ = std::getenv("PATH");
};

TEST_F(Desktop, WithoutAProgramThereIsNone) {
  EXPECT_FALSE(SystemDialog::is_available());
  SystemDialog dialog;
  dialog.ask({});
  EXPECT_FALSE(dialog.is_open());
}

TEST_F(Desktop, ZenityIsRunAndItsAnswerIsUnchanged) {
  install("zenity", "echo \"/home/ada/a b; \\$(c).json\"");
  ASSERT_TRUE(SystemDialog::is_available());
  SystemDialog dialog;
  dialog.ask({.title = "Open", .start = "/"});
  EXPECT_TRUE(dialog.is_open());
  EXPECT_EQ(answer_of(dialog), "/home/ada/a b; $(c).json");
  EXPECT_FALSE(dialog.is_open());
}

TEST_F(Desktop, NoShellInterpretsTheQuestion) {
  install("zenity", "printf '%s|' \"$@\"");
  SystemDialog dialog;
  dialog.ask({.save = true,
              .title = "Save; rm *",
              .start = "/tmp/$HOME `x` \"y\".json",
              .endings = {".json", ".npy"}});
  EXPECT_EQ(answer_of(dialog),
            "--file-selection|--title=Save; rm *|--filename=/tmp/$HOME `x` \"y\".json|--save|"
            "--file-filter=*.json *.npy|");
}

TEST_F(Desktop, KdialogIsUsedIfZenityIsMissing) {
  install("kdialog", "printf '%s|' \"$@\"");
  SystemDialog dialog;
  dialog.ask({.title = "Open", .start = "/tmp/"});
  EXPECT_EQ(answer_of(dialog), "--title|Open|--getopenfilename|/tmp/|");
}

TEST_F(Desktop, ACancelledDialogIsAnEmptyAnswer) {
  install("zenity", "echo half; exit 1");
  SystemDialog dialog;
  dialog.ask({});
  EXPECT_EQ(answer_of(dialog), "");
}

TEST_F(Desktop, AClosedDialogHasAnEmptyAnswer) {
  install("zenity", "echo half; exec /bin/sleep 600");
  SystemDialog dialog;
  dialog.ask({});
  std::optional<std::string> answer;
  for (int i = 0; i < 2000 && !answer; ++i) {
    dialog.close();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    answer = dialog.take();
  }
  EXPECT_EQ(answer, "");
  EXPECT_FALSE(dialog.is_open());
}

TEST_F(Desktop, AnOpenDialogClosesWithTheProgram) {
  install("zenity", "exec /bin/sleep 600");
  const auto start = std::chrono::steady_clock::now();
  {
    SystemDialog dialog;
    dialog.ask({});
    dialog.ask({});  // only one at a time
    EXPECT_TRUE(dialog.is_open());
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

}  // namespace
}  // namespace convscope::files

#endif
