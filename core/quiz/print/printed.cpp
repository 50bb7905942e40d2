#include "core/quiz/print/printed.h"

#include <algorithm>
#include <cstddef>

#include "core/quiz/question/question_text.h"

namespace convscope::quiz {
namespace {

std::size_t right_option(const Question& question) {
  const auto right = std::ranges::find_if(question.options, &Option::right);
  return static_cast<std::size_t>(right - question.options.begin());
}

}  // namespace

std::string quiz_heading(const Quiz& quiz, const lesson::Locale& locale) {
  return locale.text("quiz.title", {{"seed", std::to_string(quiz.seed)}});
}

std::string option_letter(std::size_t option) {
  return std::string(1, static_cast<char>('a' + static_cast<char>(option)));
}

std::string right_answer_text(const Question& question, const lesson::Locale& locale) {
  const std::string answer = answer_text(question.right, locale);
  return question.is_typed() ? answer : option_letter(right_option(question)) + ") " + answer;
}

}  // namespace convscope::quiz
