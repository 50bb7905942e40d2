// Reads our sources: every text that they use exists in both languages, and every text is used.
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "core/lesson/locale.h"
#include "tests/core/lesson/bundled.h"

namespace convscope::lesson {
namespace {

using WordSet = std::set<std::string>;

// The sources of core and app, without comments and includes.
std::string our_code() {
  const std::regex quiet(R"((^|\n)\s*(//|#include)[^\n]*)");
  std::string all;
  for (const char* folder : {"core", "app"}) {
    const auto root = std::filesystem::path(CONVSCOPE_SOURCE_DIR);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      const auto kind = entry.path().extension();
      if (kind == ".h" || kind == ".cpp") {
        const auto name = std::filesystem::relative(entry.path(), root).generic_string();
        all += std::regex_replace(testing::read_text(name), quiet, "\n");
      }
    }
  }
  return all;
}

WordSet all_matches(const std::string& text, const char* pattern) {
  const std::regex regex(pattern);
  WordSet found;
  for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end; ++match) {
    for (std::size_t group = 1; group < match->size(); ++group) {
      if ((*match)[group].matched) {
        found.insert((*match)[group].str());
      }
    }
  }
  return found;
}

// Quoted strings of the forms "word", "section.name" and "section.".
WordSet quoted_words(const std::string& code) {
  return all_matches(code, R"re("([A-Za-z0-9_.-]+)")re");
}

// The codes of problems in the code: Failure({"code", Problem{"code", fail("code", and the like;
// also with a choice of two.
WordSet problem_codes(const std::string& code) {
  return all_matches(code,
                     R"re((?:Failure\(\s*\{|Problem\{|[fF]ail(?:ure)?\(|add\(found,)\s*)re"
                     R"re((?:[\w <>=!.&|-]+\?\s*)?"([a-z0-9_]+)"(?:\s*:\s*"([a-z0-9_]+)")?)re");
}

Locale bundled(Language language) {
  return Locale(language,
                testing::read_text("assets/locale/" + std::string(code_of(language)) + ".json"));
}

WordSet sections_of(const Locale& locale) {
  WordSet sections;
  for (const std::string& key : locale.keys()) {
    sections.insert(key.substr(0, key.find('.')));
  }
  return sections;
}

class LocaleUse : public ::testing::TestWithParam<Language> {
 protected:
  const Locale locale_ = bundled(GetParam());
};

TEST_P(LocaleUse, EveryProblemHasItsSentence) {
  const WordSet codes = problem_codes(our_code());
  EXPECT_GT(codes.size(), 80u);  // else the pattern no longer matches our style
  for (const std::string& code : codes) {
    EXPECT_TRUE(locale_.has("problem." + code)) << code;
  }
}

TEST_P(LocaleUse, EveryKeyInTheSourcesExists) {
  const WordSet sections = sections_of(locale_);
  int keys = 0;
  for (const std::string& word : quoted_words(our_code())) {
    const std::size_t point = word.find('.');
    const bool is_key = point != std::string::npos && point + 1 < word.size();
    if (is_key && sections.contains(word.substr(0, point))) {
      EXPECT_TRUE(locale_.has(word)) << word;
      ++keys;
    }
  }
  EXPECT_GT(keys, 50);
}

// A key is used if it is quoted whole, or composed of "section." and its name.
TEST_P(LocaleUse, NoKeyIsUnused) {
  const WordSet words = quoted_words(our_code());
  for (const std::string& key : locale_.keys()) {
    const std::size_t point = key.find('.') + 1;
    const bool joined = words.contains(key.substr(0, point)) && words.contains(key.substr(point));
    EXPECT_TRUE(words.contains(key) || joined) << key;
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, LocaleUse,
                         ::testing::Values(Language::kEnglish, Language::kRussian),
                         [](const auto& language) { return std::string(code_of(language.param)); });

// The patterns find what they should.
TEST(LocaleUsePatterns, FindCodesAndKeys) {
  EXPECT_EQ(problem_codes("throw Failure(\n  {\"a_b\", \"\", {}}); fail(\"c\", 1);\n"
                          "throw Failure({x < y ? \"d\" : \"e\", \"f\"}); p = Problem{\"g\"};"),
            (WordSet{"a_b", "c", "d", "e", "g"}));
  EXPECT_EQ(quoted_words("text(\"panel.play\") + \"Not a key\" + \"panel.\""),
            (WordSet{"panel.play", "panel."}));
}

}  // namespace
}  // namespace convscope::lesson
