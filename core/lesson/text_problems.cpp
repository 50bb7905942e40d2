#include "core/lesson/text_problems.h"

#include <set>
#include <string>

#include "core/lesson/scene_shapes.h"

namespace convscope::lesson {
namespace {

void find_missing(const Lesson& lesson, std::vector<Problem>& found) {
  const std::vector<PlacedText> texts = texts_of(lesson);
  const std::set<std::string> languages = languages_of(texts);
  for (const auto& [text, path] : texts) {
    for (const std::string& language : languages) {
      if (!text.by_language.empty() && !has_words(text, language)) {
        found.push_back(Problem{"text_missing", path, {{"path", path}, {"language", language}}});
      }
    }
  }
}

// A text is on the stage until the next one of its layer; the stage begins at the start.
void find_never_shown(const Lesson& lesson, std::vector<Problem>& found) {
  for (std::size_t s = 0; s < lesson.scenes.size(); ++s) {
    const Scene& scene = lesson.scenes[s];
    for (std::size_t n = 1; n < scene.narration.size(); ++n) {
      if (scene.narration[n].layer == 0 && scene.narration[n].position <= scene.start) {
        const std::string path =
            "scenes[" + std::to_string(s) + "].narration[" + std::to_string(n - 1) + "]";
        found.push_back(
            Problem{"text_never_shown", path, {{"path", path}, {"start", scene.start}}});
      }
    }
  }
}

void find_unplaced(const Lesson& lesson, std::vector<Problem>& found) {
  for (std::size_t s = 0; s < lesson.scenes.size(); ++s) {
    const Scene& scene = lesson.scenes[s];
    for (const Narration& told : scene.narration) {
      if (!has_place(scene, told)) {
        const std::string path = "scenes[" + std::to_string(s) + "].unplaced";
        found.push_back(Problem{"text_unplaced", path, {{"path", path}, {"at", told.position}}});
      }
    }
  }
}

}  // namespace

std::vector<PlacedText> texts_of(const Scene& scene, const std::string& path) {
  std::vector<PlacedText> texts = {{scene.title, path + ".title"}};
  if (scene.reference_map) {
    texts.push_back({scene.reference_map->label, path + ".claim.label"});
  }
  for (std::size_t n = 0; n < scene.narration.size(); ++n) {
    texts.push_back({scene.narration[n].text, path + ".narration[" + std::to_string(n) + "].text"});
  }
  return texts;
}

std::vector<PlacedText> texts_of(const Lesson& lesson) {
  std::vector<PlacedText> texts = {{lesson.title, "title"}, {lesson.summary, "summary"}};
  for (std::size_t s = 0; s < lesson.scenes.size(); ++s) {
    const std::vector<PlacedText> more =
        texts_of(lesson.scenes[s], "scenes[" + std::to_string(s) + "]");
    texts.insert(texts.end(), more.begin(), more.end());
  }
  return texts;
}

std::set<std::string> languages_of(const std::vector<PlacedText>& texts) {
  std::set<std::string> languages;
  for (const PlacedText& placed : texts) {
    for (const auto& [language, words] : placed.text.by_language) {
      languages.insert(language);
    }
  }
  return languages;
}

bool has_words(const LocalizedText& text, const std::string& language) {
  const auto found = text.by_language.find(language);
  return found != text.by_language.end() &&
         found->second.find_first_not_of(" \t\r\n") != std::string::npos;
}

std::vector<Problem> text_problems(const Lesson& lesson) {
  std::vector<Problem> found;
  find_missing(lesson, found);
  find_never_shown(lesson, found);
  find_unplaced(lesson, found);
  return found;
}

}  // namespace convscope::lesson
