// Nothing on a bundled lesson's stage is too small to be read: words have at least 14 pixels at 100
// %, and on a wall the text of a moment has at least 3.5 % of the height.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <set>
#include <string>

#include "core/session/narration.h"
#include "tests/core/picture/told_moments.h"

namespace convscope::picture {
namespace {

constexpr float kSmallest = 14;
constexpr float kHair = 0.01F;  // of rounding

// A stage inside a window of 1280 x 720, a small window, the default size of a picture, and a
// screen of 4K.
constexpr Viewport kLegibleSizes[] = {
    {955, 585, 1}, {1024, 768, 1}, {1280, 720, 1}, {3840, 2160, 1}};
constexpr session::Theme kLegibleThemes[] = {session::Theme::kDark, session::Theme::kProjector};
constexpr lesson::Language kLegibleLanguages[] = {lesson::Language::kEnglish,
                                                  lesson::Language::kRussian};

// What may be smaller, how far, and why.
struct SmallKind {
  const char* what;
  bool (*is)(const told::Words& words, lesson::View view);
  float least;
};

bool has_word(const std::string& text) {
  // Three letters in a row; bytes of UTF-8 above ASCII come in pairs in Russian.
  int letters = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = std::isalpha(byte) != 0 || byte == 0xD0 || byte == 0xD1;
    const bool follows = byte >= 0x80 && byte < 0xC0;
    letters = letter ? letters + 1 : follows ? letters : 0;
    if (letters >= 3) {
      return true;
    }
  }
  return false;
}

const SmallKind kSmallKinds[] = {
    // A number shrinks with its cell and goes where it would be illegible; the signs and names of a
    // formula (x0, m′, 2/9) shrink with their line, which is not broken.
    {"numbers and formulas", [](const told::Words& w, lesson::View) { return !has_word(w.text); },
     7},
    // A line of a program is not broken either.
    {"programs", [](const told::Words& w, lesson::View) { return w.font == Font::kMono; }, 11},
    // What stands in a cell ("pad") shrinks with it.
    {"words in cells", [](const told::Words& w, lesson::View) { return w.text == "pad"; }, 11},
    // The channels of one sum are lines below each other, and all of them have to fit.
    {"a sum's channels",
     [](const told::Words& w, lesson::View) {
       return w.text.starts_with("channel ") || w.text.starts_with("канал ");
     },
     11},
    // A caption over a plane that is narrower than its name: its detail goes first, then it shrinks
    // by a quarter rather than run into its neighbour.
    {"captions of narrow planes",
     [](const told::Words& w, lesson::View) { return w.font == Font::kSansBold; }, 10},
    // Eighteen maps side by side, and a table below them.
    {"the maps of a deep network",
     [](const told::Words&, lesson::View view) { return view == lesson::View::kReceptiveField; },
     9.5F},
    // A caption's second line shrinks by a quarter before it is left out.
    {"notes",
     [](const told::Words& w, lesson::View) { return w.text.find(' ') != std::string::npos; },
     10.5F},
};

bool is_legible(const told::Words& words, lesson::View view) {
  return words.size >= kSmallest - kHair ||
         std::ranges::any_of(kSmallKinds, [&](const SmallKind& kind) {
           return kind.is(words, view) && words.size >= kind.least - kHair;
         });
}

class WordsLegible : public ::testing::TestWithParam<std::string> {};

TEST_P(WordsLegible, NoWordIsSmallerThanFourteenPixels) {
  told::visit_told(
      GetParam(), [](session::Session session, const auto& derived, const std::string& place) {
        for (const session::Theme theme : kLegibleThemes) {
          session = session::update(std::move(session), session::action::SetTheme{theme});
          for (const lesson::Language language : kLegibleLanguages) {
            session = session::update(std::move(session), session::action::SetLanguage{language});
            for (const Viewport& size : kLegibleSizes) {
              if (theme == session::Theme::kProjector && size.height < 720) {
                continue;  // no wall
              }
              const Picture picture = compose(shown_of(session, derived, size),
                                              told::locale_of(language), golden_metrics());
              for (const told::Words& words : told::words_seen(picture)) {
                if (!is_legible(words, session.look.view)) {
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

// A line of the narration: words with a space between them, which no caption repeats, or all of it.
bool is_of(const std::string& line, const std::string& narration) {
  const bool words = has_word(line) && line.find(' ') != std::string::npos;
  return line == narration || (words && narration.find(line) != std::string::npos);
}

TEST_P(WordsLegible, OnAWallTheTextHasThreeAndAHalfPercentOfTheHeight) {
  constexpr float kShare = 0.035F;
  constexpr float kLeast = kShare * 720;
  // The whole of a window of 1280 x 720, and what its bars and its strip of layers leave.
  constexpr Viewport kWalls[] = {{1280, 720, 1}, {1280, 585, 1}, {1280, 545, 1}};
  told::visit_told(GetParam(), [&](session::Session session, const auto& derived,
                                   const std::string& place) {
    session =
        session::update(std::move(session), session::action::SetTheme{session::Theme::kProjector});
    for (const lesson::Language language : kLegibleLanguages) {
      session = session::update(std::move(session), session::action::SetLanguage{language});
      const std::string& narration = session::narration_of(session).in(language);
      if (narration.empty()) {
        continue;
      }
      for (const Viewport& wall : kWalls) {
        if (wall.height < 585 && session::scene_of(session).layers.size() < 2) {
          continue;
        }
        const Picture picture =
            compose(shown_of(session, derived, wall), told::locale_of(language), golden_metrics());
        int lines = 0;
        for (const told::Words& words : told::words_seen(picture)) {
          if (words.font == Font::kSans && is_of(words.text, narration)) {
            EXPECT_GE(words.size, kLeast - kHair) << place << ", " << lesson::code_of(language)
                                                  << ", " << wall.height << ": " << words.text;
            ++lines;
          }
        }
        EXPECT_GT(lines, 0) << place << ": " << narration;
      }
    }
  });
}

INSTANTIATE_TEST_SUITE_P(All, WordsLegible, ::testing::ValuesIn(files::bundled_lesson_ids()),
                         told::test_name);

}  // namespace
}  // namespace convscope::picture
