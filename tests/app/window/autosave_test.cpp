// Unsaved work is kept while the program runs, and only then.
#include "app/window/keep/autosave.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"

namespace convscope::window {
namespace {

namespace fs = std::filesystem;

class Autosaving : public ::testing::Test {
 protected:
  void SetUp() override { fs::remove_all(folder_); }
  void TearDown() override { fs::remove_all(folder_); }

  void edit(float value) {
    store_.dispatch(
        session::action::SetValue{{session::TensorRole::kInput, {0, 0, 0, 0}}, value, true});
  }
  // Waits until the current write is done.
  void let_write(double now) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    do {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      autosave_->watch(store_, now);
    } while (autosave_->due_in(now) && *autosave_->due_in(now) < 1 &&
             std::chrono::steady_clock::now() < end);
  }
  std::vector<fs::path> files() const {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator entry(folder_, error), end; !error && entry != end; ++entry) {
      if (entry->path().extension() == ".json") {
        found.push_back(entry->path());
      }
    }
    return found;
  }
  float kept() const {
    return files().size() == 1
               ? files::read_autosave(files()[0]).lesson.scenes[0]->input.tensor().at({0, 0, 0, 0})
               : -1;
  }

  const fs::path folder_ =
      fs::temp_directory_path() / (std::string("convscope-keeping-") +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  Store store_{session::open_session(files::open_lesson("cross-5x5"), session::Theme::kDark,
                                     lesson::Language::kEnglish)};
  std::optional<Autosave> autosave_{std::in_place, folder_, "0"};
};

TEST_F(Autosaving, AnUnchangedDocumentIsNeverWritten) {
  autosave_->watch(store_, 0);
  EXPECT_FALSE(autosave_->due_in(0));
  autosave_->watch(store_, 1000);
  store_.dispatch(session::action::GoTo{4});
  autosave_->watch(store_, 2000);
  EXPECT_FALSE(autosave_->due_in(2000));
  EXPECT_FALSE(fs::exists(folder_));
}

TEST_F(Autosaving, HalfAMinuteAfterTheFirstChangeHoweverManyFollow) {
  edit(2);
  autosave_->watch(store_, 100);
  EXPECT_EQ(autosave_->due_in(100), 30);
  edit(3);
  autosave_->watch(store_, 125);
  EXPECT_EQ(autosave_->due_in(125), 5);
  EXPECT_TRUE(files().empty());
  edit(4);
  autosave_->watch(store_, 130);
  let_write(130);
  EXPECT_EQ(kept(), 4);
  EXPECT_FALSE(autosave_->due_in(130));
  edit(5);
  autosave_->watch(store_, 140);
  EXPECT_EQ(autosave_->due_in(140), 30);
  EXPECT_EQ(kept(), 4);
}

TEST_F(Autosaving, ItGoesWhenTheWorkIsSavedOrUndone) {
  edit(2);
  autosave_->watch(store_, 0);
  autosave_->watch(store_, 30);
  let_write(30);
  ASSERT_EQ(kept(), 2);
  store_.dispatch(session::action::Save{(folder_ / "mine.lesson").string()});
  autosave_->watch(store_, 31);
  EXPECT_TRUE(files().empty());
  edit(3);
  autosave_->watch(store_, 40);
  autosave_->watch(store_, 70);
  let_write(70);
  ASSERT_EQ(kept(), 3);
  store_.dispatch(session::action::Undo{});
  autosave_->watch(store_, 71);
  EXPECT_TRUE(files().empty());
  EXPECT_FALSE(autosave_->due_in(71));
}

TEST_F(Autosaving, ACleanEndLeavesNothing) {
  edit(2);
  autosave_->watch(store_, 0);
  autosave_->watch(store_, 30);
  autosave_->finish();
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(Autosaving, AFailureWritesAtOnceAndTheNextProgramFindsIt) {
  edit(7);
  autosave_->watch(store_, 0);
  autosave_->flush(store_);
  EXPECT_TRUE(files::abandoned_work(folder_).empty());  // its owner is still alive
  autosave_.reset();
  ASSERT_EQ(files::abandoned_work(folder_).size(), 1u);
  EXPECT_EQ(kept(), 7);
}

TEST_F(Autosaving, TheFileOfTheDocumentIsRemembered) {
  fs::create_directories(folder_);
  const std::string mine = (folder_ / "mine.lesson").string();
  store_.dispatch(session::action::Save{mine});
  edit(2);
  autosave_->flush(store_);
  ASSERT_EQ(files().size(), 1u);
  EXPECT_EQ(files::read_autosave(files()[0]).origin.path, mine);
}

TEST_F(Autosaving, AFolderThatCannotBeCreatedIsOneNotice) {
  files::write_file(folder_, "a file, not a folder");
  edit(2);
  autosave_->watch(store_, 0);
  autosave_->watch(store_, 30);
  let_write(30);
  const std::optional<Problem> problem = autosave_->take_problem();
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->code, "autosave_unwritable");
  edit(3);
  autosave_->watch(store_, 60);
  autosave_->watch(store_, 90);
  let_write(90);
  EXPECT_FALSE(autosave_->take_problem());
  fs::remove(folder_);  // as if a full disk had space again
  autosave_->watch(store_, 200);
  let_write(200);
  EXPECT_EQ(kept(), 3);
}

TEST_F(Autosaving, RecoveredFilesAreDeletedOnlyOnceTheWorkIsSafe) {
  edit(8);
  autosave_->flush(store_);
  autosave_.reset();
  std::vector<files::AbandonedWork> left = files::abandoned_work(folder_);
  ASSERT_EQ(left.size(), 1u);
  const fs::path old = left[0].file;

  autosave_.emplace(folder_, "0");
  store_.recover(old.string());
  store_.wait();
  ASSERT_TRUE(store_.take_recovered());
  EXPECT_TRUE(store_.unsaved());
  EXPECT_EQ(store_.session().document.lesson->scenes[0]->input.tensor().at({0, 0, 0, 0}), 8);
  autosave_->take_over(std::move(left[0]));
  EXPECT_TRUE(fs::exists(old));
  autosave_->watch(store_, 0);  // at once, not after half a minute
  let_write(0);
  EXPECT_FALSE(fs::exists(old));
  EXPECT_EQ(kept(), 8);
}

TEST_F(Autosaving, RecoveredWorkIsUnsavedAndKeepsItsPath) {
  fs::create_directories(folder_);
  const std::string mine = (folder_ / "mine.lesson").string();
  store_.dispatch(session::action::Save{mine});
  edit(2);
  autosave_->flush(store_);
  store_.dispatch(session::action::Save{mine});
  store_.dispatch(session::action::Open{"rgb-same"});
  EXPECT_FALSE(store_.unsaved());
  store_.recover(files()[0].string());
  store_.wait();
  EXPECT_TRUE(store_.unsaved());
  EXPECT_EQ(store_.path(), mine);
}

// Undone it would lie in redo alone, where nothing keeps it safe.
TEST_F(Autosaving, NoUndoTakesRecoveredWorkAway) {
  edit(8);
  autosave_->flush(store_);
  store_.dispatch(session::action::Undo{});
  store_.dispatch(session::action::Open{"rgb-same"});
  store_.recover(files()[0].string());
  store_.wait();
  const Shared<lesson::Lesson> work = store_.session().document.lesson;
  store_.dispatch(session::action::Undo{});
  EXPECT_EQ(store_.session().document.lesson, work);
  EXPECT_TRUE(store_.unsaved());
}

TEST_F(Autosaving, RecoveredWorkKnowsTheLessonsOwnNumbers) {
  edit(8);
  autosave_->flush(store_);
  store_.recover(files()[0].string());
  store_.wait();
  EXPECT_EQ(store_.session().document.lesson->scenes[0]->input.tensor().at({0, 0, 0, 0}), 8);
  EXPECT_NE(store_.session().document.original->scenes[0]->input.tensor().at({0, 0, 0, 0}), 8);
  EXPECT_TRUE(session::has_other_numbers(store_.session()));
}

TEST_F(Autosaving, WhatCannotBeRecoveredLeavesTheDocumentAsItWas) {
  fs::create_directories(folder_);
  files::write_file(folder_ / "x.json", "{");
  store_.recover((folder_ / "x.json").string());
  store_.wait();
  const std::optional<Store::Recovered> result = store_.take_recovered();
  ASSERT_TRUE(result && result->failure);
  EXPECT_EQ(result->failure->code, "autosave_broken");
  EXPECT_EQ(store_.session().document.lesson->id, "cross-5x5");
  EXPECT_FALSE(store_.unsaved());
}

}  // namespace
}  // namespace convscope::window
