// A long log: only its most recent answers count.
#include "app/files/user/answer_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "app/files/system/file_io.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

class Answers : public ::testing::Test {
 protected:
  void TearDown() override { fs::remove(file_); }
  // This many answers, of which only those in `right` are right.
  static std::string log(int count, const std::set<int>& right) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      text += quiz::log_line({.time = "2026-03-01T09:30:00Z",
                              .lesson = "stride",
                              .template_id = "4a",
                              .settings = "{}",
                              .option = "7",
                              .right = right.contains(i),
                              .misconception = ""});
    }
    return text;
  }

  const fs::path file_ =
      fs::temp_directory_path() /
      (std::string("convscope-answers-") +
       ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".jsonl");
};

TEST_F(Answers, TheNewestThousandCount) {
  for (const bool torn : {false, true}) {
    std::string text = log(1300, {300, 1299});
    if (torn) {
      text.pop_back();  // the last line has no line break
    }
    write_file(file_, text);
    const std::vector<quiz::Outcome> outcomes = past_outcomes(file_);
    ASSERT_EQ(outcomes.size(), 1000u);
    EXPECT_TRUE(outcomes.front().right);
    EXPECT_FALSE(outcomes[1].right);
    EXPECT_FALSE(outcomes[998].right);
    EXPECT_TRUE(outcomes.back().right);
  }
}

TEST_F(Answers, AShortLogCountsWhole) {
  for (const int count : {0, 1, 999, 1000}) {
    write_file(file_, log(count, {}));
    EXPECT_EQ(past_outcomes(file_).size(), static_cast<std::size_t>(count));
  }
  EXPECT_TRUE(past_outcomes(file_.string() + ".none").empty());
}

}  // namespace
}  // namespace convscope::files
