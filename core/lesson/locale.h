// Locale: every visible sentence, by key, in one language.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/lesson/lesson.h"
#include "core/tensor/problem.h"

namespace convscope::lesson {

using TextValues = std::vector<std::pair<std::string, ProblemValue>>;

class Locale {
 public:
  // `json` is an object of nested objects and strings; keys join with points ("problem.npy_magic").
  // Throws Failure "locale_*".
  Locale(Language language, std::string_view json);

  Language language() const { return language_; }
  bool has(std::string_view key) const;
  // The text of a key; a missing key comes back in brackets, so that it is seen and tested.
  const std::string& text(std::string_view key) const;
  // The text with {name} replaced, and {name|one|few|many} by the plural form of the number `name`
  // (English reads one and many: {name|one|many}).
  std::string text(std::string_view key, const TextValues& values) const;
  // "problem." + code.
  std::string sentence(const Problem& problem) const;
  std::vector<std::string> keys() const;

 private:
  Language language_;
  std::map<std::string, std::string, std::less<>> texts_;
};

// "en" and "ru"; parsing accepts "ru_RU.UTF-8" and the like and falls back to English.
std::string_view code_of(Language language);
Language language_from_code(std::string_view code);

}  // namespace convscope::lesson
