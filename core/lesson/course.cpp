#include "core/lesson/course.h"

#include "core/lesson/json/json_tree.h"
#include "core/lesson/json/scene_json.h"

namespace convscope::lesson {
namespace {

constexpr std::int64_t kLongestLesson = 90;

CourseLesson parse_lesson_of(const JsonAt& at) {
  at.allow_only({"id", "minutes", "goal", "misconception"});
  CourseLesson lesson;
  lesson.id = at.get("id").text();
  lesson.minutes = at.get("minutes").integer(0, kLongestLesson);
  lesson.goal = parse_text(at.get("goal"));
  lesson.misconception = parse_text(at.get("misconception"));
  return lesson;
}

CourseUnit parse_unit(const JsonAt& at) {
  at.allow_only({"title", "lessons", "exit_ticket"});
  CourseUnit unit;
  unit.title = parse_text(at.get("title"));
  for (const JsonAt& lesson : at.get("lessons").at_least_one()) {
    unit.lessons.push_back(parse_lesson_of(lesson));
  }
  if (const auto ticket = at.find("exit_ticket")) {
    for (const JsonAt& id : ticket->elements()) {
      unit.exit_ticket.push_back(id.text());
    }
  }
  return unit;
}

}  // namespace

Course parse_course(std::string_view json, const std::string& name) {
  const JsonNode root = parse_json(json, name);
  const JsonAt at(root, name);
  at.allow_only({"format", "units"});
  at.get("format").integer(1, 1);
  Course course;
  for (const JsonAt& unit : at.get("units").at_least_one()) {
    course.units.push_back(parse_unit(unit));
  }
  return course;
}

const CourseLesson* find_lesson(const Course& course, std::string_view id) {
  for (const CourseUnit& unit : course.units) {
    for (const CourseLesson& lesson : unit.lessons) {
      if (lesson.id == id) {
        return &lesson;
      }
    }
  }
  return nullptr;
}

}  // namespace convscope::lesson
