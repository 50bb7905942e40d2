// Work left by processes that died is offered at the start, one file after another.
#include "app/window/keep/recovery.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"
#include "app/paint/frame_target.h"
#include "tests/support/painter_fixture.h"

namespace convscope::window {
namespace {

namespace fs = std::filesystem;

class Recovering : public PainterFixture {
 protected:
  void SetUp() override {
    PainterFixture::SetUp();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    if (!IsSkipped() && !HasFatalFailure()) {
      target_ = std::make_unique<paint::FrameTarget>(900, 600);
      shell_ = std::make_unique<Shell>(store_, metrics_);
    }
  }
  void TearDown() override {
    shell_.reset();
    target_.reset();
    autosave_.finish();  // a write may be in progress
    fs::remove_all(folder_);
  }

  // Writes the file of a process that died with this lesson open.
  fs::path leave(const std::string& name, const std::string& lesson) {
    const fs::path file = folder_ / name;
    files::write_autosave(file, files::open_lesson(lesson), {}, "0");
    return file;
  }
  void settle() {
    for (int i = 0; i < 4; ++i) {
      recovery_->watch(*shell_, store_, autosave_);
      autosave_.watch(store_, 0);
      target_->bind();
      shell_->frame(900, 600, 1, 1.0 / 60);
      store_.wait();
    }
  }
  void press(panels::Key key, panels::Modifiers modifiers = {}) {
    panels::InputEvent event;
    event.kind = panels::InputEvent::Kind::kKey;
    event.key = key;
    event.modifiers = modifiers;
    event.down = true;
    shell_->push(event);
    event.down = false;
    shell_->push(event);
    settle();
  }
  void start() {
    recovery_.emplace(folder_);
    settle();
  }
  const std::string& lesson() const { return store_.session().document.lesson->id; }
  std::string notice() const {
    return store_.session().transient.notice ? store_.session().transient.notice->code : "none";
  }

  const fs::path folder_ =
      fs::temp_directory_path() / (std::string("convscope-recovery-") +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  Store store_{session::open_session(files::open_lesson("cross-5x5"), session::Theme::kDark,
                                     lesson::Language::kEnglish)};
  std::unique_ptr<paint::FrameTarget> target_;
  std::unique_ptr<Shell> shell_;
  Autosave autosave_{folder_, "0"};
  std::optional<Recovery> recovery_;
};

TEST_F(Recovering, TheExamplePlaysBehindTheOffer) {
  leave("a.json", "rgb-same");
  start();
  EXPECT_EQ(lesson(), "cross-5x5");
  press(panels::Key::kSpace);
  EXPECT_TRUE(store_.session().clock.playing);
}

TEST_F(Recovering, OneKeyRestoresTheWorkWhichStaysSaved) {
  const fs::path file = leave("a.json", "rgb-same");
  start();
  press(panels::Key::kR, {.ctrl = true, .shift = true});
  EXPECT_EQ(lesson(), "rgb-same");
  EXPECT_TRUE(store_.unsaved());
  for (int i = 0; i < 1000 && fs::exists(file); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    settle();
  }
  EXPECT_FALSE(fs::exists(file));  // our own copy is written
  int kept = 0;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    kept += entry.path().extension() == ".json" ? 1 : 0;
  }
  EXPECT_EQ(kept, 1);
}

TEST_F(Recovering, OneAfterAnotherEachWithItsOwnAnswer) {
  const fs::path first = leave("a.json", "rgb-same");
  fs::last_write_time(first, fs::last_write_time(first) - std::chrono::hours(1));
  const fs::path second = leave("b.json", "dilation");
  start();
  press(panels::Key::kD, {.ctrl = true, .shift = true});
  EXPECT_EQ(lesson(), "cross-5x5");
  EXPECT_FALSE(fs::exists(first));
  EXPECT_TRUE(fs::exists(second));
  press(panels::Key::kR, {.ctrl = true, .shift = true});
  EXPECT_EQ(lesson(), "dilation");
}

TEST_F(Recovering, EditsMadeMeanwhileAreAskedAbout) {
  leave("a.json", "rgb-same");
  start();
  store_.dispatch(session::action::SetValue{{session::TensorRole::kInput, {0, 0, 0, 0}}, 9, true});
  press(panels::Key::kR, {.ctrl = true, .shift = true});
  EXPECT_EQ(lesson(), "cross-5x5");
  press(panels::Key::kEscape);
  press(panels::Key::kR, {.ctrl = true, .shift = true});  // it is still offered
  press(panels::Key::kTab);
  press(panels::Key::kEnter);  // Discard
  EXPECT_EQ(lesson(), "rgb-same");
}

TEST_F(Recovering, ANewerFileStaysAndABrokenOneIsSetAside) {
  const fs::path newer = leave("a.json", "rgb-same");
  std::string text = files::read_text_file(newer, 1 << 20);
  files::write_file(newer, "{\"format\":7," + text.substr(12));
  start();
  EXPECT_EQ(notice(), "autosave_newer");
  EXPECT_TRUE(fs::exists(newer));
  files::write_file(folder_ / "b.json", "{");
  fs::remove(newer);
  recovery_.reset();
  start();
  EXPECT_EQ(notice(), "autosave_broken");
  EXPECT_TRUE(fs::exists(folder_ / "b.json.broken"));
  // Nothing is offered on the next start.
  store_.dispatch(session::action::DismissNotice{});
  recovery_.reset();
  start();
  EXPECT_EQ(notice(), "none");
}

TEST_F(Recovering, AFileFoundBrokenLaterIsSetAsideToo) {
  const fs::path file = leave("a.json", "rgb-same");
  const std::string text = files::read_text_file(file, 1 << 20);
  files::write_file(file, text.substr(0, text.size() / 2));
  start();
  EXPECT_EQ(notice(), "none");  // the first line is intact
  press(panels::Key::kR, {.ctrl = true, .shift = true});
  EXPECT_EQ(notice(), "autosave_broken");
  EXPECT_EQ(lesson(), "cross-5x5");
  EXPECT_FALSE(fs::exists(file));
  EXPECT_TRUE(fs::exists(folder_ / "a.json.broken"));
}

TEST_F(Recovering, SavedAtOnceItLeavesNothingBehind) {
  leave("a.json", "rgb-same");
  start();
  press(panels::Key::kR, {.ctrl = true, .shift = true});
  store_.dispatch(session::action::Save{(folder_ / "mine.lesson").string()});
  for (int i = 0; i < 1000 && autosave_.due_in(0); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    settle();
  }
  settle();
  for (const auto& entry : fs::directory_iterator(folder_)) {
    EXPECT_EQ(entry.path().filename(), "mine.lesson");
  }
}

}  // namespace
}  // namespace convscope::window
