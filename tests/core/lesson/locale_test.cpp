#include "core/lesson/locale.h"

#include <gtest/gtest.h>

#include <algorithm>

#include <set>

#include "tests/core/lesson/bundled.h"

namespace convscope::lesson {
namespace {

Locale bundled_locale(Language language) {
  return Locale(language,
                testing::read_text("assets/locale/" + std::string(code_of(language)) + ".json"));
}

TEST(Locale, RussianPlurals) {
  const Locale locale(Language::kRussian, R"({"a": {"b": "{n} {n|шаг|шага|шагов}"}})");
  const std::pair<std::int64_t, std::string> cases[] = {
      {0, "0 шагов"},     {1, "1 шаг"},     {2, "2 шага"},    {4, "4 шага"},  {5, "5 шагов"},
      {11, "11 шагов"},   {12, "12 шагов"}, {14, "14 шагов"}, {21, "21 шаг"}, {22, "22 шага"},
      {111, "111 шагов"}, {121, "121 шаг"}, {-1, "-1 шаг"},   {-3, "-3 шага"}};
  for (const auto& [number, expected] : cases) {
    EXPECT_EQ(locale.text("a.b", {{"n", number}}), expected);
  }
}

TEST(Locale, EnglishPlurals) {
  const Locale locale(Language::kEnglish, R"({"a": "{n} {n|step|steps}"})");
  const std::pair<std::int64_t, std::string> cases[] = {
      {0, "0 steps"},   {1, "1 step"},    {2, "2 steps"},    {5, "5 steps"},
      {11, "11 steps"}, {21, "21 steps"}, {111, "111 steps"}};
  for (const auto& [number, expected] : cases) {
    EXPECT_EQ(locale.text("a", {{"n", number}}), expected);
  }
}

TEST(Locale, PlaceholdersAndWhatIsMissing) {
  const Locale locale(Language::kEnglish, R"({"a": "{who} is {what}; {open"})");
  EXPECT_EQ(locale.text("a", {{"who", "x"}}), "x is {what}; {open");
  EXPECT_EQ(locale.text("b.c"), "[b.c]");
  EXPECT_TRUE(locale.has("a"));
  EXPECT_FALSE(locale.has("b.c"));
}

TEST(Locale, RefusesWhatIsNotTexts) {
  const auto code = [](const char* json) {
    try {
      Locale(Language::kEnglish, json);
    } catch (const Failure& failure) {
      return failure.problem().code;
    }
    return std::string("none");
  };
  EXPECT_EQ(code("[1]"), "locale_syntax");
  EXPECT_EQ(code("{"), "locale_syntax");
  EXPECT_EQ(code(R"({"a": {"b": 1}})"), "locale_not_text");
}

TEST(Locale, ProblemsOfAFileSayWhere) {
  const Locale locale = bundled_locale(Language::kRussian);
  const Problem problem = {"json_missing_key",
                           "",
                           {{"file", "a.json"}, {"line", 7}, {"path", "scenes[0]"}, {"key", "op"}}};
  EXPECT_EQ(locale.sentence(problem), "a.json, строка 7, scenes[0]: Не хватает ключа «op».");
}

TEST(Locale, ProblemsOfATextSayRowAndColumn) {
  const Locale locale(Language::kEnglish, R"({"problem": {"a": "No.", "b": "Layer {layer}."},
      "problem_place": {"text": "{row}:{column}: {sentence}", "layer": "In {layer}: {sentence}"}})");
  EXPECT_EQ(locale.sentence({"a", "", {{"row", 3}, {"column", 7}}}), "3:7: No.");
  EXPECT_EQ(locale.sentence({"a", "", {{"layer", 2}, {"row", 3}, {"column", 7}}}), "3:7: No.");
  EXPECT_EQ(locale.sentence({"a", "", {{"layer", 2}}}), "In 2: No.");
  EXPECT_EQ(locale.sentence({"b", "", {{"layer", 2}}}), "Layer 2.");
}

TEST(Locale, CodesOfLanguages) {
  EXPECT_EQ(language_from_code("ru_RU.UTF-8"), Language::kRussian);
  EXPECT_EQ(language_from_code("ru"), Language::kRussian);
  EXPECT_EQ(language_from_code("run"), Language::kEnglish);
  EXPECT_EQ(language_from_code("C"), Language::kEnglish);
  EXPECT_EQ(language_from_code(""), Language::kEnglish);
  EXPECT_EQ(code_of(Language::kRussian), "ru");
}

// The names between braces, without their plural forms.
std::set<std::string> placeholders(const std::string& text) {
  std::set<std::string> names;
  for (std::size_t open = text.find('{'); open != std::string::npos;
       open = text.find('{', open + 1)) {
    const std::size_t end = text.find_first_of("|}", open);
    names.insert(text.substr(open + 1, end - open - 1));
  }
  return names;
}

TEST(LocaleFiles, BothLanguagesSayTheSame) {
  const Locale english = bundled_locale(Language::kEnglish);
  const Locale russian = bundled_locale(Language::kRussian);
  EXPECT_EQ(english.keys(), russian.keys());
  for (const std::string& key : english.keys()) {
    EXPECT_FALSE(english.text(key).empty()) << key;
    EXPECT_EQ(placeholders(english.text(key)), placeholders(russian.text(key))) << key;
  }
}

TEST(LocaleFiles, PluralsHaveAllForms) {
  for (const Language language : {Language::kEnglish, Language::kRussian}) {
    const Locale locale = bundled_locale(language);
    for (const std::string& key : locale.keys()) {
      const std::string& text = locale.text(key);
      for (std::size_t open = text.find('{'); open != std::string::npos;
           open = text.find('{', open + 1)) {
        const std::string inside = text.substr(open, text.find('}', open) - open);
        const auto bars = std::count(inside.begin(), inside.end(), '|');
        EXPECT_TRUE(bars == 0 || bars == (language == Language::kRussian ? 3 : 2)) << key;
      }
    }
  }
}

// locale_use_test.cpp checks that every problem has one.
TEST(LocaleFiles, EverySentenceEnds) {
  for (const Language language : {Language::kEnglish, Language::kRussian}) {
    const Locale locale = bundled_locale(language);
    for (const std::string& key : locale.keys()) {
      if (key.starts_with("problem.")) {
        // A reason is a complete sentence.
        EXPECT_TRUE(locale.text(key).ends_with('.') || locale.text(key).ends_with(" {reason}"))
            << key;
      }
    }
  }
}

}  // namespace
}  // namespace convscope::lesson
