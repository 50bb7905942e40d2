// Course: the bundled lessons in the order of teaching, in units, each with what it is for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/lesson/lesson.h"

namespace convscope::lesson {

struct CourseLesson {
  std::string id;
  std::int64_t minutes = 0;  // 0: homework, at anybody's own pace
  LocalizedText goal;
  LocalizedText misconception;  // the one that it meets
};

struct CourseUnit {
  LocalizedText title;
  std::vector<CourseLesson> lessons;
  std::vector<std::string> exit_ticket;  // templates of the questions at its end; may be none
};

struct Course {
  std::vector<CourseUnit> units;
};

// Throws Failure "json_*". Whether lessons and templates exist is for others to say.
Course parse_course(std::string_view json, const std::string& name);

// A lesson's place in the course; null: it is no part of it.
const CourseLesson* find_lesson(const Course& course, std::string_view id);

}  // namespace convscope::lesson
