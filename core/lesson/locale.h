// Locale: all user-visible sentences in one language, by key.
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
  // `json` is an object of nested objects and strings; keys are joined with dots
  // ("problem.npy_magic"). Throws Failure "locale_*".
  Locale(Language language, std::string_view json);

  Language language() const { return language_; }
  bool has(std::string_view key) const;
  // The text for a key; a missing key is returned in brackets, so that it is noticed and tests find
  // it.
  const std::string& text(std::string_view key) const;
  // The text with {name} replaced by its value, and {name|one|few|many} by the plural form for the
  // number `name` (English has two forms: {name|one|many}).
  std::string text(std::string_view key, const TextValues& values) const;
  // The text of "problem." + code, with the problem's values.
  std::string sentence(const Problem& problem) const;
  std::vector<std::string> keys() const;

 private:
  Language language_;
  std::map<std::string, std::string, std::less<>> texts_;
};

// "en" and "ru"; parsing also accepts "ru_RU.UTF-8" and the like, and falls back to English.
std::string_view code_of(Language language);
Language language_from_code(std::string_view code);

}  // namespace convscope::lesson
