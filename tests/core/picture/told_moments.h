// The moments of a bundled lesson that somebody looks at, and the words that a picture shows.
#pragma once

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/files/bundled.h"
#include "core/derive/derived.h"
#include "core/session/update.h"
#include "tests/core/picture/scene_fixture.h"

namespace convscope::picture::told {

struct Words {
  Rect ink;      // from the capitals' height to the descenders
  Rect visible;  // the part within the clips
  std::string text;
  Font font = Font::kSans;
  float size = 0;
  bool in_cell = false;  // stands in a cell that can be pointed at
};

inline Rect common(const Rect& a, const Rect& b) {
  const float x = std::max(a.x, b.x);
  const float y = std::max(a.y, b.y);
  return {x, y, std::min(a.right(), b.right()) - x, std::min(a.bottom(), b.bottom()) - y};
}

inline Rect ink_of(const Text& text) {
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

inline std::vector<Words> words_seen(const Picture& picture) {
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
        found.push_back(
            {ink, clips.back(), text->text, text->font, text->size, text->target.has_value()});
      }
    }
  }
  return found;
}

inline const lesson::Locale& locale_of(lesson::Language language) {
  static const lesson::Locale english = files::bundled_locale(lesson::Language::kEnglish);
  static const lesson::Locale russian = files::bundled_locale(lesson::Language::kRussian);
  return language == lesson::Language::kEnglish ? english : russian;
}

// The moments to look at in a layer: its ends and its middle, and where its texts stand.
inline std::set<std::int64_t> moments_of(const session::Session& session) {
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
inline std::set<std::int64_t> told_layers(const lesson::Scene& scene) {
  std::set<std::int64_t> layers = {0};
  for (const lesson::Narration& narration : scene.narration) {
    layers.insert(narration.layer);
  }
  return layers;
}

// Calls visit(session, derived, place) for every moment that a lesson tells of, at rest: a value on
// its way to the map passes over words.
template <typename Visit>
void visit_told(const std::string& id, const Visit& visit) {
  session::Session session = Stage(id).session;
  for (std::size_t scene = 0; scene < session.document.lesson->scenes.size(); ++scene) {
    session = session::update(std::move(session),
                              session::action::SetScene{static_cast<std::int64_t>(scene)});
    const auto derived = std::make_shared<const derive::Derived>(
        derive::derive(session::scene_of(session), {}, {}, session::wants_training(session)));
    for (const std::int64_t layer : told_layers(session::scene_of(session))) {
      session = session::update(std::move(session), session::action::SetLayer{layer});
      const session::Timeline timeline = session::timeline_of(session);
      for (const std::int64_t position : moments_of(session)) {
        session = session::update(std::move(session),
                                  session::action::Seek{session::frame_of(timeline, position)});
        visit(session, derived,
              "scene " + std::to_string(scene + 1) + ", layer " + std::to_string(layer + 1) +
                  ", position " + std::to_string(position));
      }
    }
  }
}

// As part of the name of a test.
inline std::string test_name(const ::testing::TestParamInfo<std::string>& test) {
  std::string name = test.param;
  std::ranges::replace(name, '-', '_');
  return name;
}

}  // namespace convscope::picture::told
