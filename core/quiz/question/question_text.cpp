#include "core/quiz/question/question_text.h"

namespace convscope::quiz {

std::string question_text(const Question& question, const lesson::Locale& locale) {
  return locale.text("question." + question.template_id, text_values(question.values, locale));
}

lesson::Lesson scene_lesson(const Question& question, const Locales& locales) {
  lesson::Lesson lesson;
  lesson.id = "question-" + question.template_id;
  for (const lesson::Locale* locale : {&locales.english, &locales.russian}) {
    lesson.title.by_language[std::string(lesson::code_of(locale->language()))] =
        locale->text("quiz.scene_title", {{"id", question.template_id}});
  }
  lesson.scenes = {question.scene};
  return lesson;
}

}  // namespace convscope::quiz
