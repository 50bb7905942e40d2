// The list of lessons as a course: units, what was finished, an exit ticket.
#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

class CourseList : public PanelBench {
 protected:
  CourseList() {
    unit_.title.by_language = {{"en", "Unit 1"}};
    unit_.lessons = {{"photo-edges", 8, {{{"en", "Find edges"}}}, {{{"en", "All edges alike"}}}}};
    unit_.exit_ticket = {"1a", "4a"};
    course_value_.units = {unit_};
    course_ = &course_value_;
    ui_.lessons_open = true;
    settle();
  }

  // Clicks down the list until something of this kind is asked for.
  template <typename Kind>
  std::vector<Kind> clicked() {
    const picture::Rect panel = *layout_.lessons;
    for (float y = panel.y + 10; y < panel.y + 300 && emitted<Kind>().empty(); y += 10) {
      click({panel.x + 30, y});
    }
    return emitted<Kind>();
  }

  lesson::CourseUnit unit_;
  lesson::Course course_value_;
};

TEST_F(CourseList, ALessonOfAUnitIsOpenedByAClick) {
  const auto opened = clicked<session::action::Open>();
  ASSERT_EQ(opened.size(), 1U);
  EXPECT_EQ(opened[0].what, "photo-edges");
}

TEST_F(CourseList, ABegunLessonSaysWhereItWasLeftAndGoesOnThere) {
  lessons_.front().scenes = 4;
  EXPECT_FALSE(clicked<session::action::Open>().empty());
  EXPECT_FALSE(ui_.resume_scene);
  emitted_.clear();
  ui_.lesson_scenes = {{"photo-edges", 2}};
  settle();
  EXPECT_FALSE(clicked<session::action::Open>().empty());
  EXPECT_EQ(ui_.resume_scene, 2);
  EXPECT_EQ(english_.text("course.left_at", {{"scene", 3}, {"scenes", 4}}), "at scene 3 of 4");
}

TEST_F(CourseList, TheExitTicketAsksTheUnitsQuestions) {
  const auto asked = clicked<session::action::Ask>();
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].about, session::AskAbout::kQuiz);
  EXPECT_EQ(asked[0].templates, "1a 4a");
  ASSERT_TRUE(session_.asking);
  EXPECT_EQ(session_.asking->questions.size(), 2U);
}

TEST_F(CourseList, TheStageInWordsIsCopied) {
  press(Key::kC, {.ctrl = true, .shift = true});
  ASSERT_TRUE(ui_.clipboard);
  EXPECT_NE(ui_.clipboard->find("weight, row by row: 1, 0, 1; 0, 1, 0; 1, 0, 1."),
            std::string::npos)
      << *ui_.clipboard;
}

}  // namespace
}  // namespace convscope::panels
