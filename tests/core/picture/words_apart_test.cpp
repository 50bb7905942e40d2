// No texts of a bundled lesson overlap, and none are cut off: in every theme, in both languages, on
// a small stage and on a large one.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>

#include "app/files/bundled.h"
#include "core/derive/derived.h"
#include "core/session/update.h"
#include "tests/core/picture/scene_fixture.h"

namespace convscope::picture {
namespace {

struct Words {
  Rect ink;      // from the capitals' height to the descenders
  Rect visible;  // the part within the clips
  std::string text;
};

Rect common(const Rect& a, const Rect& b) {
  const float x = std::max(a.x, b.x);
  const float y = std::max(a.y, b.y);
  return {x, y, std::min(a.right(), b.right()) - x, std::min(a.bottom(), b.bottom()) - y};
}

Rect ink_of(const Text& text) {
  const bool descends = text.text.find_first_not_of("0123456789.+\u2212") != std::string::npos;
  const float descent = descends ? 0.2F : 0;
  const TextMetrics& metrics = golden_metrics();
  const float width = metrics.width(text.text, text.font, text.size);
  const float capitals = metrics.of(text.font).cap_height * text.size;
  const float before = text.align == Align::kLeft     ? 0
                       : text.align == Align::kCenter ? width / 2
                                                      : width;
  return {text.at.x - before, text.at.y - capitals, width, capitals + descent * text.size};
}

std::vector<Words> words_seen(const Picture& picture) {
  std::vector<Words> found;
  std::vector<Rect> clips = {{0, 0, picture.width, picture.height}};
  for (const Record& record : picture.records) {
    if (const auto* clip = std::get_if<ClipBegin>(&record)) {
      clips.push_back(common(clips.back(), clip->rect));
    } else if (std::holds_alternative<ClipEnd>(record)) {
      clips.pop_back();
    } else if (const auto* text = std::get_if<Text>(&record)) {
      const Rect ink = ink_of(*text);
      const Rect seen = common(ink, clips.back());
      if (!text->text.empty() && text->color.a > 0 && seen.w > 0 && seen.h > 0) {
        found.push_back({ink, clips.back(), text->text});
      }
    }
  }
  return found;
}

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
  std::vector<Words> words = words_seen(picture);
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
constexpr session::Theme kThemes[] = {session::Theme::kDark, session::Theme::kLight,
                                      session::Theme::kProjector};
constexpr lesson::Language kLanguages[] = {lesson::Language::kEnglish, lesson::Language::kRussian};

const lesson::Locale& locale_of(lesson::Language language) {
  static const lesson::Locale english = files::bundled_locale(lesson::Language::kEnglish);
  static const lesson::Locale russian = files::bundled_locale(lesson::Language::kRussian);
  return language == lesson::Language::kEnglish ? english : russian;
}

void expect_words_apart(session::Session session,
                        const std::shared_ptr<const derive::Derived>& derived,
                        const std::string& place) {
  for (const session::Theme theme : kThemes) {
    session = session::update(std::move(session), session::action::SetTheme{theme});
    for (const lesson::Language language : kLanguages) {
      session = session::update(std::move(session), session::action::SetLanguage{language});
      for (const Viewport& size : kSizes) {
        const Picture picture =
            compose(shown_of(session, derived, size), locale_of(language), golden_metrics());
        for (const std::string& fault : faults_of(picture)) {
          ADD_FAILURE() << place << ", theme " << static_cast<int>(theme) << ", "
                        << lesson::code_of(language) << ", " << size.width << ": " << fault;
        }
      }
    }
  }
}

// The moments to look at in a layer: its ends and its middle, and where its texts stand.
std::set<std::int64_t> moments_of(const session::Session& session) {
  const std::int64_t last = session::timeline_of(session).positions - 1;
  std::set<std::int64_t> moments = {-1, last};
  if (session.look.layer == 0) {
    moments.insert({0, (last + 1) / 2});
  }
  for (const lesson::Narration& narration : session::scene_of(session).narration) {
    if (narration.layer == session.look.layer) {
      moments.insert(narration.position);
    }
  }
  return moments;
}

// The first layer, and those that texts are about.
std::set<std::int64_t> told_layers(const lesson::Scene& scene) {
  std::set<std::int64_t> layers = {0};
  for (const lesson::Narration& narration : scene.narration) {
    layers.insert(narration.layer);
  }
  return layers;
}

class WordsApart : public ::testing::TestWithParam<std::string> {};

TEST_P(WordsApart, InEveryThemeAndLanguageAndSize) {
  session::Session session = Stage(GetParam()).session;
  for (std::size_t scene = 0; scene < session.document.lesson->scenes.size(); ++scene) {
    session = session::update(std::move(session),
                              session::action::SetScene{static_cast<std::int64_t>(scene)});
    const auto derived = std::make_shared<const derive::Derived>(
        derive::derive(session::scene_of(session), {}, {}, session::wants_training(session)));
    for (const std::int64_t layer : told_layers(session::scene_of(session))) {
      session = session::update(std::move(session), session::action::SetLayer{layer});
      const session::Timeline timeline = session::timeline_of(session);
      // At rest: a value on its way to the map passes over words.
      for (const std::int64_t position : moments_of(session)) {
        session = session::update(std::move(session),
                                  session::action::Seek{session::frame_of(timeline, position)});
        expect_words_apart(session, derived,
                           "scene " + std::to_string(scene + 1) + ", layer " +
                               std::to_string(layer + 1) + ", position " +
                               std::to_string(position));
      }
    }
  }
}

std::string test_name(const ::testing::TestParamInfo<std::string>& test) {
  std::string name = test.param;
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, WordsApart, ::testing::ValuesIn(files::bundled_lesson_ids()),
                         test_name);

}  // namespace
}  // namespace convscope::picture
