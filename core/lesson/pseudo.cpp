#include "core/lesson/pseudo.h"

#include <cstddef>
#include <nlohmann/json.hpp>

namespace convscope::lesson {
namespace {

// Characters outside braces; one of several bytes counts once.
std::size_t letters_in(std::string_view text) {
  std::size_t letters = 0;
  int depth = 0;
  for (const char byte : text) {
    const bool continues = (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
    depth += byte == '{' ? 1 : byte == '}' ? -1 : 0;
    letters += depth == 0 && byte != '}' && !continues ? 1 : 0;
  }
  return letters;
}

// Words that a line can be broken between, about as long as real ones.
std::string filler(std::size_t letters) {
  constexpr std::size_t kWord = 6;
  std::string text;
  while (text.size() < letters) {
    text += text.size() % kWord == 0 ? ' ' : 'x';
  }
  return text;
}

void lengthen(LocalizedText& text) {
  const auto english = text.by_language.find("en");
  if (english != text.by_language.end() && !english->second.empty()) {
    english->second = pseudo_text(english->second);
  }
}

}  // namespace

std::string pseudo_text(std::string_view text) {
  const std::size_t more = (2 * letters_in(text) + 4) / 5;
  return "[" + std::string(text) + filler(more) + "]";
}

Locale pseudo_locale(const Locale& english) {
  nlohmann::json texts = nlohmann::json::object();
  for (const std::string& key : english.keys()) {
    texts[key] = pseudo_text(english.text(key));
  }
  return {english.language(), texts.dump()};
}

Lesson pseudo_lesson(const Lesson& lesson) {
  Lesson pseudo = lesson;
  lengthen(pseudo.title);
  lengthen(pseudo.summary);
  for (Shared<Scene>& scene : pseudo.scenes) {
    scene.change([](Scene& changed) {
      lengthen(changed.title);
      if (changed.reference_map) {
        lengthen(changed.reference_map->label);
      }
      for (Narration& told : changed.narration) {
        lengthen(told.text);
      }
    });
  }
  return pseudo;
}

}  // namespace convscope::lesson
