// Another program changes the document's file while it is open.
#include <gtest/gtest.h>

#include <filesystem>

#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"
#include "app/window/keep/keep_work.h"

namespace convscope::window {
namespace {

namespace fs = std::filesystem;

class Theirs : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    files::save_lesson(files::open_lesson("cross-5x5"), file_);
    store_.dispatch(session::action::Open{file_});
    store_.wait();
  }
  void TearDown() override { fs::remove_all(folder_); }

  void edit(float value) {
    store_.dispatch(
        session::action::SetValue{{session::TensorRole::kInput, {0, 0, 0, 0}}, value, true});
  }
  void they_write() { files::save_lesson(files::open_lesson("rgb-same"), file_); }
  void answer(panels::Offer::Answer answer) {
    ui_.theirs->answer = answer;
    settle_theirs(ui_, store_);
    store_.wait();
  }
  // Saves as Ctrl+S does; returns whether the file was written.
  bool save() {
    ui_.write = panels::FileWrite{panels::FileWrite::Kind::kLesson, file_};
    const std::optional<panels::FileWrite> ready = take_write(ui_, store_);
    if (ready) {
      store_.dispatch(session::action::Save{ready->path});
    }
    return ready.has_value();
  }
  const std::string& lesson() const { return store_.session().document.lesson->id; }
  std::string on_disk() const { return files::open_lesson(file_).id; }

  const fs::path folder_ =
      fs::temp_directory_path() / (std::string("convscope-theirs-") +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  const std::string file_ = (folder_ / "mine.json").string();
  Store store_{session::open_session(files::open_lesson("photo-edges"), session::Theme::kDark,
                                     lesson::Language::kEnglish)};
  panels::UiState ui_;
};

TEST_F(Theirs, AreNotOfferedWithoutAChange) {
  notice_their_changes(ui_, store_);
  EXPECT_FALSE(ui_.theirs);
  edit(3);
  EXPECT_TRUE(save());
  notice_their_changes(ui_, store_);
  EXPECT_FALSE(ui_.theirs);
}

TEST_F(Theirs, AreReloadedWhenAskedAndUndoBringsMineBack) {
  edit(3);
  they_write();
  notice_their_changes(ui_, store_);
  ASSERT_TRUE(ui_.theirs);
  answer(panels::Offer::Answer::kTake);
  EXPECT_EQ(lesson(), "rgb-same");
  EXPECT_FALSE(store_.unsaved());
  EXPECT_FALSE(ui_.theirs);
  store_.dispatch(session::action::Undo{});
  EXPECT_EQ(lesson(), "cross-5x5");
  EXPECT_TRUE(store_.unsaved());
  EXPECT_EQ(store_.session().document.lesson->scenes[0]->input.tensor().at({0, 0, 0, 0}), 3);
}

TEST_F(Theirs, KeptMineIsUnsavedAndNobodyIsAskedTwice) {
  they_write();
  notice_their_changes(ui_, store_);
  ASSERT_TRUE(ui_.theirs);
  answer(panels::Offer::Answer::kLeave);
  EXPECT_TRUE(store_.unsaved());
  notice_their_changes(ui_, store_);
  EXPECT_FALSE(ui_.theirs);
  files::save_lesson(files::open_lesson("dilation"), file_);  // changed once more
  notice_their_changes(ui_, store_);
  EXPECT_TRUE(ui_.theirs);
}

TEST_F(Theirs, SaveAsksBeforeItReplacesThem) {
  edit(3);
  they_write();
  EXPECT_FALSE(save());
  ASSERT_TRUE(ui_.replacing);
  EXPECT_TRUE(ui_.replacing->foreign);
  EXPECT_EQ(on_disk(), "rgb-same");
  ui_.write = ui_.replacing;
  ui_.write->replace = true;
  ui_.replacing.reset();
  ASSERT_TRUE(take_write(ui_, store_));
  store_.dispatch(session::action::Save{file_});
  EXPECT_EQ(on_disk(), "cross-5x5");
  EXPECT_TRUE(save());
}

TEST_F(Theirs, ADeletedFileIsSavedAgainWithoutAQuestion) {
  fs::remove(file_);
  notice_their_changes(ui_, store_);
  EXPECT_FALSE(ui_.theirs);
  edit(3);
  EXPECT_TRUE(save());
  EXPECT_EQ(on_disk(), "cross-5x5");
  EXPECT_FALSE(store_.unsaved());
}

TEST_F(Theirs, TheOfferGoesWithItsDocument) {
  they_write();
  notice_their_changes(ui_, store_);
  ASSERT_TRUE(ui_.theirs);
  store_.dispatch(session::action::Open{"dilation"});
  settle_theirs(ui_, store_);
  EXPECT_FALSE(ui_.theirs);
}

// Recovered work knows the state in which its file was last known.
TEST_F(Theirs, RecoveredWorkAsksTooBeforeItReplacesThem) {
  edit(5);
  const fs::path kept = folder_ / "kept.json";
  files::write_autosave(kept, store_.session().document.lesson, store_.origin(), "0");
  store_.recover(kept.string());
  store_.wait();
  EXPECT_FALSE(store_.changed_on_disk());
  they_write();
  EXPECT_TRUE(store_.changed_on_disk());
  EXPECT_FALSE(save());
}

}  // namespace
}  // namespace convscope::window
