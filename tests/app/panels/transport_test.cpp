// What the transport bar says about time, and what Space does.
#include "app/panels/bars/time_words.h"
#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

class Transport : public PanelBench {
 protected:
  Transport() { lessons_.insert(lessons_.begin(), {"cross", {{{"en", "Cross"}}}, {}}); }

  std::string hint() {
    session::Actions actions;
    return space_hint(context(actions));
  }
  std::string place() {
    session::Actions actions;
    return place_text(context(actions));
  }
  void apply(const session::Action& action) { session_ = session::update(session_, action); }
};

TEST_F(Transport, SaysWhatSpaceDoesAtTheStartAndAtAPause) {
  EXPECT_EQ(hint(), "Space: play");
  press(Key::kSpace);
  EXPECT_EQ(hint(), "");
  press(Key::kSpace);
  apply(session::action::GoTo{2});
  EXPECT_EQ(hint(), "Space: go on");
}

TEST_F(Transport, AtTheEndOfALessonSpaceOpensTheNext) {
  apply(session::action::Last{});
  EXPECT_EQ(hint(), "finished: next lesson");
  press(Key::kSpace);
  ASSERT_EQ(emitted<session::action::Open>().size(), 1u);
  EXPECT_EQ(emitted<session::action::Open>().front().what, "photo-edges");
  EXPECT_TRUE(emitted<session::action::TogglePlay>().empty());
}

TEST_F(Transport, AfterTheLastLessonItSaysThatItStartsAgain) {
  lessons_.pop_back();
  apply(session::action::Last{});
  EXPECT_EQ(hint(), "finished: once more");
  press(Key::kSpace);
  EXPECT_TRUE(emitted<session::action::Open>().empty());
  EXPECT_EQ(session_.clock.frame, 0);
}

TEST_F(Transport, AUsersFileIsNotALessonOfTheList) {
  path_ = "/home/ada/cross.json";
  apply(session::action::Last{});
  EXPECT_EQ(hint(), "finished: once more");
}

TEST_F(Transport, AtTheEndOfASceneTheNextOneFollows) {
  lesson::Lesson two = cross_lesson();
  two.scenes.push_back(two.scenes.front());
  session_ = session::open_session(two, session::Theme::kDark, lesson::Language::kEnglish);
  apply(session::action::Last{});
  EXPECT_EQ(hint(), "Space: next scene");
}

TEST_F(Transport, CountsTermsAsTermsAndChannelsAsChannels) {
  apply(session::action::GoTo{4});
  EXPECT_EQ(place(), "position 5 of 9");
  apply(session::action::SetGranularity{session::Granularity::kTerm});
  EXPECT_EQ(place(), "position 5 of 9, sum");
  const session::Timeline timeline = session::timeline_of(session_);
  apply(session::action::Seek{session::frame_of(timeline, 4) + 3 * timeline.ticks_per_part});
  EXPECT_EQ(place(), "position 6 of 9, term 3 of 9");
  apply(session::action::SetGranularity{session::Granularity::kChannel});
  apply(session::action::Seek{session::frame_of(session::timeline_of(session_), 4) + 1});
  EXPECT_EQ(place(), "position 6 of 9, channel 0 (1 of 1)");
}

TEST_F(Transport, TheHintIsAButtonToo) {
  move(2, 2);
  // The text is to the right of the five buttons and the place.
  const float y = layout_.transport.bottom() - 24;
  for (float x = layout_.transport.x + 190; x < layout_.transport.x + 480 && emitted_.empty();
       x += 30) {
    click({x, y});
  }
  EXPECT_EQ(emitted<session::action::TogglePlay>().size(), 1u);
}

TEST_F(Transport, FasterThanTheFastestALongRunTakesAMinute) {
  lesson::Lesson large = cross_lesson();
  large.scenes.front().change([](lesson::Scene& scene) {
    scene.input.base = Tensor({1, 1, 100, 100}, std::vector<float>(10000));
  });
  session_ = session::open_session(large, session::Theme::kDark, lesson::Language::kEnglish);
  apply(session::action::SetSpeed{session::kMaxSpeed});
  press(Key::kRightBracket);
  session::Actions actions;
  EXPECT_EQ(speed_text(context(actions)), "1 min");
  press(Key::kLeftBracket);
  EXPECT_EQ(session_.clock.speed, session::kMaxSpeed);
}

}  // namespace
}  // namespace convscope::panels
