#include <ostream>
#include <string>

#include "app/cli/front.h"
#include "app/cli/table.h"
#include "app/files/bundled.h"
#include "app/files/user/answer_file.h"
#include "core/quiz/answer/misconception.h"
#include "core/quiz/practice/class_summary.h"
#include "core/quiz/templates/templates.h"

namespace convscope::cli {
namespace {

TextRows template_rows(const quiz::ClassSummary& summary, const lesson::Locale& locale) {
  TextRows rows;
  for (const quiz::TemplateCount& count : summary.templates) {
    const quiz::Template* asked = quiz::find_template(count.template_id);
    const std::string name =
        asked == nullptr ? "" : locale.text(quiz::concept_key(asked->concept_number));
    rows.push_back({count.template_id,
                    std::to_string(count.right) + "/" + std::to_string(count.answers), name});
  }
  return rows;
}

TextRows misconception_rows(const quiz::ClassSummary& summary, const lesson::Locale& locale) {
  TextRows rows;
  for (const quiz::MisconceptionCount& count : summary.misconceptions) {
    rows.push_back({std::to_string(count.answers),
                    locale.text("cli.learners", {{"count", count.learners}}), count.code,
                    locale.text(quiz::feedback_key(count.code))});
  }
  return rows;
}

}  // namespace

void sum_up_answers(const command::Answers& what, const Look& look, std::ostream& out) {
  const lesson::Locale locale = files::bundled_locale(look.language);
  const quiz::ClassSummary summary = quiz::summary_of(files::answer_logs(what.folder));
  out << locale.text("cli.class_answers", {{"learners", summary.learners},
                                           {"answers", summary.answers},
                                           {"right", summary.right}})
      << "\n";
  if (summary.broken > 0) {
    out << locale.text("cli.broken_lines", {{"count", summary.broken}}) << "\n";
  }
  if (!summary.templates.empty()) {
    out << "\n" << locale.text("cli.by_question") << "\n";
    print_listed(template_rows(summary, locale), "  ", out);
  }
  if (!summary.misconceptions.empty()) {
    out << "\n" << locale.text("cli.by_misconception") << "\n";
    print_listed(misconception_rows(summary, locale), "  ", out);
  }
}

}  // namespace convscope::cli
