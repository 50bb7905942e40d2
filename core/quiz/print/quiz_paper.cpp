#include "core/quiz/print/quiz_paper.h"

#include <algorithm>
#include <cstddef>

#include "core/quiz/answer/misconception.h"
#include "core/quiz/print/exhibits.h"
#include "core/quiz/print/printed.h"
#include "core/quiz/question/question_text.h"

namespace convscope::quiz {
namespace {

// A table of right-aligned numbers.
std::string table_text(const std::vector<std::vector<std::string>>& rows) {
  std::size_t width = 0;
  for (const auto& row : rows) {
    for (const std::string& cell : row) {
      width = std::max(width, cell.size());
    }
  }
  std::string text;
  for (const auto& row : rows) {
    text += "    ";
    for (const std::string& cell : row) {
      text.append(1 + width - cell.size(), ' ').append(cell);
    }
    text += '\n';
  }
  return text;
}

void append_question(std::string& text, const Question& question, std::size_t number,
                     const lesson::Locale& locale) {
  text.append(std::to_string(number)).append(". ").append(question_text(question, locale));
  text += '\n';
  for (const Exhibit& exhibit : exhibits_of(question, locale)) {
    text.append("   ").append(exhibit.text).append("\n").append(table_text(exhibit.rows));
  }
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    text.append("   ").append(option_letter(i)).append(") ");
    text.append(answer_text(question.options[i].value, locale)).append("\n");
  }
  if (question.is_typed()) {
    text.append("   ").append(locale.text("quiz.answer_line")).append(" ________\n");
  }
  text += '\n';
}

}  // namespace

std::string quiz_text(const Quiz& quiz, const lesson::Locale& locale) {
  std::string text = quiz_heading(quiz, locale) + "\n\n";
  for (std::size_t i = 0; i < quiz.questions.size(); ++i) {
    append_question(text, quiz.questions[i], i + 1, locale);
  }
  text.append("\f").append(locale.text("quiz.answers")).append("\n\n");
  for (std::size_t i = 0; i < quiz.questions.size(); ++i) {
    const Question& question = quiz.questions[i];
    text.append(std::to_string(i + 1)).append(". ").append(right_answer_text(question, locale));
    text += '\n';
    visit_wrong(question, [&](const std::string& mark, const Answer& value, std::string_view code) {
      text.append("   ").append(mark).append(answer_text(value, locale)).append(": ");
      text.append(locale.text(feedback_key(code))).append("\n");
    });
  }
  return text;
}

}  // namespace convscope::quiz
