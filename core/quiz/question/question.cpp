#include "core/quiz/question/question.h"

#include <algorithm>
#include <utility>

#include "core/quiz/question/portable_scene.h"

namespace convscope::quiz {
namespace {

// No layer gives a shape without cells.
bool has_no_cells(const Template& asked, const Answer& value) {
  return asked.asked == Asked::kShape &&
         std::ranges::any_of(value.numbers, [](double side) { return side < 1; });
}

// With fewer options than this the answer is typed; words and maps can't be typed.
std::size_t fewest_wrong(const Answer& right) {
  const bool can_be_typed =
      right.kind == Answer::Kind::kNumber || right.kind == Answer::Kind::kTuple;
  return can_be_typed ? 2 : 1;
}

void add_options(Question& question, std::size_t most_wrong, Draw& draw) {
  if (question.wrong.size() < fewest_wrong(question.right)) {
    return;
  }
  question.options.push_back({question.right, true, ""});
  for (const Wrong& wrong : question.wrong) {
    if (question.options.size() <= most_wrong) {
      question.options.push_back({wrong.value, false, wrong.code});
    }
  }
  draw.shuffle(question.options);
}

Question made(const Template& asked, const std::string& lesson, Setting setting,
              std::vector<Wrong> wrong, Draw& draw) {
  Question question;
  question.template_id = asked.id;
  question.concept_number = asked.concept_number;
  question.lesson = lesson;
  question.right = asked.answer(setting);
  question.wrong = std::move(wrong);
  if (asked.worked != nullptr) {
    question.worked = asked.worked(setting);
  }
  // Where the rest is times 1 or plus 0, the last step would be the answer.
  while (!question.worked.empty() &&
         same_answer(of_number(question.worked.back().value), question.right)) {
    question.worked.pop_back();
  }
  question.scene = portable(setting.scene);
  question.spot = setting.spot;
  question.values = std::move(setting.values);
  question.error = std::move(setting.error);
  add_options(question, asked.most_wrong, draw);
  return question;
}

}  // namespace

bool operator==(const Question& a, const Question& b) {
  return a.template_id == b.template_id && a.lesson == b.lesson && a.spot == b.spot &&
         a.values == b.values && a.right == b.right && a.options == b.options;
}

std::vector<Wrong> wrong_answers(const Template& asked, const Setting& setting) {
  const Answer right = asked.answer(setting);
  std::vector<Wrong> wrong;
  for (const Distractor& distractor : asked.distractors) {
    const Answer value = distractor.formula(setting);
    const auto is_same = [&](const Wrong& other) { return same_answer(other.value, value); };
    if (value.kind == Answer::Kind::kNone || has_no_cells(asked, value) ||
        same_answer(value, right) || std::ranges::any_of(wrong, is_same)) {
      continue;
    }
    wrong.push_back({std::string(distractor.code), value, std::nullopt});
    if (distractor.wrong != nullptr) {
      wrong.back().computation = distractor.wrong(setting);
    }
  }
  return wrong;
}

std::optional<Setting> drawn_setting(const Template& asked, Draw& draw) {
  const Drawn drawn = asked.draw(draw);
  return can_run(drawn.scene) ? asked.read(drawn.scene, drawn.spot, draw) : std::nullopt;
}

std::optional<Question> question_at(const Template& asked, const lesson::Scene& scene,
                                    const Place& place) {
  constexpr int kTries = 64;  // to choose what the scene leaves open
  const auto part = [](std::int64_t number) { return static_cast<std::uint64_t>(number); };
  Draw draw(seed_of({seed_part(place.lesson), part(place.scene), seed_part(asked.id),
                     part(place.spot.filter), part(place.spot.y), part(place.spot.x)}));
  std::optional<Setting> best;
  std::vector<Wrong> best_wrong;
  for (int i = 0; i < kTries && best_wrong.size() < asked.most_wrong; ++i) {
    auto setting = asked.read(scene, place.spot, draw);
    if (!setting) {
      continue;
    }
    std::vector<Wrong> wrong = wrong_answers(asked, *setting);
    if (!best || wrong.size() > best_wrong.size()) {
      best = std::move(setting);
      best_wrong = std::move(wrong);
    }
  }
  if (!best) {
    return std::nullopt;
  }
  return made(asked, place.lesson, std::move(*best), std::move(best_wrong), draw);
}

Question drawn_question(const Template& asked, const std::string& lesson, std::uint64_t seed) {
  Draw draw(seed_of({seed_part(lesson), seed, seed_part(asked.id)}));
  for (;;) {  // ends: every template has settings with enough wrong answers; a test counts them
    auto setting = drawn_setting(asked, draw);
    if (!setting) {
      continue;
    }
    std::vector<Wrong> wrong = wrong_answers(asked, *setting);
    if (wrong.size() >= asked.most_wrong) {
      return made(asked, lesson, std::move(*setting), std::move(wrong), draw);
    }
  }
}

}  // namespace convscope::quiz
