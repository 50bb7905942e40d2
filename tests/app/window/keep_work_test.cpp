// No work is lost without a question: the real store with real files.
#include "app/window/keep/keep_work.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"
#include "app/window/window_title.h"
#include "core/lesson/build/blank.h"

namespace convscope::window {
namespace {

namespace fs = std::filesystem;

class KeepWork : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override {
    fs::current_path(fs::temp_directory_path());
    fs::remove_all(folder_);
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string text(const std::string& name) const {
    return files::read_text_file(folder_ / name, 1 << 20);
  }
  void edit(float value = 9) {
    store_.dispatch(
        session::action::SetValue{{session::TensorRole::kInput, {0, 0, 0, 0}}, value, true});
  }
  // What the shell does after each frame.
  void settle() {
    if (const std::optional<panels::FileWrite> ready = take_write(ui_, store_)) {
      store_.dispatch(session::action::Save{ready->path});
    }
    settle_leaving(ui_, store_);
    store_.wait();
  }
  void ask_to_open(const std::string& what) {
    ui_.leaving = panels::Leaving{what};
    settle();
  }
  void answer(panels::Leaving::Answer answer) {
    ui_.leaving->answer = answer;
    settle();
  }
  const std::string& lesson() const { return store_.session().document.lesson->id; }
  std::string notice() const {
    return store_.session().transient.notice ? store_.session().transient.notice->code : "none";
  }

  const fs::path folder_ =
      fs::temp_directory_path() /
      ("convscope-keep-" +
       std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
  Store store_{session::open_session(files::open_lesson("cross-5x5"), session::Theme::kDark,
                                     lesson::Language::kEnglish)};
  panels::UiState ui_;
};

TEST_F(KeepWork, WhateverIsOpenedClosesTheWelcome) {
  ui_.welcome.emplace();
  edit();
  ask_to_open("stride");
  EXPECT_TRUE(ui_.welcome);  // there is a question first
  answer(panels::Leaving::Answer::kDiscard);
  EXPECT_FALSE(ui_.welcome);
  EXPECT_EQ(lesson(), "stride");
}

TEST_F(KeepWork, ALessonThatWasBegunGoesOnAtItsSceneAfterTheQuestion) {
  edit();
  ui_.leaving = panels::Leaving{.open = "stride", .scene = 2};
  settle();
  EXPECT_EQ(store_.session().look.scene, 0);
  answer(panels::Leaving::Answer::kDiscard);
  EXPECT_EQ(lesson(), "stride");
  EXPECT_EQ(store_.session().look.scene, 2);
}

TEST_F(KeepWork, EditsAreUnsavedUntilTheyAreUndoneOrSaved) {
  EXPECT_FALSE(store_.unsaved());
  edit();
  EXPECT_TRUE(store_.unsaved());
  store_.dispatch(session::action::Undo{});
  EXPECT_FALSE(store_.unsaved());
  store_.dispatch(session::action::Redo{});
  EXPECT_TRUE(store_.unsaved());
  store_.dispatch(session::action::Save{path("a.json")});
  EXPECT_FALSE(store_.unsaved());
  store_.dispatch(session::action::Undo{});
  EXPECT_TRUE(store_.unsaved());
}

TEST_F(KeepWork, ViewingAndSteppingAreNotUnsavedEdits) {
  store_.dispatch(session::action::GoTo{4});
  store_.dispatch(session::action::SetTheme{session::Theme::kLight});
  EXPECT_FALSE(store_.unsaved());
}

TEST_F(KeepWork, TheTitleShowsUnsavedWork) {
  const std::string clean = window_title(store_);
  edit();
  EXPECT_EQ(window_title(store_), "• " + clean);
  store_.dispatch(session::action::Undo{});
  EXPECT_EQ(window_title(store_), clean);
}

TEST_F(KeepWork, WithoutEditsNobodyIsAsked) {
  ask_to_open("rgb-same");
  EXPECT_EQ(lesson(), "rgb-same");
  EXPECT_FALSE(ui_.leaving);
  ui_.leaving = panels::Leaving{};
  settle();
  EXPECT_TRUE(ui_.quit);
}

TEST_F(KeepWork, EditsHoldUpAnotherLessonUntilTheyAreDiscarded) {
  edit();
  ask_to_open("rgb-same");
  EXPECT_EQ(lesson(), "cross-5x5");
  EXPECT_TRUE(panels::has_question(ui_, store_.unsaved()));
  answer(panels::Leaving::Answer::kDiscard);
  EXPECT_EQ(lesson(), "rgb-same");
  EXPECT_FALSE(panels::has_question(ui_, store_.unsaved()));
}

TEST_F(KeepWork, EditsHoldUpANewDocument) {
  edit();
  ui_.leaving = panels::Leaving{};
  ui_.leaving->made = lesson::blank_lesson({}, {});
  settle();
  EXPECT_EQ(lesson(), "cross-5x5");
  answer(panels::Leaving::Answer::kDiscard);
  EXPECT_EQ(lesson(), "untitled");
  EXPECT_FALSE(ui_.quit);
  EXPECT_FALSE(store_.path());
}

TEST_F(KeepWork, EditsHoldUpTheEnd) {
  edit();
  ui_.leaving = panels::Leaving{};
  settle();
  EXPECT_FALSE(ui_.quit);
  answer(panels::Leaving::Answer::kDiscard);
  EXPECT_TRUE(ui_.quit);
}

TEST_F(KeepWork, ALessonWithoutANameGoesThroughSaveAsAndThenOn) {
  edit();
  ask_to_open("rgb-same");
  ui_.files.mode = panels::FileDialog::Mode::kSave;  // as the Save command does
  answer(panels::Leaving::Answer::kSave);
  EXPECT_EQ(lesson(), "cross-5x5");
  EXPECT_FALSE(panels::has_question(ui_, store_.unsaved()));
  ui_.files.mode = panels::FileDialog::Mode::kClosed;
  ui_.write = panels::FileWrite{panels::FileWrite::Kind::kLesson, path("mine.json")};
  settle();
  EXPECT_EQ(lesson(), "rgb-same");
  EXPECT_EQ(files::open_lesson(path("mine.json")).scenes[0]->input.tensor().at({0, 0, 0, 0}), 9);
}

TEST_F(KeepWork, ACancelledOrFailedSaveKeepsTheLesson) {
  edit();
  ask_to_open("rgb-same");
  answer(panels::Leaving::Answer::kSave);  // and the dialog is closed at once
  EXPECT_FALSE(ui_.leaving);
  ask_to_open("rgb-same");
  ui_.write = panels::FileWrite{panels::FileWrite::Kind::kLesson, path("no/such/folder.json")};
  answer(panels::Leaving::Answer::kSave);
  EXPECT_FALSE(ui_.leaving);
  EXPECT_EQ(notice(), "file_unwritable");
  EXPECT_EQ(lesson(), "cross-5x5");
  EXPECT_TRUE(store_.unsaved());
}

TEST_F(KeepWork, AForeignFileIsReplacedOnlyWhenSomebodySaysSo) {
  files::write_file(folder_ / "other.json", "precious");
  for (const auto kind : {panels::FileWrite::Kind::kLesson, panels::FileWrite::Kind::kStage}) {
    ui_.write = panels::FileWrite{kind, path("other.json")};
    EXPECT_FALSE(take_write(ui_, store_));
    ASSERT_TRUE(ui_.replacing);
    EXPECT_TRUE(panels::has_question(ui_, store_.unsaved()));
    ui_.write = ui_.replacing;
    ui_.write->replace = true;
    ui_.replacing.reset();
    EXPECT_TRUE(take_write(ui_, store_));
    EXPECT_FALSE(ui_.replacing);
  }
  EXPECT_EQ(text("other.json"), "precious");
}

TEST_F(KeepWork, ItsOwnFileIsSavedWithoutAQuestionUnderAnyName) {
  store_.dispatch(session::action::Save{path("mine.json")});
  fs::create_symlink(folder_ / "mine.json", folder_ / "link.json");
  for (const char* name : {"mine.json", "./mine.json", "link.json", "new.json"}) {
    ui_.write = panels::FileWrite{panels::FileWrite::Kind::kLesson, path(name)};
    EXPECT_TRUE(take_write(ui_, store_)) << name;
  }
  // A picture must never overwrite the document's own file.
  ui_.write = panels::FileWrite{panels::FileWrite::Kind::kStage, path("mine.json")};
  EXPECT_FALSE(take_write(ui_, store_));
}

TEST_F(KeepWork, UndoBringsALeftLessonBackWithItsFileAndItsEdits) {
  store_.dispatch(session::action::Save{path("mine.json")});
  edit();
  ask_to_open("rgb-same");
  answer(panels::Leaving::Answer::kDiscard);
  EXPECT_FALSE(store_.path());
  EXPECT_FALSE(store_.unsaved());
  store_.dispatch(session::action::Undo{});
  store_.wait();
  EXPECT_EQ(lesson(), "cross-5x5");
  EXPECT_EQ(store_.path(), path("mine.json"));
  EXPECT_TRUE(store_.unsaved());
  EXPECT_EQ(store_.derived().layers[0].output_shape, (Shape{1, 1, 3, 3}));
  EXPECT_EQ(store_.derived().layers[0].input.at({0, 0, 0, 0}), 9);
  store_.dispatch(session::action::Redo{});
  store_.wait();
  EXPECT_EQ(lesson(), "rgb-same");
  EXPECT_FALSE(store_.path());
  EXPECT_FALSE(store_.unsaved());
  EXPECT_EQ(store_.derived().layers[0].output.at({0, 0, 0, 0}), -25);
}

TEST_F(KeepWork, AnOpenedFileHasNoHistory) {
  store_.dispatch(session::action::Save{path("mine.json")});
  Store other(store_.session(), path("mine.json"));
  other.wait();
  EXPECT_EQ(other.path(), path("mine.json"));
  EXPECT_FALSE(other.unsaved());
  EXPECT_TRUE(other.session().document.history->past.empty());
}

TEST_F(KeepWork, AWorkingFolderThatVanishedIsANotice) {
  edit();
  fs::create_directories(folder_ / "gone");
  fs::current_path(folder_ / "gone");
  fs::remove(folder_ / "gone");
  store_.dispatch(session::action::Save{"lesson.json"});
  EXPECT_EQ(notice(), "file_unwritable");
  EXPECT_TRUE(store_.unsaved());
  store_.dispatch(session::action::Open{"lesson.json"});
  store_.wait();
  EXPECT_EQ(notice(), "lesson_unknown");
  store_.dispatch(session::action::Save{path("safe.json")});
  EXPECT_EQ(notice(), "saved");
}

}  // namespace
}  // namespace convscope::window
