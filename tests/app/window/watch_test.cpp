// A training script writes its weights while they are on the stage.
#include "app/window/keep/watch.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"
#include "core/tensor/npy.h"

namespace convscope::window {
namespace {

namespace fs = std::filesystem;

std::string weights(float value, std::int64_t side = 3) {
  const std::vector<std::int64_t> shape = {1, 1, side, side};
  return npy_bytes(shape, std::vector<float>(static_cast<std::size_t>(side * side), value));
}

class Watching : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    write(weights(1));
    files::write_file(lesson_, R"({"format": 1, "id": "w", "title": "W", "scenes": [
        {"input": {"values": [[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]]},
         "layers": [{"op": "conv2d", "weight": {"npy": "w.npy"}}]}]})");
    store_.dispatch(session::action::Open{lesson_});
    store_.wait();
    turn();
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& bytes) { files::write_file(file_, bytes); }
  // Half a second passes, and what was asked for is there.
  void turn(bool on = true) {
    now_ += 0.5;
    watch_.turn(store_, on, now_);
    store_.wait();
  }
  float map() const { return store_.derived().layers[0].output.at({0, 0, 0, 0}); }
  std::string notice() const {
    const auto& told = store_.session().transient.notice;
    return told ? told->code : "";
  }

  std::string sentence() const {
    const auto& told = store_.session().transient.notice;
    return told ? store_.locale().sentence(*told) : "";
  }
  void wait_seconds(int seconds) {
    for (int i = 0; i < 2 * seconds + 1; ++i) {
      turn();
    }
  }

  const fs::path folder_ =
      fs::temp_directory_path() / (std::string("convscope-watch-") +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  const std::string file_ = (folder_ / "w.npy").string();
  const std::string lesson_ = (folder_ / "w.json").string();
  Store store_{session::open_session(files::open_lesson("rgb-same"), session::Theme::kDark,
                                     lesson::Language::kEnglish)};
  Watch watch_;
  double now_ = 0;
};

TEST_F(Watching, ThePictureFollowsAndTheMomentStays) {
  store_.dispatch(session::action::SetView{lesson::View::kMatrix});
  store_.dispatch(session::action::Seek{500});
  const session::Frame frame = store_.session().clock.frame;
  EXPECT_EQ(map(), 9);
  write(weights(2));
  turn();
  EXPECT_EQ(map(), 18);
  EXPECT_GT(frame, 0);
  EXPECT_EQ(store_.session().clock.frame, frame);
  EXPECT_EQ(store_.session().look.view, lesson::View::kMatrix);
  EXPECT_FALSE(store_.unsaved());
  EXPECT_EQ(store_.session().document.history->past.size(), 1u) << "nobody edited anything";
}

TEST_F(Watching, EditsOfOnesOwnStay) {
  store_.dispatch(
      session::action::SetValue{{session::TensorRole::kWeight, {0, 0, 0, 0}}, 100, true});
  write(weights(2));
  turn();
  EXPECT_EQ(map(), 116);
  EXPECT_TRUE(store_.unsaved());
}

TEST_F(Watching, AHalfWrittenFileIsReadAgainAndNeverShown) {
  const std::string whole = weights(3);
  write(whole.substr(0, whole.size() - 7));
  for (int i = 0; i < 3; ++i) {
    turn();
    EXPECT_EQ(map(), 9);
    EXPECT_EQ(notice(), "");
  }
  write(whole);
  turn();
  turn();
  EXPECT_EQ(map(), 27);
  EXPECT_EQ(notice(), "");
}

TEST_F(Watching, WhatStaysBrokenForSecondsIsSaidOnce) {
  write("half");
  for (int i = 0; i < 5; ++i) {
    turn();
  }
  EXPECT_EQ(notice(), "");
  for (int i = 0; i < 5; ++i) {
    turn();
  }
  EXPECT_NE(notice(), "");
  EXPECT_NE(sentence().find("w.npy"), std::string::npos) << sentence();
  EXPECT_NE(sentence().find("The last good numbers stay"), std::string::npos) << sentence();
  store_.dispatch(session::action::DismissNotice{});
  turn();
  EXPECT_EQ(notice(), "");
  EXPECT_EQ(map(), 9);
}

TEST_F(Watching, TheNoticeGoesWhenTheFileIsGoodAgain) {
  write("half");
  wait_seconds(4);
  ASSERT_NE(notice(), "");
  write(weights(4));
  turn();
  turn();
  EXPECT_EQ(map(), 36);
  EXPECT_EQ(notice(), "");
}

TEST_F(Watching, AnotherNoticeStaysWhenTheFileIsGoodAgain) {
  write("half");
  wait_seconds(4);
  store_.dispatch(session::action::Notify{{"code_copied", "", {}}});
  write(weights(4));
  turn();
  turn();
  EXPECT_EQ(notice(), "code_copied");
}

TEST_F(Watching, ASoundFileThatDoesNotFitSaysWhy) {
  write(npy_bytes(std::vector<std::int64_t>{2, 3, 3, 3}, std::vector<float>(54, 1.0F)));
  wait_seconds(4);
  EXPECT_EQ(notice(), "weight_channels");
  EXPECT_NE(sentence().find("has 3 channels, and the layer reads 1"), std::string::npos)
      << sentence();
  EXPECT_NE(sentence().find("w.npy: "), std::string::npos) << sentence();
  write("half");  // another fault has another reason
  wait_seconds(1);
  EXPECT_NE(notice(), "weight_channels");
  EXPECT_NE(notice(), "");
}

TEST_F(Watching, AFileThatIsReplacedMayBeGoneForAMoment) {
  fs::remove(file_);
  turn();
  EXPECT_EQ(notice(), "");
  write(weights(4));
  turn();
  turn();
  EXPECT_EQ(map(), 36);
}

TEST_F(Watching, TheLessonItselfIsReadAgain) {
  store_.dispatch(session::action::Seek{300});
  const session::Frame frame = store_.session().clock.frame;
  std::string json = files::read_text_file(lesson_, 1 << 20);
  json.replace(json.find("[[1,"), 4, "[[5,");
  files::write_file(lesson_, json);
  turn();
  EXPECT_EQ(map(), 13);
  EXPECT_GT(frame, 0);
  EXPECT_EQ(store_.session().clock.frame, frame);
}

TEST_F(Watching, NothingFollowsWhileItIsOff) {
  turn(false);
  EXPECT_FALSE(watch_.due_in(now_));
  write(weights(2));
  turn(false);
  EXPECT_EQ(map(), 9);
}

}  // namespace
}  // namespace convscope::window
