#include "core/handout/key_steps.h"

#include <cstdint>
#include <utility>

#include "core/derive/derived.h"
#include "core/lesson/scene_shapes.h"
#include "core/picture/svg/svg.h"
#include "core/session/update.h"

namespace convscope::handout {
namespace {

session::Session with_layer(session::Session session, std::int64_t layer) {
  return session.look.layer == layer
             ? std::move(session)
             : session::update(std::move(session), session::action::SetLayer{layer});
}

// The steps at these indices, evenly spread, with the first and the last; the texts of the others
// go to the next one that stays.
std::vector<KeyStep> thinned(std::vector<KeyStep> steps) {
  if (steps.size() <= kMostPictures) {
    return steps;
  }
  std::vector<KeyStep> kept;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    texts.insert(texts.end(), steps[i].texts.begin(), steps[i].texts.end());
    const std::size_t due = kept.size() * (steps.size() - 1) / (kMostPictures - 1);
    if (i >= due) {
      kept.push_back({std::move(steps[i].picture), std::exchange(texts, {})});
    }
  }
  return kept;
}

}  // namespace

lesson::Lesson without_texts(const lesson::Lesson& lesson) {
  lesson::Lesson wordless = lesson;
  for (Shared<lesson::Scene>& scene : wordless.scenes) {
    lesson::Scene copy = *scene;
    for (lesson::Narration& told : copy.narration) {
      told.text = {};  // its place stays: what a scene keeps to itself depends on it
    }
    scene = std::move(copy);
  }
  return wordless;
}

std::vector<KeyStep> key_steps(session::Session wordless, const lesson::Scene& told,
                               const lesson::Locale& locale, const picture::TextMetrics& metrics) {
  const auto derived = std::make_shared<const derive::Derived>(
      derive::derive(session::scene_of(wordless), {}, {}, session::wants_training(wordless)));
  std::vector<KeyStep> steps;
  std::string last;
  const auto add = [&](const session::Session& session, const std::string& text) {
    picture::Picture picture =
        picture::compose(picture::shown_of(session, derived, kPaper), locale, metrics);
    std::string drawn = picture::svg::svg_of(picture, metrics);
    if (steps.empty() || drawn != last) {
      steps.push_back({std::move(picture), {}});
      last = std::move(drawn);
    }
    if (!text.empty()) {
      steps.back().texts.push_back(text);
    }
  };
  for (const lesson::Narration& narration : told.narration) {
    wordless = with_layer(std::move(wordless), narration.layer);
    if (narration.position >= 0) {
      wordless = session::update(std::move(wordless), session::action::GoTo{narration.position});
    }
    add(wordless, narration.text.in(locale.language()));
  }
  if (steps.empty()) {
    add(session::update(std::move(wordless), session::action::Last{}), "");
  }
  return thinned(std::move(steps));
}

}  // namespace convscope::handout
