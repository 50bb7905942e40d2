// The store with questions and exercises: answers are logged, and the user's document is preserved.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/files/lesson_file.h"
#include "app/files/user/answer_file.h"
#include "app/window/store.h"

namespace convscope::window {
namespace {

namespace fs = std::filesystem;

class AskingStore : public ::testing::Test {
 protected:
  AskingStore() {
    folder_ = fs::temp_directory_path() /
              (std::string("convscope-asking-") +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
  }
  ~AskingStore() override { fs::remove_all(folder_); }

  static std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  fs::path folder_;
  Store store_{session::open_session(files::open_lesson("stride"), session::Theme::kDark,
                                     lesson::Language::kEnglish)};
  session::action::Ask ask_{session::AskAbout::kLesson, 0, 3, 2};
};

TEST_F(AskingStore, EveryAnswerIsALineOfTheLogInAFolderOfItsOwn) {
  const fs::path file = folder_ / "state" / "answers.jsonl";
  store_.keep_answers_in(file);
  store_.dispatch(ask_);
  store_.dispatch(session::action::Answer{{}, "what?"});  // not an answer
  store_.dispatch(session::action::Answer{0, ""});
  store_.dispatch(session::action::Answer{1, ""});  // already answered
  store_.dispatch(session::action::NextQuestion{});
  store_.dispatch(session::action::Answer{1, ""});
  const quiz::AnswerLog log = quiz::read_log(read(file));
  EXPECT_EQ(log.broken, 0);
  ASSERT_EQ(log.entries.size(), 2u);
  EXPECT_EQ(log.entries[0].lesson, "stride");
  EXPECT_EQ(log.entries[0].right, store_.session().asking->answered[0].right);
  EXPECT_EQ(log.entries[1].misconception, store_.session().asking->answered[1].misconception);
  EXPECT_EQ(log.entries[0].time.size(), std::string("2026-03-01T09:30:00Z").size());
  EXPECT_EQ(files::past_outcomes(file), store_.session().outcomes);
}

TEST_F(AskingStore, ALogThatCannotBeWrittenIsIgnored) {
  fs::create_directories(folder_);
  std::ofstream(folder_ / "file") << "in the way";
  store_.keep_answers_in(folder_ / "file" / "answers.jsonl");
  store_.dispatch(ask_);
  store_.dispatch(session::action::Answer{0, ""});
  EXPECT_FALSE(store_.session().transient.notice);
  EXPECT_FALSE(session::is_asking(store_.session()));
}

TEST_F(AskingStore, AQuestionIsNotUnsavedWorkAndSavingKeepsTheUsersLesson) {
  EXPECT_FALSE(store_.unsaved());
  store_.dispatch(ask_);
  EXPECT_FALSE(store_.unsaved());
  store_.dispatch(session::action::Leave{});
  store_.dispatch(session::action::SetValue{{session::TensorRole::kInput, {0, 0, 0, 0}}, 9, true});
  store_.dispatch(ask_);
  EXPECT_TRUE(store_.unsaved());
  fs::create_directories(folder_);
  store_.dispatch(session::action::Save{(folder_ / "mine.json").string()});
  EXPECT_FALSE(store_.unsaved());
  EXPECT_EQ(files::open_lesson((folder_ / "mine.json").string()).id, "stride");
}

TEST_F(AskingStore, AWrongComputationIsDerivedForTheStage) {
  for (std::int64_t seed = 0; seed < 40 && !store_.shown({800, 600, 1}).beside; ++seed) {
    store_.dispatch(session::action::Leave{});
    store_.dispatch(session::action::Ask{session::AskAbout::kQuiz, 0, seed, 1});
    store_.dispatch(session::action::Answer{0, ""});
  }
  const picture::Shown shown = store_.shown({800, 600, 1});
  ASSERT_TRUE(shown.beside);
  ASSERT_EQ(shown.beside_derived->layers.size(), 1u);
  EXPECT_FALSE(shown.beside_derived->layers.front().output.empty());
  store_.dispatch(session::action::NextQuestion{});
  EXPECT_FALSE(store_.shown({800, 600, 1}).beside);
}

TEST_F(AskingStore, AnExerciseIsStartedByItsIdAndAnUnknownOneIsANotice) {
  store_.dispatch(session::action::StartExercise{"same-size-by-hand"});
  ASSERT_TRUE(store_.session().solving);
  store_.dispatch(session::action::Leave{});
  store_.dispatch(session::action::StartExercise{"no-such"});
  ASSERT_TRUE(store_.session().transient.notice);
  EXPECT_EQ(store_.session().transient.notice->code, "no_exercise");
}

}  // namespace
}  // namespace convscope::window
