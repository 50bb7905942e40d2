#include "core/quiz/print/quiz_json.h"

#include <array>

#include "core/lesson/json/json_writer.h"

namespace convscope::quiz {
namespace {

void write_row(lesson::JsonWriter& json, const std::vector<double>& numbers, std::size_t first,
               std::size_t count) {
  json.begin_array(lesson::JsonWriter::Style::kInline);
  for (std::size_t i = 0; i < count; ++i) {
    write_number(json, numbers[first + i]);
  }
  json.end_array();
}

void write_answer(lesson::JsonWriter& json, const Answer& answer, const lesson::Locale& english) {
  switch (answer.kind) {
    case Answer::Kind::kNone:
      json.null();
      break;
    case Answer::Kind::kNumber:
      write_number(json, answer.numbers.front());
      break;
    case Answer::Kind::kTuple:
      write_row(json, answer.numbers, 0, answer.numbers.size());
      break;
    case Answer::Kind::kMap: {
      const auto columns = static_cast<std::size_t>(answer.columns);
      json.begin_array(lesson::JsonWriter::Style::kInline);
      for (std::size_t i = 0; i < answer.numbers.size(); i += columns) {
        write_row(json, answer.numbers, i, columns);
      }
      json.end_array();
      break;
    }
    case Answer::Kind::kWord:
      json.text(answer_text(answer, english));
      break;
  }
}

template <typename Text>
void write_texts(lesson::JsonWriter& json, const Locales& locales, Text text) {
  json.key("text");
  json.begin_object(lesson::JsonWriter::Style::kInline);
  json.key("en");
  json.text(text(locales.english));
  json.key("ru");
  json.text(text(locales.russian));
  json.end_object();
}

void write_option(lesson::JsonWriter& json, const Option& option, const Locales& locales) {
  json.begin_object(lesson::JsonWriter::Style::kInline);
  json.key("value");
  write_answer(json, option.value, locales.english);
  if (option.right) {
    json.key("right");
    json.boolean(true);
  } else {
    json.key("code");
    json.text(option.code);
  }
  if (option.value.kind == Answer::Kind::kWord) {
    write_texts(json, locales,
                [&](const lesson::Locale& locale) { return answer_text(option.value, locale); });
  }
  json.end_object();
}

void write_options(lesson::JsonWriter& json, const Question& question, const Locales& locales) {
  if (question.is_typed()) {
    json.key("typed");
    json.boolean(true);
  }
  json.key("options");
  json.begin_array();
  for (const Option& option : question.options) {
    write_option(json, option, locales);
  }
  if (question.is_typed()) {
    write_option(json, {question.right, true, ""}, locales);
    for (const Wrong& wrong : question.wrong) {
      write_option(json, {wrong.value, false, wrong.code}, locales);
    }
  }
  json.end_array();
}

void write_question(lesson::JsonWriter& json, const Question& question, const Locales& locales) {
  json.begin_object();
  json.key("template");
  json.text(question.template_id);
  json.key("concept");
  json.integer(question.concept_number);
  json.key("lesson");
  json.text(question.lesson);
  json.key("scene");
  lesson::write_lesson(json, scene_lesson(question, locales));
  json.key("filter");
  json.integer(question.spot.filter);
  json.key("position");
  json.integers(std::array{question.spot.y, question.spot.x});
  json.key("values");
  write_values(json, question.values, locales.english);
  write_texts(json, locales,
              [&](const lesson::Locale& locale) { return question_text(question, locale); });
  write_options(json, question, locales);
  json.end_object();
}

}  // namespace

std::string quiz_json(const Quiz& quiz, const Locales& locales) {
  lesson::JsonWriter json;
  json.begin_object();
  json.key("format");
  json.integer(1);
  json.key("seed");
  json.seed(quiz.seed);
  json.key("questions");
  json.begin_array();
  for (const Question& question : quiz.questions) {
    write_question(json, question, locales);
  }
  json.end_array();
  json.end_object();
  return json.result() + "\n";
}

}  // namespace convscope::quiz
