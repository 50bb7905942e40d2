#include "core/quiz/print/quiz_paper.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/quiz/answer/misconception.h"
#include "core/quiz/print/exhibits.h"
#include "core/quiz/question/question_text.h"

namespace convscope::quiz {
namespace {

// "a", "b", ...
std::string letter(std::size_t option) {
  return std::string(1, static_cast<char>('a' + static_cast<char>(option)));
}

std::size_t right_option(const Question& question) {
  const auto right = std::ranges::find_if(question.options, &Option::right);
  return static_cast<std::size_t>(right - question.options.begin());
}

std::string right_text(const Question& question, const lesson::Locale& locale) {
  const std::string answer = answer_text(question.right, locale);
  return question.is_typed() ? answer : letter(right_option(question)) + ") " + answer;
}

std::string heading(const Quiz& quiz, const lesson::Locale& locale) {
  return locale.text("quiz.title", {{"seed", std::to_string(quiz.seed)}});
}

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
    text.append("   ").append(letter(i)).append(") ");
    text.append(answer_text(question.options[i].value, locale)).append("\n");
  }
  if (question.is_typed()) {
    text.append("   ").append(locale.text("quiz.answer_line")).append(" ________\n");
  }
  text += '\n';
}

// Only the wrong answers that are printed.
template <typename Visit>
void visit_wrong(const Question& question, Visit visit) {
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    if (!question.options[i].right) {
      visit(letter(i) + ") ", question.options[i].value, question.options[i].code);
    }
  }
  if (question.is_typed()) {
    for (const Wrong& wrong : question.wrong) {
      visit(std::string(), wrong.value, wrong.code);
    }
  }
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

void append_table(std::string& html, const std::vector<std::vector<std::string>>& rows) {
  html += "<table>";
  for (const auto& row : rows) {
    html += "<tr>";
    for (const std::string& cell : row) {
      html.append("<td>").append(escaped(cell)).append("</td>");
    }
    html += "</tr>";
  }
  html += "</table>\n";
}

// A map as a small table, other answers as text.
void append_answer(std::string& html, const Answer& answer, const lesson::Locale& locale) {
  if (answer.kind != Answer::Kind::kMap) {
    html += escaped(answer_text(answer, locale));
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < answer.numbers.size(); ++i) {
    if (i % static_cast<std::size_t>(answer.columns) == 0) {
      rows.emplace_back();
    }
    rows.back().push_back(decimal_text(answer.numbers[i]));
  }
  append_table(html, rows);
}

void append_question_html(std::string& html, const Question& question,
                          const lesson::Locale& locale) {
  html.append("<li><p>").append(escaped(question_text(question, locale))).append("</p>\n");
  for (const Exhibit& exhibit : exhibits_of(question, locale)) {
    html.append("<p class=\"exhibit\">").append(escaped(exhibit.text)).append("</p>\n");
    if (!exhibit.rows.empty()) {
      append_table(html, exhibit.rows);
    }
  }
  if (question.is_typed()) {
    html.append("<p>").append(escaped(locale.text("quiz.answer_line"))).append(" ________</p>\n");
  } else {
    html += "<ol type=\"a\">\n";
    for (const Option& option : question.options) {
      html += "<li>";
      append_answer(html, option.value, locale);
      html += "</li>\n";
    }
    html += "</ol>\n";
  }
  html += "</li>\n";
}

void append_key_html(std::string& html, const Question& question, const lesson::Locale& locale) {
  html.append("<li><b>").append(escaped(right_text(question, locale))).append("</b>\n<ul>\n");
  visit_wrong(question, [&](const std::string& mark, const Answer& value, std::string_view code) {
    html.append("<li>").append(mark).append(escaped(answer_text(value, locale))).append(": ");
    html.append(escaped(locale.text(feedback_key(code)))).append("</li>\n");
  });
  html += "</ul></li>\n";
}

constexpr const char* kStyle =
    "body{font-family:sans-serif;max-width:44em;margin:2em auto;line-height:1.4}"
    "table{border-collapse:collapse;margin:.3em 0 .6em}"
    "td{border:1px solid #888;padding:.1em .4em;text-align:right}"
    "li{margin-bottom:.6em}.exhibit{margin:.3em 0}.answers{break-before:page}"
    "body>ol>li{break-inside:avoid}";

}  // namespace

std::string quiz_text(const Quiz& quiz, const lesson::Locale& locale) {
  std::string text = heading(quiz, locale) + "\n\n";
  for (std::size_t i = 0; i < quiz.questions.size(); ++i) {
    append_question(text, quiz.questions[i], i + 1, locale);
  }
  text.append("\f").append(locale.text("quiz.answers")).append("\n\n");
  for (std::size_t i = 0; i < quiz.questions.size(); ++i) {
    const Question& question = quiz.questions[i];
    text.append(std::to_string(i + 1)).append(". ").append(right_text(question, locale));
    text += '\n';
    visit_wrong(question, [&](const std::string& mark, const Answer& value, std::string_view code) {
      text.append("   ").append(mark).append(answer_text(value, locale)).append(": ");
      text.append(locale.text(feedback_key(code))).append("\n");
    });
  }
  return text;
}

std::string quiz_html(const Quiz& quiz, const lesson::Locale& locale) {
  std::string html = "<!DOCTYPE html>\n<html lang=\"";
  html.append(lesson::code_of(locale.language()))
      .append("\">\n<head><meta charset=\"utf-8\"><title>");
  html.append(escaped(heading(quiz, locale))).append("</title>\n<style>").append(kStyle);
  html.append("</style></head>\n<body>\n<h1>").append(escaped(heading(quiz, locale)));
  html.append("</h1>\n<ol>\n");
  for (const Question& question : quiz.questions) {
    append_question_html(html, question, locale);
  }
  html.append("</ol>\n<h1 class=\"answers\">").append(escaped(locale.text("quiz.answers")));
  html.append("</h1>\n<ol>\n");
  for (const Question& question : quiz.questions) {
    append_key_html(html, question, locale);
  }
  return html + "</ol>\n</body>\n</html>\n";
}

}  // namespace convscope::quiz
