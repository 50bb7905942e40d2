// What is wrong with a lesson's texts, though the file can be read.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/lesson/lesson.h"
#include "core/tensor/problem.h"

namespace convscope::lesson {

// A text, and its place in the file.
struct PlacedText {
  LocalizedText text;
  std::string path;
};

std::vector<PlacedText> texts_of(const Lesson& lesson);
// Those of a scene; `path` is its own.
std::vector<PlacedText> texts_of(const Scene& scene, const std::string& path);
std::set<std::string> languages_of(const std::vector<PlacedText>& texts);
// Whether there are words in this language; blanks are none.
bool has_words(const LocalizedText& text, const std::string& language);

// "text_missing": a text lacks a language that others of the lesson have. "text_never_shown": the
// scene starts behind it.
std::vector<Problem> text_problems(const Lesson& lesson);

}  // namespace convscope::lesson
