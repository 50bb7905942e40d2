// A bundled lesson, opened, derived and composed without files, GL or the machine's fonts.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include "app/files/embedded.h"
#include "app/files/lesson_file.h"
#include "core/lesson/derived.h"
#include "core/lesson/session.h"
#include "core/lesson/update.h"
#include "core/picture/compose.h"

namespace convscope {

struct Stage {
  Session session;
  Derived derived;

  explicit Stage(const std::string& lesson, Theme theme = Theme::kDark,
                 Language language = Language::kEnglish)
      : session(open_session(open_lesson(lesson), theme, language)),
        derived(derive(scene_of(session))) {}

  void apply(const Action& action) {
    session = settle(update(std::move(session), action));
    derived = derive(scene_of(session));
  }
};

inline std::string read_golden(const std::string& name) {
  std::ifstream file(std::string(CONVSCOPE_SOURCE_DIR) + "/tests/golden/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The committed advance table: fonts differ by distribution, goldens must not.
inline const TextMetrics& golden_metrics() {
  static const TextMetrics metrics = parse_metrics(read_golden("metrics.json"));
  return metrics;
}

inline Picture compose_stage(const Stage& stage, const Canvas& canvas = {1280, 720, 1}) {
  const Language language = stage.session.language;
  const std::string path = "locale/" + std::string(code_of(language)) + ".json";
  const Locale locale(language, asset_text(path));
  return compose(stage.session, stage.derived, locale, golden_metrics(), canvas);
}

// All words of a picture, in drawing order.
inline std::vector<std::string> words_of(const Picture& picture) {
  std::vector<std::string> words;
  for (const Record& record : picture.records) {
    if (const auto* text = std::get_if<Text>(&record)) {
      words.push_back(text->text);
    }
  }
  return words;
}

// The texts run together, so that "308", " - ", "498" reads as it stands on the stage.
inline std::string read_aloud(const Picture& picture) {
  std::string all;
  for (const std::string& word : words_of(picture)) {
    all += word;
  }
  return all;
}

}  // namespace convscope
