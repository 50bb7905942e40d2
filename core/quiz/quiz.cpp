#include "core/quiz/quiz.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/quiz/setting/draw.h"
#include "core/quiz/templates/templates.h"

namespace convscope::quiz {
namespace {

bool names(const Template& asked, const lesson::Lesson& lesson) {
  return std::ranges::find(asked.lessons, lesson.id) != asked.lessons.end();
}

struct Source {
  const lesson::Lesson* lesson;
  std::size_t scene;
};

// The scenes to fill a template from: those of the lessons that it names, or of all lessons.
std::vector<Source> sources_for(const Template& asked, std::span<const lesson::Lesson> lessons,
                                Draw& draw) {
  const bool any =
      std::ranges::any_of(lessons, [&](const lesson::Lesson& l) { return names(asked, l); });
  std::vector<Source> sources;
  for (const lesson::Lesson& lesson : lessons) {
    for (std::size_t s = 0; s < lesson.scenes.size() && (!any || names(asked, lesson)); ++s) {
      sources.push_back({&lesson, s});
    }
  }
  draw.shuffle(sources);
  return sources;
}

bool was_asked(const std::vector<Question>& questions, const Question& question) {
  return std::ranges::any_of(questions, [&](const Question& other) {
    return other.template_id == question.template_id && other.values == question.values &&
           same_answer(other.right, question.right);
  });
}

// The lesson that a drawn question belongs to.
std::string lesson_of(const Template& asked, std::span<const lesson::Lesson> lessons) {
  const auto named = std::ranges::find_if(
      lessons, [&](const lesson::Lesson& lesson) { return names(asked, lesson); });
  if (named != lessons.end()) {
    return named->id;
  }
  return lessons.size() == 1 ? lessons.front().id : std::string(asked.lessons.front());
}

// A question with drawn numbers, not asked yet if there is one.
Question next_drawn(const Template& asked, std::span<const lesson::Lesson> lessons,
                    const std::vector<Question>& before, Draw& draw) {
  constexpr int kTries = 20;
  Question question;
  for (int i = 0; i < kTries; ++i) {
    question = drawn_question(asked, lesson_of(asked, lessons), draw.seed());
    if (!was_asked(before, question)) {
      break;
    }
  }
  return question;
}

// With the lessons' own numbers, if they have a question that was not asked yet.
Question next_of(const Template& asked, std::span<const lesson::Lesson> lessons,
                 const std::vector<Question>& before, Draw& draw) {
  for (const auto& [lesson, index] : sources_for(asked, lessons, draw)) {
    const lesson::Scene& scene = lesson->scenes[index];
    const Place place = {lesson->id, static_cast<std::int64_t>(index), drawn_spot(scene, draw)};
    auto question = question_at(asked, scene, place);
    if (question && !was_asked(before, *question)) {
      return std::move(*question);
    }
  }
  return next_drawn(asked, lessons, before, draw);
}

// All templates in turn, in a seeded order.
Quiz in_turn(std::vector<const Template*> templates, std::span<const lesson::Lesson> lessons,
             std::uint64_t seed, std::size_t count, decltype(next_of)& next = next_of) {
  Draw draw(seed_of({seed}));
  draw.shuffle(templates);
  Quiz quiz = {seed, {}};
  while (quiz.questions.size() < count && !templates.empty()) {
    const Template& asked = *templates[quiz.questions.size() % templates.size()];
    quiz.questions.push_back(next(asked, lessons, quiz.questions, draw));
  }
  return quiz;
}

bool can_fill(const Template& asked, const lesson::Lesson& lesson) {
  for (std::size_t s = 0; s < lesson.scenes.size(); ++s) {
    if (question_at(asked, lesson.scenes[s], {lesson.id, static_cast<std::int64_t>(s), {}})) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::vector<const Template*> templates_for(const lesson::Lesson& lesson) {
  std::vector<const Template*> own;
  for (const std::string& id : lesson.questions) {
    const Template* attached = find_template(id);
    if (attached != nullptr && std::ranges::find(own, attached) == own.end()) {
      own.push_back(attached);
    }
  }
  if (!own.empty()) {
    return own;
  }
  const std::vector<const Template*> all = all_templates();
  std::ranges::copy_if(all, std::back_inserter(own),
                       [&](const Template* asked) { return names(*asked, lesson); });
  if (own.empty()) {
    std::ranges::copy_if(all, std::back_inserter(own),
                         [&](const Template* asked) { return can_fill(*asked, lesson); });
  }
  return own;
}

Quiz lesson_quiz(const lesson::Lesson& lesson, std::uint64_t seed, std::size_t count) {
  return in_turn(templates_for(lesson), std::span(&lesson, 1), seed, count);
}

Quiz drawn_lesson_quiz(const lesson::Lesson& lesson, std::uint64_t seed, std::size_t count) {
  return in_turn(templates_for(lesson), std::span(&lesson, 1), seed, count, next_drawn);
}

Quiz mixed_quiz(std::uint64_t seed, std::size_t count) {
  return in_turn(all_templates(), {}, seed, count);
}

Quiz template_quiz(const Template& asked, std::span<const lesson::Lesson> lessons,
                   std::uint64_t seed, std::size_t count) {
  return in_turn({&asked}, lessons, seed, count);
}

}  // namespace convscope::quiz
