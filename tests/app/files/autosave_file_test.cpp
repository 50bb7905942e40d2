// Files of unsaved work: what is restored, who owns them, and what happens to broken ones.
#include "app/files/user/autosave_file.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"
#include "app/files/user/user_folders.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

std::string code_of(const fs::path& file) {
  try {
    (void)read_autosave(file);
  } catch (const Failure& failure) {
    return failure.problem().code;
  }
  return "none";
}

class AutosaveFile : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  const fs::path folder_ =
      fs::temp_directory_path() / (std::string("convscope-autosave-") +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  const fs::path file_ = folder_ / "a.json";
};

TEST_F(AutosaveFile, EveryBundledLessonIsRestoredUnchanged) {
  for (const std::string& id : bundled_lesson_ids()) {
    const lesson::Lesson lesson = open_lesson(id);
    write_autosave(file_, lesson, {}, "0");
    const Autosaved read = read_autosave(file_);
    EXPECT_TRUE(read.lesson == lesson) << id;
    EXPECT_FALSE(read.origin.path);
    EXPECT_EQ(autosave_title(file_), lesson.title);
  }
}

TEST_F(AutosaveFile, TheLastBitSurvives) {
  lesson::Lesson lesson = open_lesson("cross-5x5");
  lesson.scenes[0].change([](lesson::Scene& scene) {
    scene.input.edits.set({0, 0, 0, 1}, 0.1f);
    scene.input.edits.set({0, 0, 0, 2}, 1e-45f);
  });
  write_autosave(file_, lesson, {}, "0");
  EXPECT_TRUE(read_autosave(file_).lesson == lesson);
}

TEST_F(AutosaveFile, TheOriginComesBack) {
  write_file(folder_ / "mine \"quoted\".json", "x");
  const std::string path = utf8_of(folder_ / "mine \"quoted\".json");
  write_autosave(file_, open_lesson("cross-5x5"), {path, stamp_of(path)}, "0");
  const Origin origin = read_autosave(file_).origin;
  EXPECT_EQ(origin.path, path);
  ASSERT_TRUE(origin.stamp);
  EXPECT_EQ(news_of(path, *origin.stamp), FileNews::kNone);
  write_file(path, "y");
  EXPECT_EQ(news_of(path, *origin.stamp), FileNews::kChanged);
}

TEST_F(AutosaveFile, ANewerFormatIsReportedAsSuch) {
  write_autosave(file_, open_lesson("cross-5x5"), {}, "0");
  std::string text = read_text_file(file_, 1 << 20);
  ASSERT_TRUE(text.starts_with("{\"format\":1,"));
  write_file(file_, "{\"format\":2," + text.substr(12));
  EXPECT_EQ(code_of(file_), "autosave_newer");
  EXPECT_THROW((void)autosave_title(file_), Failure);
  // The lesson in the file may have a newer format than the file itself.
  const std::size_t format = text.rfind("\"format\": 1");
  ASSERT_NE(format, std::string::npos);
  text.replace(format, 11, "\"format\": 9");
  write_file(file_, text);
  EXPECT_EQ(code_of(file_), "autosave_newer");
}

TEST_F(AutosaveFile, ATruncatedFileIsReportedAsBroken) {
  write_autosave(file_, open_lesson("cross-5x5"), {}, "0");
  const std::string text = read_text_file(file_, 1 << 20);
  for (std::size_t length = 0; length + 3 < text.size(); length += 7) {
    write_file(file_, text.substr(0, length));
    EXPECT_EQ(code_of(file_), "autosave_broken") << length;
  }
}

TEST_F(AutosaveFile, AMissingImageIsNotReportedAsDamage) {
  lesson::Lesson lesson = open_lesson("cross-5x5");
  lesson.scenes[0].change([&](lesson::Scene& scene) {
    scene.input.source =
        lesson::FileSource{lesson::FileSource::Kind::kImage, utf8_of(folder_ / "gone.png")};
  });
  write_autosave(file_, lesson, {}, "0");
  EXPECT_EQ(code_of(file_), "file_missing");
}

TEST_F(AutosaveFile, AnImageIsKeptByReferenceHoweverLargeItIs) {
  lesson::Lesson lesson = open_lesson("cross-5x5");
  lesson.scenes[0].change([&](lesson::Scene& scene) {
    scene.input.source =
        lesson::FileSource{lesson::FileSource::Kind::kImage, utf8_of(folder_ / "large.png")};
    scene.input.base = Tensor({1, 3, 3000, 4000}, std::vector<float>(36'000'000));
  });
  write_autosave(file_, lesson, {}, "0");
  EXPECT_LT(fs::file_size(file_), 10'000u);
}

TEST_F(AutosaveFile, AFileHeldByALivingProcessIsNotAbandoned) {
  write_autosave(file_, open_lesson("cross-5x5"), {}, "0");
  std::optional<FileLock> alive = FileLock::try_hold(lock_of(file_));
  ASSERT_TRUE(alive);
  EXPECT_TRUE(abandoned_work(folder_).empty());
  alive.reset();
  {
    const std::vector<AbandonedWork> found = abandoned_work(folder_);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].file, file_);
    EXPECT_TRUE(abandoned_work(folder_).empty());  // it is ours now
  }
  EXPECT_EQ(abandoned_work(folder_).size(), 1u);
  forget_work(file_);
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(AutosaveFile, ABrokenFileIsSetAsideAndNotOfferedAgain) {
  write_file(file_, "{ half of something");
  const fs::path aside = set_aside(file_);
  EXPECT_EQ(read_text_file(aside, 1 << 20), "{ half of something");
  EXPECT_TRUE(abandoned_work(folder_).empty());
}

TEST_F(AutosaveFile, OldIncompleteFilesAreDeleted) {
  write_file(folder_ / ".convscope-1.tmp", "old");
  write_file(folder_ / ".convscope-2.tmp", "new");
  fs::last_write_time(folder_ / ".convscope-1.tmp",
                      fs::file_time_type::clock::now() - std::chrono::hours(2));
  (void)abandoned_work(folder_);
  EXPECT_FALSE(fs::exists(folder_ / ".convscope-1.tmp"));
  EXPECT_TRUE(fs::exists(folder_ / ".convscope-2.tmp"));
}

TEST_F(AutosaveFile, AMissingFolderHoldsNothing) {
  EXPECT_TRUE(abandoned_work(folder_ / "nowhere").empty());
}

TEST_F(AutosaveFile, TwoProcessesNeverChooseTheSameName) {
  EXPECT_NE(new_autosave(folder_), new_autosave(folder_));
}

TEST_F(AutosaveFile, AFileThatWasOnlyTouchedHasNotChanged) {
  write_file(file_, "same");
  const std::optional<FileStamp> stamp = stamp_of(file_);
  ASSERT_TRUE(stamp);
  fs::last_write_time(file_, stamp->time + std::chrono::seconds(5));
  EXPECT_EQ(news_of(file_, *stamp), FileNews::kNone);
  write_file(file_, "SAME");
  fs::last_write_time(file_, stamp->time + std::chrono::seconds(5));
  EXPECT_EQ(news_of(file_, *stamp), FileNews::kChanged);
  fs::remove(file_);
  EXPECT_EQ(news_of(file_, *stamp), FileNews::kGone);
}

#if defined(__linux__)
TEST(StateFolder, FollowsTheXdgSpecification) {
  const char* old = std::getenv("XDG_STATE_HOME");
  const std::string before = old != nullptr ? old : "";
  setenv("XDG_STATE_HOME", "/var/ada", 1);
  EXPECT_EQ(state_folder(), fs::path("/var/ada/convscope"));
  setenv("XDG_STATE_HOME", "relative", 1);
  const char* home = std::getenv("HOME");
  if (home != nullptr) {
    EXPECT_EQ(state_folder(), fs::path(home) / ".local/state/convscope");
  }
  old != nullptr ? setenv("XDG_STATE_HOME", before.c_str(), 1) : unsetenv("XDG_STATE_HOME");
}
#endif

}  // namespace
}  // namespace convscope::files
