#include "core/lesson/pseudo.h"

#include <gtest/gtest.h>

#include "tests/core/lesson/bundled.h"

namespace convscope::lesson {
namespace {

TEST(Pseudo, ATextIsInBracketsAndTwoFifthsLonger) {
  const std::string text = pseudo_text("Save the lesson under another name.");
  EXPECT_TRUE(text.starts_with("[Save the lesson under another name."));
  EXPECT_TRUE(text.ends_with("]"));
  EXPECT_EQ(text.size(), 35 + 14 + 2);
}

TEST(Pseudo, ValuesStayWhereTheyAre) {
  const Locale pseudo = pseudo_locale(Locale(
      Language::kEnglish, R"({"a": {"b": "{count} {count|cell|cells}"}, "c": "no values"})"));
  const std::string text = pseudo.text("a.b", {{"count", std::int64_t{2}}});
  EXPECT_TRUE(text.starts_with("[2 cells")) << text;
  EXPECT_TRUE(pseudo.text("c").starts_with("[no values"));
}

// A letter of two bytes is one letter.
TEST(Pseudo, CountsLettersNotBytes) { EXPECT_EQ(pseudo_text("шаг").size(), 6 + 2 + 2); }

TEST(Pseudo, EveryEnglishTextOfALessonIsInBrackets) {
  const Lesson lesson = pseudo_lesson(testing::bundled("stride"));
  EXPECT_TRUE(lesson.title.in(Language::kEnglish).starts_with('['));
  for (const Scene& scene : lesson.scenes) {
    for (const Narration& told : scene.narration) {
      EXPECT_TRUE(told.text.in(Language::kEnglish).starts_with('['));
      EXPECT_FALSE(told.text.in(Language::kRussian).starts_with('['));
    }
  }
}

}  // namespace
}  // namespace convscope::lesson
