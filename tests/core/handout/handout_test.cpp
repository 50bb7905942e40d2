#include "core/handout/handout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <set>

#include "app/files/bundled.h"
#include "app/files/lesson_file.h"
#include "core/handout/key_steps.h"
#include "core/session/update.h"

namespace convscope::handout {
namespace {

const lesson::Locale& locale_of(lesson::Language language) {
  static const std::vector<lesson::Locale> kLocales = files::bundled_locales();
  return kLocales[static_cast<std::size_t>(language)];
}

const picture::TextMetrics& metrics() {
  static const picture::TextMetrics kMetrics = files::bundled_metrics();
  return kMetrics;
}

std::string page_of(const std::string& id, lesson::Language language, Options options = {}) {
  return handout_html(files::open_lesson(id), locale_of(language), metrics(), options);
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

std::string escaped_of(std::string text) {
  text = std::regex_replace(text, std::regex("&"), "&amp;");
  text = std::regex_replace(text, std::regex("<"), "&lt;");
  text = std::regex_replace(text, std::regex(">"), "&gt;");
  return std::regex_replace(text, std::regex("\""), "&quot;");
}

TEST(Handout, HoldsEveryTextOfTheLessonInItsLanguage) {
  for (const char* id : {"cross-5x5", "stride", "weights-are-learned", "photo-edges"}) {
    for (const lesson::Language language :
         {lesson::Language::kEnglish, lesson::Language::kRussian}) {
      const std::string page = page_of(id, language);
      const lesson::Lesson lesson = files::open_lesson(id);
      for (const lesson::Scene& scene : lesson.scenes) {
        for (const lesson::Narration& told : scene.narration) {
          const std::string text = "<p>" + escaped_of(told.text.in(language)) + "</p>";
          EXPECT_EQ(count_of(page, text) > 0, true) << id << ": " << text;
        }
      }
    }
  }
}

TEST(Handout, HasAPictureForEachPlaceThatLooksDifferent) {
  const std::string page = page_of("stride", lesson::Language::kEnglish);
  std::size_t places = 0;
  for (const lesson::Scene& scene : files::open_lesson("stride").scenes) {
    ASSERT_LE(scene.narration.size(), kMostPictures);
    places += scene.narration.size();
  }
  EXPECT_EQ(count_of(page, "<figure>"), places);
  EXPECT_EQ(count_of(page, "<svg "), places);
}

TEST(Handout, AScenePrintsAFewPicturesAndLosesNoText) {
  lesson::Lesson lesson = files::open_lesson("conv2d-3-to-5");
  lesson.scenes.resize(1);
  lesson::Scene scene = *lesson.scenes.front();
  scene.narration.clear();
  for (std::int64_t at = 0; at < 30; ++at) {
    scene.narration.push_back({at, {{{"en", "text " + std::to_string(at) + "."}}}, 0});
  }
  lesson.scenes.front() = scene;
  const std::string page =
      handout_html(lesson, locale_of(lesson::Language::kEnglish), metrics(), {});
  EXPECT_EQ(count_of(page, "<figure>"), kMostPictures);
  std::size_t before = 0;
  for (int at = 0; at < 30; ++at) {
    const std::size_t found = page.find("<p>text " + std::to_string(at) + ".</p>");
    ASSERT_NE(found, std::string::npos) << at;
    EXPECT_GT(found, before) << "the texts keep their order";
    before = found;
  }
}

TEST(Handout, AnswersComeOnAPageOfTheirOwnOrNotAtAll) {
  const std::string with = page_of("stride", lesson::Language::kEnglish);
  EXPECT_NE(with.find("<h2 class=\"answers\">Answers</h2>"), std::string::npos);
  EXPECT_NE(with.find("break-before:page"), std::string::npos);
  const std::string without = page_of("stride", lesson::Language::kEnglish, {.answers = false});
  EXPECT_EQ(without.find("<h2 class=\"answers\">"), std::string::npos);
  EXPECT_GT(count_of(without, "class=\"box\""), 3U) << "the questions stay";
  const std::size_t answers = with.find("<h2 class=\"answers\">");
  EXPECT_EQ(without.substr(0, without.find("</body>")), with.substr(0, answers));
}

TEST(Handout, LoadsNothingAndRunsNothing) {
  const std::string page = page_of("photo-edges", lesson::Language::kEnglish);
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("<link"), std::string::npos);
  EXPECT_EQ(page.find("@import"), std::string::npos);
  const std::regex reference("(?:src|href)=\"([^\"]{0,12})");
  for (std::sregex_iterator at(page.begin(), page.end(), reference), end; at != end; ++at) {
    EXPECT_TRUE((*at)[1].str().starts_with("data:image")) << (*at)[1];
  }
}

// Several pictures share one document: an id that stands twice would cut a picture by another's
// frame.
TEST(Handout, NoIdStandsTwice) {
  const std::string page = page_of("photo-edges", lesson::Language::kEnglish);
  const std::regex id(" id=\"([^\"]+)\"");
  std::set<std::string> seen;
  for (std::sregex_iterator at(page.begin(), page.end(), id), end; at != end; ++at) {
    EXPECT_TRUE(seen.insert((*at)[1]).second) << (*at)[1];
  }
  EXPECT_GT(seen.size(), 2U);
}

TEST(Handout, IsWellFormedXml) {
  if (std::system("xmllint --version >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "xmllint is not installed";
  }
  const std::string path = ::testing::TempDir() + "handout.html";
  for (const char* id : {"cross-5x5", "padding-modes", "conv-arithmetic", "transposed"}) {
    for (const lesson::Language language :
         {lesson::Language::kEnglish, lesson::Language::kRussian}) {
      std::ofstream(path) << page_of(id, language);
      EXPECT_EQ(std::system(("xmllint --noout '" + path + "'").c_str()), 0) << id;
    }
  }
  std::remove(path.c_str());
}

// What a scene asks for stays hidden until its last text, on paper too: 7x7, kernel 3 gives 5x5.
TEST(Handout, AScenesQuestionIsNotAnsweredByItsPicture) {
  const lesson::Lesson lesson = files::open_lesson("stride");
  ASSERT_TRUE(lesson.scenes.front()->asks);
  const std::vector<KeyStep> steps = key_steps(
      session::open_session(without_texts(lesson), kPaperTheme, lesson::Language::kEnglish),
      *lesson.scenes.front(), locale_of(lesson::Language::kEnglish), metrics());
  ASSERT_GE(steps.size(), 2U);
  const auto tells_size = [](const picture::Picture& picture) {
    return std::ranges::any_of(picture.records, [](const picture::Record& record) {
      const auto* text = std::get_if<picture::Text>(&record);
      return text != nullptr && text->text.find("(1, 1, 5, 5)") != std::string::npos;
    });
  };
  EXPECT_FALSE(tells_size(steps.front().picture));
  EXPECT_TRUE(tells_size(steps.back().picture));
}

}  // namespace
}  // namespace convscope::handout
