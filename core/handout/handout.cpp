#include "core/handout/handout.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "core/handout/key_steps.h"
#include "core/picture/svg/svg.h"
#include "core/quiz/print/quiz_html.h"
#include "core/quiz/quiz.h"
#include "core/session/update.h"

namespace convscope::handout {
namespace {

using quiz::html_escaped;

constexpr std::string_view kPageStyle =
    "@page{size:A4;margin:16mm}"
    "body{font-family:Inter,'Segoe UI','Noto Sans','DejaVu Sans',sans-serif;font-size:11pt;"
    "line-height:1.4;max-width:178mm;margin:0 auto;padding:0 4mm;color:#000;background:#fff}"
    "h1{font-size:20pt;line-height:1.2;margin:.4em 0 .2em}"
    "h2{font-size:14pt;margin:1.4em 0 .5em;break-after:avoid}"
    ".summary{color:#333;margin:0 0 1em}"
    ".who{display:flex;gap:8mm;margin:0 0 1em;color:#333}"
    ".who span{border-bottom:1px solid #555;flex:1;padding-bottom:.2em}"
    ".who .date{flex:0 0 45mm}"
    "figure{margin:0 0 1.1em;break-inside:avoid}"
    "figure svg{display:block;width:100%;height:auto;border:1px solid #bbb}"
    "figcaption p{margin:.35em 0 0}"
    "h2.answers{break-before:page}";

void append_element(std::string& html, std::string_view open, std::string_view text,
                    std::string_view close) {
  html.append(open).append(html_escaped(text)).append(close).append("\n");
}

// "2. The title", or the number alone.
std::string scene_heading(const lesson::Scene& scene, std::size_t number,
                          lesson::Language language) {
  const std::string& title = scene.title.in(language);
  return std::to_string(number) + "." + (title.empty() ? "" : " " + title);
}

void append_steps(std::string& html, const std::vector<KeyStep>& steps,
                  const picture::TextMetrics& metrics, int& figures) {
  for (const KeyStep& step : steps) {
    const std::string ids = "f" + std::to_string(++figures) + "-";
    html.append("<figure>\n").append(picture::svg::svg_of(step.picture, metrics, ids));
    html.append("\n<figcaption>\n");
    for (const std::string& text : step.texts) {
      append_element(html, "<p>", text, "</p>");
    }
    html.append("</figcaption>\n</figure>\n");
  }
}

void append_scenes(std::string& html, const lesson::Lesson& lesson, const lesson::Locale& locale,
                   const picture::TextMetrics& metrics) {
  const session::Session start =
      session::open_session(without_texts(lesson), kPaperTheme, locale.language());
  int figures = 0;
  for (std::size_t i = 0; i < lesson.scenes.size(); ++i) {
    const lesson::Scene& scene = *lesson.scenes[i];
    if (lesson.scenes.size() > 1 || !scene.title.by_language.empty()) {
      append_element(html, "<h2>", scene_heading(scene, i + 1, locale.language()), "</h2>");
    }
    session::Session session =
        session::update(start, session::action::SetScene{static_cast<std::int64_t>(i)});
    append_steps(html, key_steps(std::move(session), scene, locale, metrics), metrics, figures);
  }
}

}  // namespace

std::string handout_html(const lesson::Lesson& lesson, const lesson::Locale& locale,
                         const picture::TextMetrics& metrics, const Options& options) {
  const std::string& title = lesson.title.in(locale.language());
  std::string html = "<!DOCTYPE html>\n<html lang=\"";
  html.append(lesson::code_of(locale.language()));
  html.append("\">\n<head><meta charset=\"utf-8\"/>");
  append_element(html, "<title>", title, "</title>");
  html.append("<style>").append(quiz::quiz_style()).append(kPageStyle);
  html.append("</style></head>\n<body>\n");
  append_element(html, "<h1>", title, "</h1>");
  append_element(html, "<p class=\"summary\">", lesson.summary.in(locale.language()), "</p>");
  append_element(html, "<p class=\"who\"><span>", locale.text("handout.name"), "</span>");
  append_element(html, "<span class=\"date\">", locale.text("handout.date"), "</span></p>");
  append_scenes(html, lesson, locale, metrics);
  const std::size_t kinds = quiz::templates_for(lesson).size();
  const quiz::Quiz quiz =
      quiz::drawn_lesson_quiz(lesson, 0, std::min(kinds, options.most_questions));
  if (!quiz.questions.empty()) {
    append_element(html, "<h2>", locale.text("handout.questions"), "</h2>");
    html.append(quiz::questions_html(quiz, locale));
    if (options.answers) {
      append_element(html, "<h2 class=\"answers\">", locale.text("quiz.answers"), "</h2>");
      html.append(quiz::answers_html(quiz, locale));
    }
  }
  return html + "</body>\n</html>\n";
}

}  // namespace convscope::handout
