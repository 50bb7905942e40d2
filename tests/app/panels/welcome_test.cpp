// Ways to start, and the hints of the first run.
#include "app/panels/stage/hint_place.h"
#include "app/panels/stage/hints.h"
#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

class WelcomeBench : public PanelBench {
 protected:
  void welcome(std::string pasted = "") {
    ui_.hints_done.emplace();
    ui_.welcome = Welcome{.pasted = std::move(pasted)};
    ui_.keys = KeyFocus::kWelcome;
    settle();
  }
  // Presses Tab and Enter until something is emitted, the panel closes or its text is refused.
  void press_button(int number) {
    for (int i = 0; i < number; ++i) {
      press(Key::kTab);
    }
    press(Key::kEnter);
  }
  std::vector<session::action::Opened> opened() { return emitted<session::action::Opened>(); }
};

TEST_F(WelcomeBench, CtrlNShowsItAndEscapeHidesIt) {
  press(Key::kN, {.ctrl = true});
  EXPECT_TRUE(ui_.welcome);
  press(Key::kEscape);
  EXPECT_FALSE(ui_.welcome);
}

TEST_F(WelcomeBench, SpacePlaysTheExampleAndClosesIt) {
  welcome();
  press(Key::kSpace);
  EXPECT_EQ(emitted<session::action::TogglePlay>().size(), 1u);
  EXPECT_FALSE(ui_.welcome);
  EXPECT_TRUE(is_done(ui_, kWelcomed));
}

TEST_F(WelcomeBench, ALessonOfTheListIsOpened) {
  welcome();
  press_button(2);  // after the cross that closes it
  ASSERT_EQ(emitted<session::action::Open>().size(), 1u);
  EXPECT_EQ(emitted<session::action::Open>().front().what, "photo-edges");
  EXPECT_FALSE(ui_.welcome);
}

// The controls in order: close, a lesson, all lessons, choose a file, the text, build, three sizes,
// create.
constexpr int kBuild = 6;
constexpr int kCreate = 10;

TEST_F(WelcomeBench, PastedLayersBecomeADocument) {
  welcome("nn.Conv2d(3, 8, 5, stride=2)");
  press_button(kBuild);
  ASSERT_EQ(opened().size(), 1u);
  const lesson::Lesson lesson = opened().front().lesson;
  EXPECT_EQ(lesson.id, "untitled");
  ASSERT_EQ(lesson.scenes.size(), 1u);
  EXPECT_EQ(lesson.scenes.front()->layers.front().weight.base.shape(), (Shape{8, 3, 5, 5}));
  EXPECT_FALSE(ui_.welcome);
}

TEST_F(WelcomeBench, AReadingErrorNamesItsColumn) {
  welcome("nn.Conv2d(3, 8, strid=2)");
  press_button(kBuild);
  EXPECT_TRUE(opened().empty());
  ASSERT_TRUE(ui_.welcome && ui_.welcome->refusal);
  EXPECT_NE(english_.sentence(*ui_.welcome->refusal).find("column 17"), std::string::npos)
      << english_.sentence(*ui_.welcome->refusal);
}

// The last of its buttons is in sight; with recent files too in a window of 800 lines, 80 more than
// this one has.
TEST_F(WelcomeBench, ItsLastButtonIsInSight) {
  for (int i = 0; i < 3; ++i) {
    lessons_.push_back(lessons_.front());
    lessons_.back().id += std::to_string(i);
  }
  for (const std::size_t files : {0, 4}) {
    recent_files_.assign(files, "/lessons/mine.json");
    for (std::size_t i = 0; i < files; ++i) {
      recent_files_[i] += std::to_string(i);
    }
    welcome();
    settle();
    int found = 0;
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
      const std::string name = window->Name;
      if (name.starts_with("welcome/choices") && name.rfind('/') == name.find('/')) {
        EXPECT_LE(window->ScrollMax.y, files > 0 ? 80 : 8) << files;
        ++found;
      }
    }
    EXPECT_EQ(found, 1);
  }
}

TEST_F(WelcomeBench, ABlankDocumentHasTheRequestedSizes) {
  welcome();
  ui_.welcome->blank = {.size = 12, .channels = 2, .kernel = 5};
  press_button(kCreate);
  ASSERT_EQ(opened().size(), 1u);
  const lesson::Lesson lesson = opened().front().lesson;
  EXPECT_EQ(lesson.id, "untitled");
  EXPECT_EQ(lesson.title.in(lesson::Language::kRussian), "Без названия");
  EXPECT_EQ(lesson.scenes.front()->input.base.shape(), (Shape{1, 2, 12, 12}));
  EXPECT_EQ(lesson.scenes.front()->layers.front().weight.base.shape(), (Shape{1, 2, 5, 5}));
}

class Hints : public PanelBench {
 protected:
  Hints() {
    ui_.hints_done.emplace();
    settle();
  }
  std::optional<Hint> hint() const { return current_hint(ui_); }
};

TEST_F(Hints, WithoutATourThereAreNone) {
  ui_.hints_done.reset();
  EXPECT_EQ(hint(), std::nullopt);
  mark_done(ui_, Hint::kPlay);
  EXPECT_FALSE(ui_.hints_done);
}

TEST_F(Hints, EachDisappearsOnceItWasFollowed) {
  EXPECT_EQ(hint(), Hint::kPlay);
  press(Key::kSpace);
  EXPECT_EQ(hint(), Hint::kMapCell);
  press(Key::kSpace);
  session_ = session::update(session_, session::action::Last{});
  click(cell(session::TensorRole::kOutput, {0, 0, 1, 1}));
  EXPECT_EQ(hint(), Hint::kPoint);
  const picture::Point corner = cell(session::TensorRole::kInput, {0, 0, 4, 4});
  move(corner.x, corner.y);
  EXPECT_EQ(hint(), Hint::kEdit);
  click(cell(session::TensorRole::kWeight, {0, 0, 1, 1}));
  press(Key::kEscape);
  EXPECT_EQ(hint(), Hint::kViews);
  press(Key::k4);
  EXPECT_EQ(hint(), std::nullopt);
}

TEST_F(Hints, WhatWasDoneEarlierIsNotSuggestedLater) {
  click(cell(session::TensorRole::kWeight, {0, 0, 1, 1}));
  press(Key::kEscape);
  EXPECT_TRUE(is_done(ui_, "edit"));
  EXPECT_EQ(hint(), Hint::kPlay);
}

TEST(HintPlace, HidesNoWordsWhereThereIsRoom) {
  picture::Picture stage;
  stage.width = 1000;
  stage.height = 600;
  const picture::Rect map = {400, 200, 200, 200};
  picture::TensorGrid grid;
  grid.rect = map;
  stage.records.emplace_back(grid);
  const auto free = place_beside(stage, map, 240, 100, 8);
  EXPECT_EQ(free.y, map.bottom() + 8) << "below, where nothing is in the way";
  const auto write = [&](picture::Point at) {
    stage.records.emplace_back(picture::Text{.at = at, .text = "1·0.5 + 2·0.25 = 1", .size = 18});
  };
  write({420, 450});
  EXPECT_EQ(place_beside(stage, map, 240, 100, 8).bottom(), map.y - 8);
  write({420, 150});
  EXPECT_EQ(place_beside(stage, map, 240, 100, 8).x, map.right() + 8);
}

// A map at the stage's edge, a filter beside it: the free room is elsewhere.
TEST(HintPlace, GoesFartherAwayBeforeItHidesCells) {
  picture::Picture stage;
  stage.width = 1000;
  stage.height = 600;
  const picture::Rect map = {780, 100, 210, 420};
  for (const picture::Rect& rect : {map, picture::Rect{500, 100, 270, 420}}) {
    picture::TensorGrid grid;
    grid.rect = rect;
    stage.records.emplace_back(grid);
  }
  const picture::Rect place = place_beside(stage, map, 240, 100, 8);
  EXPECT_LE(place.right(), 500);
  EXPECT_GT(place.right(), 440) << "no farther than it must";
}

TEST_F(Hints, WithTwoScenesTheyPointToTheFirst) {
  session_ = session::update(
      session_, session::action::SetValue{{session::TensorRole::kWeight, {0, 0, 0, 0}}, 5, true});
  session_ = session::update(session_, session::action::Last{});
  session_.look.comparison = session::Comparison::kLesson;
  mark_done(ui_, Hint::kPlay);
  settle();
  ASSERT_TRUE(picture_.first_width);
  ASSERT_EQ(hint(), Hint::kMapCell);
  const ImGuiWindow* note = nullptr;
  for (const ImGuiWindow* each : ImGui::GetCurrentContext()->Windows) {
    note = each->WasActive && std::string(each->Name) == "hint" ? each : note;
  }
  ASSERT_NE(note, nullptr);
  const picture::Rect covered = {note->Pos.x - layout_.stage.x, note->Pos.y - layout_.stage.y,
                                 note->Size.x, note->Size.y};
  for (const picture::Record& record : picture_.records) {
    const auto* grid = std::get_if<picture::TensorGrid>(&record);
    if (grid != nullptr && grid->role == session::TensorRole::kWeight) {
      const bool apart = grid->rect.right() <= covered.x || covered.right() <= grid->rect.x ||
                         grid->rect.bottom() <= covered.y || covered.bottom() <= grid->rect.y;
      EXPECT_TRUE(apart);
    }
  }
}

TEST_F(Hints, TheTourCanBeSwitchedOffAndOnAgain) {
  end_tour(ui_);
  EXPECT_EQ(hint(), std::nullopt);
  session::Actions actions;
  run_command(Command::kHints, context(actions));
  EXPECT_EQ(hint(), Hint::kPlay);
  EXPECT_TRUE(is_done(ui_, kWelcomed));
}

}  // namespace
}  // namespace convscope::panels
