// Nothing on a bundled lesson's stage is too small to be read: words have at least 14 pixels at 100
// %, and on a wall the text of a moment has at least 3.5 % of the height.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "core/session/narration.h"
#include "tests/core/picture/told_moments.h"

namespace convscope::picture {
namespace {

constexpr float kSmallest = 14;
constexpr float kHair = 0.01F;  // of rounding

// A stage inside a window of 1280 x 720, a small window, the default size of a picture, and a
// screen of 4K.
constexpr Viewport kSizes[] = {{955, 585, 1}, {1024, 768, 1}, {1280, 720, 1}, {3840, 2160, 1}};
constexpr session::Theme kThemes[] = {session::Theme::kDark, session::Theme::kProjector};
constexpr lesson::Language kLanguages[] = {lesson::Language::kEnglish, lesson::Language::kRussian};

// Digits in cells shrink with their cells, and disappear where they would be illegible
// (kit/cell_number.h); everything that isn't a number is a word.
bool is_number(const std::string& text) {
  return text.find_first_not_of("0123456789.,+-\u2212\u2026e\u221e() ·×?") == std::string::npos;
}

class WordsLegible : public ::testing::TestWithParam<std::string> {};

TEST_P(WordsLegible, NoWordIsSmallerThanFourteenPixels) {
  told::visit_told(
      GetParam(), [](session::Session session, const auto& derived, const std::string& place) {
        for (const session::Theme theme : kThemes) {
          session = session::update(std::move(session), session::action::SetTheme{theme});
          for (const lesson::Language language : kLanguages) {
            session = session::update(std::move(session), session::action::SetLanguage{language});
            for (const Viewport& size : kSizes) {
              const Picture picture = compose(shown_of(session, derived, size),
                                              told::locale_of(language), golden_metrics());
              for (const told::Words& words : told::words_seen(picture)) {
                if (words.size < kSmallest - kHair && !is_number(words.text)) {
                  ADD_FAILURE() << place << ", theme " << static_cast<int>(theme) << ", "
                                << lesson::code_of(language) << ", " << size.width << ": \""
                                << words.text << "\" has " << words.size << " pixels";
                }
              }
            }
          }
        }
      });
}

// The words of the narration, line by line.
bool is_of(const std::string& line, const std::string& narration) {
  return line.size() > 1 && narration.find(line) != std::string::npos;
}

TEST_P(WordsLegible, OnAWallTheTextHasThreeAndAHalfPercentOfTheHeight) {
  constexpr float kShare = 0.035F;
  constexpr Viewport kWall = {1280, 720, 1};
  told::visit_told(GetParam(), [&](session::Session session, const auto& derived,
                                   const std::string& place) {
    session =
        session::update(std::move(session), session::action::SetTheme{session::Theme::kProjector});
    for (const lesson::Language language : kLanguages) {
      session = session::update(std::move(session), session::action::SetLanguage{language});
      const std::string& narration = session::narration_of(session).in(language);
      if (narration.empty()) {
        continue;
      }
      const Picture picture =
          compose(shown_of(session, derived, kWall), told::locale_of(language), golden_metrics());
      int lines = 0;
      for (const told::Words& words : told::words_seen(picture)) {
        if (is_of(words.text, narration) && words.text.find(' ') != std::string::npos) {
          EXPECT_GE(words.size, kShare * kWall.height - kHair)
              << place << ", " << lesson::code_of(language) << ": \"" << words.text << "\"";
          ++lines;
        }
      }
      EXPECT_GT(lines, 0) << place << ": " << narration;
    }
  });
}

INSTANTIATE_TEST_SUITE_P(All, WordsLegible, ::testing::ValuesIn(files::bundled_lesson_ids()),
                         told::test_name);

}  // namespace
}  // namespace convscope::picture
