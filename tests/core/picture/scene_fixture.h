// A bundled lesson, opened, derived and composed without image files, GL or the machine's fonts.
#pragma once

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "app/files/embedded.h"
#include "app/files/lesson_file.h"
#include "core/derive/derived.h"
#include "core/picture/compose.h"
#include "core/session/comparing.h"
#include "core/session/session.h"
#include "core/session/update.h"

namespace convscope::picture {

struct Stage {
  session::Session session;
  derive::Derived derived;

  explicit Stage(const std::string& lesson, session::Theme theme = session::Theme::kDark,
                 lesson::Language language = lesson::Language::kEnglish)
      : session(session::open_session(files::open_lesson(lesson), theme, language)),
        derived(derive::derive(session::scene_of(session))) {}

  void apply(const session::Action& action) {
    session = session::settle(session::update(std::move(session), action));
    derived = derive::derive(session::scene_of(session));
  }
};

inline std::string read_golden(const std::string& name) {
  std::ifstream file(std::string(CONVSCOPE_SOURCE_DIR) + "/tests/golden/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The committed table of advance widths: fonts differ by distribution, goldens must not.
inline const TextMetrics& golden_metrics() {
  static const TextMetrics metrics = parse_metrics(read_golden("metrics.json"));
  return metrics;
}

inline Picture compose_stage(const Stage& stage, const Viewport& viewport = {1280, 720, 1}) {
  const lesson::Language language = stage.session.look.language;
  const std::string path = "locale/" + std::string(lesson::code_of(language)) + ".json";
  const lesson::Locale locale(language, files::asset_text(path));
  const auto derived = std::make_shared<const derive::Derived>(stage.derived);
  std::shared_ptr<const derive::Derived> second;
  std::shared_ptr<const derive::Difference> difference;
  if (const auto beside = session::beside_of(stage.session)) {
    second =
        std::make_shared<const derive::Derived>(derive::derive(beside->lesson->scenes.front()));
    difference = difference_of(stage.session, stage.derived, *second);
  }
  return compose(shown_of(stage.session, derived, viewport, second, difference), locale,
                 golden_metrics());
}

// All texts of a picture, in drawing order.
inline std::vector<std::string> words_of(const Picture& picture) {
  std::vector<std::string> words;
  for (const Record& record : picture.records) {
    if (const auto* text = std::get_if<Text>(&record)) {
      words.push_back(text->text);
    }
  }
  return words;
}

// The texts concatenated, so that "308", " - ", "498" read as on the stage.
inline std::string read_aloud(const Picture& picture) {
  std::string all;
  for (const std::string& word : words_of(picture)) {
    all += word;
  }
  return all;
}

inline bool says(const Picture& picture, const std::string& words) {
  return read_aloud(picture).find(words) != std::string::npos;
}

inline const std::string kMinus = "\u2212";

struct GoldenCase {
  const char* name;
  const char* lesson;
  std::int64_t position;
  session::Theme theme;
  lesson::Language language;
};

inline void PrintTo(const GoldenCase& golden, std::ostream* out) { *out << golden.name; }

}  // namespace convscope::picture
