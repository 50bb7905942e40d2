#include "core/lesson/text_problems.h"

#include <functional>
#include <set>
#include <string>

#include "core/lesson/scene_shapes.h"

namespace convscope::lesson {
namespace {

using Visit = std::function<void(const LocalizedText& text, const std::string& path)>;

// All texts, each with its place in the file.
void visit_texts(const Lesson& lesson, const Visit& visit) {
  visit(lesson.title, "title");
  visit(lesson.summary, "summary");
  for (std::size_t s = 0; s < lesson.scenes.size(); ++s) {
    const Scene& scene = lesson.scenes[s];
    const std::string path = "scenes[" + std::to_string(s) + "].";
    visit(scene.title, path + "title");
    if (scene.reference_map) {
      visit(scene.reference_map->label, path + "claim.label");
    }
    for (std::size_t n = 0; n < scene.narration.size(); ++n) {
      visit(scene.narration[n].text, path + "narration[" + std::to_string(n) + "].text");
    }
  }
}

bool has(const LocalizedText& text, const std::string& language) {
  const auto found = text.by_language.find(language);
  return found != text.by_language.end() && !found->second.empty();
}

void find_missing(const Lesson& lesson, std::vector<Problem>& found) {
  std::set<std::string> languages;
  visit_texts(lesson, [&](const LocalizedText& text, const std::string&) {
    for (const auto& [language, words] : text.by_language) {
      languages.insert(language);
    }
  });
  visit_texts(lesson, [&](const LocalizedText& text, const std::string& path) {
    for (const std::string& language : languages) {
      if (!text.by_language.empty() && !has(text, language)) {
        found.push_back(Problem{"text_missing", path, {{"path", path}, {"language", language}}});
      }
    }
  });
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

std::vector<Problem> text_problems(const Lesson& lesson) {
  std::vector<Problem> found;
  find_missing(lesson, found);
  find_never_shown(lesson, found);
  find_unplaced(lesson, found);
  return found;
}

}  // namespace convscope::lesson
