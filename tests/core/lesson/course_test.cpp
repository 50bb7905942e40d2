// The course: every bundled lesson has its place, and a unit fits its ninety minutes.
#include "core/lesson/course.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/quiz/templates/templates.h"
#include "core/tensor/problem.h"
#include "tests/core/lesson/bundled.h"

namespace convscope::lesson {
namespace {

Course course() {
  return parse_course(testing::read_text("assets/course/course.json"), "course.json");
}

TEST(Course, HasEveryBundledLessonOnce) {
  std::vector<std::string> ids;
  for (const CourseUnit& unit : course().units) {
    for (const CourseLesson& lesson : unit.lessons) {
      ids.push_back(lesson.id);
    }
  }
  std::ranges::sort(ids);
  EXPECT_EQ(ids, testing::names_in("lessons"));
}

TEST(Course, TwoUnitsOfNinetyMinutesLeaveTimeForTheirExitTicket) {
  const std::vector<CourseUnit> units = course().units;
  ASSERT_GE(units.size(), 2U);
  for (const CourseUnit& unit : {units[0], units[1]}) {
    std::int64_t minutes = 0;
    for (const CourseLesson& lesson : unit.lessons) {
      EXPECT_GT(lesson.minutes, 0) << lesson.id;
      minutes += lesson.minutes;
    }
    EXPECT_LE(minutes + 5, 90) << unit.title.in(Language::kEnglish);
    EXPECT_EQ(unit.exit_ticket.size(), 3U);
    for (const std::string& id : unit.exit_ticket) {
      EXPECT_NE(quiz::find_template(id), nullptr) << id;
    }
  }
}

TEST(Course, IsWrittenInBothLanguages) {
  const auto bilingual = [](const LocalizedText& text) {
    return text.by_language.contains("en") && text.by_language.contains("ru") &&
           text.in(Language::kEnglish) != text.in(Language::kRussian);
  };
  for (const CourseUnit& unit : course().units) {
    EXPECT_TRUE(bilingual(unit.title));
    for (const CourseLesson& lesson : unit.lessons) {
      EXPECT_TRUE(bilingual(lesson.goal)) << lesson.id;
      EXPECT_TRUE(bilingual(lesson.misconception)) << lesson.id;
    }
  }
}

TEST(Course, FindsALessonByItsId) {
  const Course all = course();
  ASSERT_NE(find_lesson(all, "stride"), nullptr);
  EXPECT_EQ(find_lesson(all, "stride")->id, "stride");
  EXPECT_EQ(find_lesson(all, "nowhere"), nullptr);
}

TEST(Course, AWrongFileIsRefusedWithItsPlace) {
  try {
    parse_course(R"({"format": 1, "units": [{"title": "U", "lessons": [{"id": "x", "minutes": -1,
                     "goal": "g", "misconception": "m"}]}]})",
                 "c.json");
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.problem().field, "units[0].lessons[0].minutes");
  }
}

}  // namespace
}  // namespace convscope::lesson
