#include "core/quiz/print/quiz_html.h"

#include <cstddef>

#include "core/quiz/answer/misconception.h"
#include "core/quiz/print/exhibits.h"
#include "core/quiz/print/printed.h"
#include "core/quiz/question/question_text.h"

namespace convscope::quiz {
namespace {

void append_table(std::string& html, const std::vector<std::vector<std::string>>& rows) {
  html += "<table>";
  for (const auto& row : rows) {
    html += "<tr>";
    for (const std::string& cell : row) {
      html.append("<td>").append(html_escaped(cell)).append("</td>");
    }
    html += "</tr>";
  }
  html += "</table>\n";
}

// A map as a small table, other answers as text.
void append_answer(std::string& html, const Answer& answer, const lesson::Locale& locale) {
  if (answer.kind != Answer::Kind::kMap) {
    html += html_escaped(answer_text(answer, locale));
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
  html.append("<li><p>").append(html_escaped(question_text(question, locale))).append("</p>\n");
  for (const Exhibit& exhibit : exhibits_of(question, locale)) {
    const std::string text = html_escaped(exhibit.text);
    if (exhibit.rows.empty()) {
      html.append("<p>").append(text).append("</p>\n");
      continue;
    }
    html.append("<div class=\"exhibit\"><p>").append(text).append("</p>\n");
    append_table(html, exhibit.rows);
    html += "</div>\n";
  }
  if (question.is_typed()) {
    html.append("<p>")
        .append(html_escaped(locale.text("quiz.answer_line")))
        .append(" ________</p>\n");
  } else {
    html += "<ol type=\"a\">\n";
    for (const Option& option : question.options) {
      html += "<li><span class=\"box\"></span> ";
      append_answer(html, option.value, locale);
      html += "</li>\n";
    }
    html += "</ol>\n";
  }
  html += "</li>\n";
}

void append_key_html(std::string& html, const Question& question, const lesson::Locale& locale) {
  html.append("<li><b>").append(html_escaped(right_answer_text(question, locale))).append("</b>\n");
  std::string wrong;
  visit_wrong(question, [&](const std::string& mark, const Answer& value, std::string_view code) {
    wrong.append("<li>").append(mark).append(html_escaped(answer_text(value, locale)));
    wrong.append(": ").append(html_escaped(locale.text(feedback_key(code)))).append("</li>\n");
  });
  if (!wrong.empty()) {
    html.append("<ul>\n").append(wrong).append("</ul>");
  }
  html += "</li>\n";
}

constexpr std::string_view kPage =
    "body{font-family:sans-serif;max-width:44em;margin:2em auto;line-height:1.4}";
constexpr std::string_view kStyle =
    "table{border-collapse:collapse;margin:.3em 0 .6em}"
    "td{border:1px solid #888;padding:.1em .4em;text-align:right}"
    "li{margin-bottom:.6em}.exhibit{display:inline-block;vertical-align:top;margin:0 1.6em 0 0}"
    "ol[type=a] table{display:inline-table;vertical-align:top;margin:0}"
    ".exhibit p{margin:0}.answers{break-before:page}"
    "ol.quiz>li{break-inside:avoid}"
    ".box{display:inline-block;width:.75em;height:.75em;border:1px solid #555;margin-right:.3em}";

}  // namespace

std::string html_escaped(std::string_view text) {
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

std::string_view quiz_style() { return kStyle; }

std::string questions_html(const Quiz& quiz, const lesson::Locale& locale) {
  std::string html = "<ol class=\"quiz\">\n";
  for (const Question& question : quiz.questions) {
    append_question_html(html, question, locale);
  }
  return html + "</ol>\n";
}

std::string answers_html(const Quiz& quiz, const lesson::Locale& locale) {
  std::string html = "<ol class=\"quiz\">\n";
  for (const Question& question : quiz.questions) {
    append_key_html(html, question, locale);
  }
  return html + "</ol>\n";
}

std::string quiz_html(const Quiz& quiz, const lesson::Locale& locale) {
  const std::string title = html_escaped(quiz_heading(quiz, locale));
  std::string html = "<!DOCTYPE html>\n<html lang=\"";
  html.append(lesson::code_of(locale.language()));
  html.append("\">\n<head><meta charset=\"utf-8\"/><title>").append(title);
  html.append("</title>\n<style>").append(kPage).append(kStyle);
  html.append("</style></head>\n<body>\n<h1>").append(title).append("</h1>\n");
  html.append(questions_html(quiz, locale));
  html.append("<h1 class=\"answers\">").append(html_escaped(locale.text("quiz.answers")));
  html.append("</h1>\n").append(answers_html(quiz, locale));
  return html + "</body>\n</html>\n";
}

}  // namespace convscope::quiz
