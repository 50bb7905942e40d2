// What has to be printed with a question that is read without the program.
#pragma once

#include <string>
#include <vector>

#include "core/lesson/locale.h"
#include "core/quiz/question/question.h"

namespace convscope::quiz {

// A line of text, or a caption above rows of numbers.
struct Exhibit {
  std::string text;
  std::vector<std::vector<std::string>> rows;
};

std::vector<Exhibit> exhibits_of(const Question& question, const lesson::Locale& locale);

}  // namespace convscope::quiz
