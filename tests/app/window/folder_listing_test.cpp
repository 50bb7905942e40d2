// What the file dialog lists, and the name that it suggests.
#include "app/window/folder_listing.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"
#include "app/window/file_preview.h"

namespace convscope::window {
namespace {

namespace fs = std::filesystem;
using Mode = panels::FileDialog::Mode;

class Listing : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "sub");
    for (const char* name : {"a.json", "b.PNG", "c.npy", "d.svg", "e.txt", ".hidden.json"}) {
      files::write_file(folder_ / name, "x");
    }
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string listed(Mode mode) {
    dialog_.mode = mode;
    list_folder(folder_.string(), dialog_);
    std::string names;
    for (const panels::FileEntry& entry : dialog_.entries) {
      names += (names.empty() ? "" : " ") + entry.name + (entry.folder ? "/" : "");
    }
    return names;
  }
  std::string proposed(const std::string& name) {
    dialog_.mode = Mode::kSave;
    dialog_.name = name;
    dialog_.propose = true;
    list_folder(folder_.string(), dialog_);
    return dialog_.name;
  }

  const fs::path folder_ =
      fs::temp_directory_path() / (std::string("convscope-listing-") +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  panels::FileDialog dialog_;
};

TEST_F(Listing, EachDialogShowsWhatItIsFor) {
  EXPECT_EQ(listed(Mode::kOpen), "sub/ a.json b.PNG c.npy");
  EXPECT_EQ(listed(Mode::kSave), "sub/ a.json");
  EXPECT_EQ(listed(Mode::kExport), "sub/ b.PNG d.svg");
}

TEST_F(Listing, AProposedNameIsFree) {
  EXPECT_EQ(proposed("new.json"), "new.json");
  EXPECT_EQ(proposed("a.json"), "a-2.json");
  files::write_file(folder_ / "a-2.json", "x");
  EXPECT_EQ(proposed("a.json"), "a-3.json");
  EXPECT_FALSE(dialog_.propose);
  list_folder(folder_.string(), dialog_);  // once
  EXPECT_EQ(dialog_.name, "a-3.json");
}

TEST_F(Listing, ForAMissingFolderItsParentIsShown) {
  dialog_.mode = Mode::kOpen;
  list_folder((folder_ / "gone" / "deep").string(), dialog_);
  EXPECT_EQ(dialog_.folder, fs::canonical(folder_).string());
}

TEST_F(Listing, APreviewOfALessonHasItsTitleAndItsInput) {
  const std::string file = (folder_ / "lesson.json").string();
  const lesson::Lesson lesson = files::open_lesson("cross-5x5");
  files::save_lesson(lesson, file);
  const FileLook look = look_of(file);
  EXPECT_EQ(look.title, lesson.title);
  EXPECT_FALSE(look.problem);
  ASSERT_EQ(look.picture.width, 5);
  ASSERT_EQ(look.picture.height, 5);
  // Ones are white, zeros black: the cross.
  EXPECT_EQ(look.picture.rgba[0], 255);
  EXPECT_EQ(look.picture.rgba[4 * 3], 0);
}

TEST_F(Listing, APreviewOfABrokenFileSaysWhy) {
  const FileLook look = look_of((folder_ / "a.json").string());
  ASSERT_TRUE(look.problem);
  EXPECT_EQ(look.problem->code, "json_syntax");
  EXPECT_TRUE(look.picture.rgba.empty());
}

TEST_F(Listing, APreviewOfALargePictureIsSmall) {
  const FileLook look = look_of("photo-edges");
  ASSERT_FALSE(look.problem);
  EXPECT_LE(look.picture.width, 192);
  EXPECT_LE(look.picture.height, 192);
  EXPECT_EQ(look.picture.rgba.size(),
            static_cast<std::size_t>(look.picture.width * look.picture.height * 4));
}

}  // namespace
}  // namespace convscope::window
