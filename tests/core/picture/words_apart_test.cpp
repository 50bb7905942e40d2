// No texts of a bundled lesson overlap, and none are cut off: in every theme, in both languages, on
// a small stage and on a large one.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "tests/core/picture/told_moments.h"

namespace convscope::picture {
namespace {

using told::common;
using told::Words;

bool overlap(const Rect& a, const Rect& b) {
  constexpr float kTouching = 1;  // pixels
  const Rect both = common(a, b);
  return both.w > kTouching && both.h > kTouching;
}

bool cut(const Words& words) {
  constexpr float kHair = 0.5F;
  const Rect& ink = words.ink;
  const Rect& room = words.visible;
  return ink.x < room.x - kHair || ink.y < room.y - kHair || ink.right() > room.right() + kHair ||
         ink.bottom() > room.bottom() + kHair;
}

// The faults of the picture, one per line.
std::vector<std::string> faults_of(const Picture& picture) {
  std::vector<Words> words = told::words_seen(picture);
  std::ranges::sort(words, {}, [](const Words& w) { return w.ink.y; });
  std::vector<std::string> faults;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (cut(words[i])) {
      faults.push_back("\"" + words[i].text + "\" is cut off");
    }
    for (std::size_t j = i + 1; j < words.size() && words[j].ink.y < words[i].ink.bottom(); ++j) {
      if (overlap(words[i].ink, words[j].ink)) {
        faults.push_back("\"" + words[i].text + "\" meets \"" + words[j].text + "\"");
      }
    }
  }
  return faults;
}

// A stage inside a window of 1280 x 720, the default size on the command line, a projector.
constexpr Viewport kSizes[] = {{955, 585, 1}, {1280, 720, 1}, {1920, 1080, 1}};
// Low stages: inside windows of 800 x 500, and of 1600 x 900 at twice the scale.
constexpr Viewport kLowSizes[] = {{800, 376, 1}, {1600, 652, 2}};
constexpr session::Theme kThemes[] = {session::Theme::kDark, session::Theme::kLight,
                                      session::Theme::kProjector};
constexpr lesson::Language kLanguages[] = {lesson::Language::kEnglish, lesson::Language::kRussian};

void expect_apart_on(std::span<const Viewport> sizes, session::Session session,
                     const std::shared_ptr<const derive::Derived>& derived,
                     const std::string& place) {
  for (const session::Theme theme : kThemes) {
    session = session::update(std::move(session), session::action::SetTheme{theme});
    for (const lesson::Language language : kLanguages) {
      session = session::update(std::move(session), session::action::SetLanguage{language});
      for (const Viewport& size : sizes) {
        const Picture picture =
            compose(shown_of(session, derived, size), told::locale_of(language), golden_metrics());
        for (const std::string& fault : faults_of(picture)) {
          ADD_FAILURE() << place << ", theme " << static_cast<int>(theme) << ", "
                        << lesson::code_of(language) << ", " << size.width << ": " << fault;
        }
      }
    }
  }
}

void expect_words_apart(session::Session session,
                        const std::shared_ptr<const derive::Derived>& derived,
                        const std::string& place) {
  expect_apart_on(kSizes, std::move(session), derived, place);
}

void expect_words_apart_low(session::Session session,
                            const std::shared_ptr<const derive::Derived>& derived,
                            const std::string& place) {
  expect_apart_on(kLowSizes, std::move(session), derived, place);
}

class WordsApart : public ::testing::TestWithParam<std::string> {};

TEST_P(WordsApart, InEveryThemeAndLanguageAndSize) {
  told::visit_told(GetParam(), expect_words_apart);
}

TEST_P(WordsApart, OnALowStage) { told::visit_told(GetParam(), expect_words_apart_low); }

INSTANTIATE_TEST_SUITE_P(All, WordsApart, ::testing::ValuesIn(files::bundled_lesson_ids()),
                         told::test_name);

}  // namespace
}  // namespace convscope::picture
