// What all printed forms of a quiz have in common.
#pragma once

#include <string>

#include "core/lesson/locale.h"
#include "core/quiz/question/question.h"
#include "core/quiz/quiz.h"

namespace convscope::quiz {

std::string quiz_heading(const Quiz& quiz, const lesson::Locale& locale);

// "a", "b", ...
std::string option_letter(std::size_t option);

// "b) 6", or the answer alone where it is typed.
std::string right_answer_text(const Question& question, const lesson::Locale& locale);

// Calls `visit` with the letter, the value and the misconception of every wrong answer that is
// printed.
template <typename Visit>
void visit_wrong(const Question& question, Visit visit) {
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    if (!question.options[i].right) {
      visit(option_letter(i) + ") ", question.options[i].value, question.options[i].code);
    }
  }
  if (question.is_typed()) {
    for (const Wrong& wrong : question.wrong) {
      visit(std::string(), wrong.value, wrong.code);
    }
  }
}

}  // namespace convscope::quiz
