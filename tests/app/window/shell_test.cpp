// The whole window logic without a real window: keys in, files and questions out.
#include "app/window/shell/shell.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "app/files/image/image_file.h"
#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"
#include "app/paint/frame_target.h"
#include "app/window/screenshot.h"
#include "core/picture/compose.h"
#include "core/session/film.h"
#include "tests/support/painter_fixture.h"

namespace convscope::window {
namespace {

namespace fs = std::filesystem;

panels::InputEvent pressed(panels::Key key, panels::Modifiers modifiers = {}) {
  panels::InputEvent event;
  event.kind = panels::InputEvent::Kind::kKey;
  event.key = key;
  event.modifiers = modifiers;
  event.down = true;
  return event;
}

class ShellKeys : public PainterFixture {
 protected:
  void SetUp() override {
    PainterFixture::SetUp();
    if (IsSkipped() || HasFatalFailure()) {
      return;
    }
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    fs::current_path(folder_);
    target_ = std::make_unique<paint::FrameTarget>(kWidth, kHeight);
    shell_ = std::make_unique<Shell>(store_, metrics_);
    settle();
  }
  void TearDown() override {
    shell_.reset();
    target_.reset();
    fs::current_path(fs::temp_directory_path());
    fs::remove_all(folder_);
  }

  void draw() {
    target_->bind();
    shell_->frame(kWidth, kHeight, 1, 1.0 / 60);
  }
  void settle() {
    do {
      draw();
    } while (shell_->next_frame_in() == 0.0);
    store_.wait();
  }
  void press(panels::Key key, panels::Modifiers modifiers = {}) {
    panels::InputEvent event = pressed(key, modifiers);
    shell_->push(event);
    event.down = false;
    event.modifiers = {};
    shell_->push(event);
    settle();
  }
  void edit() {
    store_.dispatch(
        session::action::SetValue{{session::TensorRole::kInput, {0, 0, 0, 0}}, 9, true});
    settle();
  }
  const std::string& lesson() const { return store_.session().document.lesson->id; }

  static constexpr int kWidth = 900;
  static constexpr int kHeight = 600;
  const fs::path folder_ =
      fs::temp_directory_path() /
      ("convscope-shell-" +
       std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
  Store store_{session::open_session(files::open_lesson("cross-5x5"), session::Theme::kDark,
                                     lesson::Language::kEnglish)};
  std::unique_ptr<paint::FrameTarget> target_;
  std::unique_ptr<Shell> shell_;
};

#if defined(__unix__)
TEST_F(ShellKeys, TheDesktopsDialogClosesWithOurs) {
  const std::string path = std::getenv("PATH");
  files::write_file(folder_ / "zenity", "#!/bin/sh\nexec /bin/sleep 600\n");
  fs::permissions(folder_ / "zenity", fs::perms::owner_all);
  setenv("PATH", folder_.c_str(), 1);
  shell_.reset();
  shell_ = std::make_unique<Shell>(store_, metrics_);
  settle();
  press(panels::Key::kO, {.ctrl = true});
  for (int i = 0; i < 3; ++i) {
    press(panels::Key::kTab);
  }
  press(panels::Key::kEnter);
  const auto is_waiting = [&] {
    draw();
    return shell_->next_frame_in().has_value();
  };
  EXPECT_TRUE(is_waiting());
  press(panels::Key::kEscape);
  for (int i = 0; i < 1000 && is_waiting(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_FALSE(is_waiting());
  setenv("PATH", path.c_str(), 1);
}
#endif

TEST_F(ShellKeys, QuittingWithoutEditsEnds) {
  press(panels::Key::kQ, {.ctrl = true});
  EXPECT_TRUE(shell_->wants_to_quit());
}

TEST_F(ShellKeys, QuittingAndClosingAskBeforeEditsAreLost) {
  edit();
  press(panels::Key::kQ, {.ctrl = true});
  EXPECT_FALSE(shell_->wants_to_quit());
  press(panels::Key::kEscape);
  shell_->ask_to_quit();
  settle();
  EXPECT_FALSE(shell_->wants_to_quit());
  press(panels::Key::kSpace);  // an open question takes all other keys
  EXPECT_FALSE(store_.session().clock.playing);
  press(panels::Key::kEscape);
  store_.dispatch(session::action::Undo{});
  shell_->ask_to_quit();
  EXPECT_TRUE(shell_->wants_to_quit());
}

TEST_F(ShellKeys, SaveGoesThroughSaveAsAndThenOpensWhatWasDropped) {
  edit();
  shell_->ask_to_open("rgb-same");
  settle();
  EXPECT_EQ(lesson(), "cross-5x5");
  press(panels::Key::kEnter);  // Save
  press(panels::Key::kEnter);  // with the suggested name
  EXPECT_EQ(lesson(), "rgb-same");
  EXPECT_EQ(files::open_lesson("cross-5x5.json").scenes[0]->input.tensor().at({0, 0, 0, 0}), 9);
}

TEST_F(ShellKeys, ExportReplacesNothingByEnter) {
  files::write_file("cross-5x5.png", "precious");
  press(panels::Key::kE, {.ctrl = true});
  press(panels::Key::kEnter);
  press(panels::Key::kEnter);
  press(panels::Key::kEnter);
  press(panels::Key::kEscape);
  EXPECT_EQ(files::read_text_file("cross-5x5.png", 1 << 20), "precious");
  fs::remove("cross-5x5.png");
  press(panels::Key::kE, {.ctrl = true});
  press(panels::Key::kEnter);
  press(panels::Key::kEnter);
  EXPECT_TRUE(fs::exists("cross-5x5.png"));
}

TEST_F(ShellKeys, AnExportIsThePictureThatRenderMakes) {
  files::Settings settings;
  settings.exporting = session::ExportChoice{};
  settings.exporting->animated = true;
  settings.exporting->width = 320;
  settings.exporting->height = 200;
  settings.exporting->frames_per_second = 4;
  settings.exporting->pause = 0;
  shell_->set_up(settings);
  press(panels::Key::kE, {.ctrl = true});
  press(panels::Key::kEnter);
  press(panels::Key::kEnter);
  ASSERT_TRUE(fs::exists("cross-5x5.gif"));
  EXPECT_EQ(store_.session().transient.notice->code, "saved");
  EXPECT_EQ(files::read_text_file("cross-5x5.gif", 1 << 24).substr(0, 6), "GIF89a");
  // The same choices as a picture, against the painter itself.
  settings.exporting->animated = false;
  shell_->set_up(settings);
  press(panels::Key::kE, {.ctrl = true});
  press(panels::Key::kEnter);
  press(panels::Key::kEnter);
  session::Session light = store_.session();
  light.look.theme = session::Theme::kLight;
  painter_->draw(picture::compose(
      picture::shown_of(light, std::make_shared<const derive::Derived>(store_.derived()),
                        {320, 200, 1}),
      store_.locale(), metrics_));
  EXPECT_EQ(files::read_text_file("cross-5x5.png", 1 << 24), files::png_bytes(painter_->read()));
  EXPECT_EQ(shell_->settings().exporting, settings.exporting);
}

TEST_F(ShellKeys, TheWholeWindowIsExportedInItsSize) {
  files::Settings settings;
  settings.exporting = session::ExportChoice{.what = session::ExportChoice::What::kWindow};
  shell_->set_up(settings);
  press(panels::Key::kE, {.ctrl = true});
  press(panels::Key::kEnter);
  press(panels::Key::kEnter);
  ASSERT_TRUE(fs::exists("cross-5x5.png"));
  session::Session light = store_.session();
  light.transient.notice.reset();
  light.look.theme = session::Theme::kLight;
  Store copy(light);
  EXPECT_EQ(files::read_text_file("cross-5x5.png", 1 << 24),
            files::png_bytes(screenshot_pixels(copy, metrics_, 1280, 720, 1)));
}

// A light window inside the dark one.
TEST_F(ShellKeys, TheWholeWindowHasAPreviewThatFollowsTheStep) {
  const auto bright_pixels = [&] {
    draw();
    const files::Pixels pixels = target_->read();
    std::int64_t bright = 0;
    for (std::size_t i = 0; i < pixels.rgba.size(); i += 4) {
      bright += pixels.rgba[i] > 240 && pixels.rgba[i + 1] > 240 && pixels.rgba[i + 2] > 240;
    }
    return bright;
  };
  files::Settings settings;
  settings.exporting = session::ExportChoice{.what = session::ExportChoice::What::kWindow};
  shell_->set_up(settings);
  settle();
  const std::int64_t before = bright_pixels();
  press(panels::Key::kE, {.ctrl = true});
  const std::int64_t first = bright_pixels();
  EXPECT_GT(first, before + 20'000);
  press(panels::Key::kEscape);
  store_.dispatch(session::action::Last{});
  settle();
  press(panels::Key::kE, {.ctrl = true});
  EXPECT_NE(bright_pixels(), first);
}

// What stands for `name` in a file of extension .gif: its size.
std::pair<int, int> gif_size(const std::string& name) {
  const std::string bytes = files::read_text_file(name, 1 << 24);
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes.at(i)); };
  return {at(6) + 256 * at(7), at(8) + 256 * at(9)};
}

TEST_F(ShellKeys, TheWholeWindowIsExportedInMotion) {
  files::Settings settings;
  settings.exporting = session::ExportChoice{.animated = true,
                                             .what = session::ExportChoice::What::kWindow,
                                             .width = 640,
                                             .height = 400,
                                             .frames_per_second = 1,
                                             .pause = 0};
  shell_->set_up(settings);
  const session::Session before = store_.session();
  press(panels::Key::kE, {.ctrl = true});
  press(panels::Key::kEnter);
  press(panels::Key::kEnter);
  ASSERT_TRUE(fs::exists("cross-5x5.gif"));
  EXPECT_EQ(gif_size("cross-5x5.gif"), std::pair(640, 400));
  EXPECT_EQ(store_.session().clock, before.clock);
  // Its last moment is what a window shows that has played to there.
  session::Session light = before;
  light.look.theme = session::Theme::kLight;
  light.clock.playing = true;
  WindowFilm film(light, metrics_, {640, 400, 1});
  const session::Film whole = session::film_of(session::timeline_of(light), 0, 8, 1);
  const files::Pixels first = film.at(whole.at(0));
  const files::Pixels last = film.at(whole.last);
  EXPECT_NE(first.rgba, last.rgba);
  light.clock.frame = whole.last;
  Store there(light);
  EXPECT_EQ(last.rgba, screenshot_pixels(there, metrics_, 640, 400, 1).rgba);
}

TEST_F(ShellKeys, ATensorIsExportedAloneAndAsLargeAsItsCells) {
  files::Settings settings;
  settings.exporting = session::ExportChoice{.animated = true,
                                             .what = session::ExportChoice::What::kMap,
                                             .width = 640,
                                             .height = 342,
                                             .frames_per_second = 2,
                                             .pause = 0};
  shell_->set_up(settings);
  press(panels::Key::kE, {.ctrl = true});
  press(panels::Key::kEnter);
  press(panels::Key::kEnter);
  ASSERT_TRUE(fs::exists("cross-5x5.gif"));
  EXPECT_EQ(gif_size("cross-5x5.gif"), std::pair(3 * 104 + 28, 3 * 104 + 28));
}

TEST_F(ShellKeys, ANoticeFromOutsideOfAFrameIsLaidOutBeforeTheWindowRests) {
  for (int i = 0; i < 10; ++i) {
    draw();
  }
  ASSERT_NE(shell_->next_frame_in(), 0.0);
  store_.dispatch(session::action::Notify{{"file_unwritable", "", {{"file", "settings.json"}}}});
  draw();
  EXPECT_EQ(shell_->next_frame_in(), 0.0);
}

TEST_F(ShellKeys, SavingInAFolderThatVanishedIsANotice) {
  edit();
  fs::remove_all(folder_);
  press(panels::Key::kS, {.ctrl = true});
  press(panels::Key::kEnter);
  ASSERT_TRUE(store_.session().transient.notice);
  EXPECT_EQ(store_.session().transient.notice->code, "file_unwritable");
  EXPECT_TRUE(store_.unsaved());
}

TEST_F(ShellKeys, AFrameShowsWhatItsKeyHasDone) {
  const auto frame = [this] {
    draw();
    return target_->read().rgba;
  };
  for (int i = 0; i < 5; ++i) {
    frame();
  }
  const auto before = frame();
  const std::int64_t composed = shell_->composes();

  shell_->push(pressed(panels::Key::kEnd));
  const auto after = frame();
  EXPECT_EQ(store_.session().clock.frame, session::timeline_of(store_.session()).last());
  EXPECT_EQ(shell_->composes(), composed + 1);
  EXPECT_NE(after, before);
  // Nothing is left over for the next frame.
  EXPECT_EQ(frame(), after);
  EXPECT_EQ(shell_->composes(), composed + 1);
}

}  // namespace
}  // namespace convscope::window
