#include "app/window/keep/memory.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "app/files/system/file_io.h"
#include "core/tensor/problem.h"

namespace convscope::window {
namespace {

namespace fs = std::filesystem;

class Remembering : public ::testing::Test {
 protected:
  void SetUp() override { fs::remove_all(folder_); }
  void TearDown() override { fs::remove_all(folder_); }

  files::Settings on_disk() const { return files::read_settings(file_).settings; }

  const fs::path folder_ =
      fs::temp_directory_path() / (std::string("convscope-memory-") +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  const fs::path file_ = folder_ / "settings.json";
  files::Settings shown_{
      .language = lesson::Language::kEnglish, .theme = session::Theme::kDark, .speed = 1};
};

TEST_F(Remembering, InitialValuesAreNotChoices) {
  Memory memory(file_, {});
  memory.watch(shown_, std::nullopt, 0);
  memory.watch(shown_, std::nullopt, 5);
  EXPECT_FALSE(memory.due_in(5));
  memory.save();
  EXPECT_FALSE(fs::exists(file_));
}

TEST_F(Remembering, AChoiceIsWrittenASecondAfterTheLastChange) {
  Memory memory(file_, {});
  memory.watch(shown_, std::nullopt, 0);
  shown_.theme = session::Theme::kLight;
  memory.watch(shown_, std::nullopt, 10);
  EXPECT_EQ(memory.due_in(10), 1);
  shown_.speed = 4;
  memory.watch(shown_, std::nullopt, 10.75);
  EXPECT_EQ(memory.due_in(11), 0.75);
  memory.watch(shown_, std::nullopt, 12);
  EXPECT_EQ(memory.due_in(12), 0);
  memory.save();
  EXPECT_FALSE(memory.due_in(12));
  EXPECT_EQ(on_disk(), (files::Settings{.theme = session::Theme::kLight, .speed = 4}));
}

TEST_F(Remembering, GoingBackBeforeItIsWrittenWritesNothing) {
  Memory memory(file_, {.theme = session::Theme::kDark});
  memory.watch(shown_, std::nullopt, 0);
  shown_.theme = session::Theme::kLight;
  memory.watch(shown_, std::nullopt, 1);
  shown_.theme = session::Theme::kDark;
  memory.watch(shown_, std::nullopt, 1.5);
  EXPECT_FALSE(memory.due_in(2));
}

TEST_F(Remembering, OpenedAndSavedFilesAreRecent) {
  Memory memory(file_, {.recent_files = {"/old.json"}});
  memory.watch(shown_, "/lessons/a.json", 0);
  memory.watch(shown_, "/lessons/../b.json", 1);
  memory.watch(shown_, std::nullopt, 2);
  EXPECT_EQ(memory.recent_files(),
            (std::vector<std::string>{"/b.json", "/lessons/a.json", "/old.json"}));
}

TEST_F(Remembering, AWriteErrorIsReportedOnce) {
  fs::create_directories(folder_);
  files::write_file(folder_ / "in-the-way", "");
  Memory memory(folder_ / "in-the-way" / "settings.json", {});
  memory.watch(shown_, std::nullopt, 0);
  shown_.speed = 2;
  memory.watch(shown_, std::nullopt, 1);
  EXPECT_THROW(memory.save(), Failure);
  EXPECT_FALSE(memory.due_in(9));
}

TEST_F(Remembering, WithoutAFileNothingIsDue) {
  Memory memory(std::nullopt, {});
  memory.watch(shown_, std::nullopt, 0);
  shown_.speed = 2;
  memory.watch(shown_, std::nullopt, 1);
  EXPECT_FALSE(memory.due_in(9));
  memory.save();
}

}  // namespace
}  // namespace convscope::window
