// Working without a mouse: Tab, arrows and Enter.
#include "app/panels/commands/keyboard_walk.h"

#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

using session::TensorRole;

class Walk : public PanelBench {
 protected:
  void tab(int times = 1, bool back = false) {
    for (int i = 0; i < times; ++i) {
      press(Key::kTab, {.shift = back});
    }
  }
  // Presses Tab until the area has the focus; false if it never gets it.
  bool tab_to(KeyFocus area) {
    for (int i = 0; i < 200; ++i) {
      tab();
      if (ui_.keys == area) {
        return true;
      }
    }
    return false;
  }
};

TEST_F(Walk, TabGoesThroughAllPanelsAndComesBackToTheStage) {
  ui_.lessons_open = true;
  settle();
  std::vector<KeyFocus> way;
  for (int i = 0; i < 200; ++i) {
    tab();
    if (way.empty() || way.back() != ui_.keys) {
      way.push_back(ui_.keys);
    }
    if (ui_.keys == KeyFocus::kStage) {
      break;
    }
  }
  EXPECT_EQ(way, (std::vector{KeyFocus::kInspector, KeyFocus::kTransport, KeyFocus::kTopBar,
                              KeyFocus::kLessons, KeyFocus::kStage}));
}

TEST_F(Walk, ShiftTabGoesBack) {
  ASSERT_TRUE(tab_to(KeyFocus::kInspector));
  tab(2);
  const auto there = ui_.focus.focused();
  tab();
  EXPECT_NE(ui_.focus.focused(), there);
  tab(1, /*back=*/true);
  EXPECT_EQ(ui_.focus.focused(), there);
}

TEST_F(Walk, EnterPressesTheButtonThatHasTheKeyboard) {
  ASSERT_TRUE(tab_to(KeyFocus::kTopBar));
  press(Key::kEnter);  // the first control shows the list of lessons
  EXPECT_TRUE(layout_.lessons);
}

TEST_F(Walk, TheArrowsGoThroughTheLessonsAndEnterOpensOne) {
  lessons_.push_back({"cs231n", {{{"en", "Demo"}}}, {{{"en", "Of a course"}}}});
  ui_.lessons_open = true;
  settle();
  click({layout_.lessons->x + 60, layout_.lessons->bottom() - 4});
  ASSERT_EQ(ui_.keys, KeyFocus::kLessons);
  emitted_.clear();
  press(Key::kDown);
  press(Key::kDown);
  EXPECT_TRUE(emitted<session::action::NextRow>().empty());
  press(Key::kEnter);
  ASSERT_EQ(emitted<session::action::Open>().size(), 1u);
  EXPECT_EQ(emitted<session::action::Open>().front().what, "cs231n");
}

TEST_F(Walk, AnArrowStepsWhereNoControlHasTheKeyboard) {
  press(Key::kRight);
  EXPECT_EQ(emitted<session::action::Next>().size(), 1u);
}

TEST_F(Walk, ADropdownIsOpenedAndChosenFromByKeyboard) {
  click({layout_.inspector->x + 4, layout_.inspector->bottom() - 4});
  unsigned padding = 0;
  for (ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
    padding = std::string_view(window->Name).starts_with("inspector/form")
                  ? window->GetID("##padding")
                  : padding;
  }
  for (int i = 0; i < 100 && (!ui_.focus.focused() || ui_.focus.focused()->id != padding); ++i) {
    tab();
    ASSERT_EQ(ui_.keys, KeyFocus::kInspector);
  }
  press(Key::kEnter);
  ASSERT_TRUE(widgets::is_popup_open());
  press(Key::kDown);
  press(Key::kDown);
  press(Key::kEnter);
  EXPECT_FALSE(widgets::is_popup_open());
  EXPECT_EQ(session::layer_of(session_).spec.padding, conv::PaddingRule::kSame);
}

TEST_F(Walk, ACellIsReachedAndEditedByKeyboard) {
  press(Key::kEnter);
  ASSERT_TRUE(ui_.cursor);
  EXPECT_EQ(*ui_.cursor, (session::Target{TensorRole::kInput, {0, 0, 0, 0}}));
  emitted_.clear();
  press(Key::kRight);
  press(Key::kDown);
  EXPECT_TRUE(emitted<session::action::Next>().empty());
  EXPECT_EQ(*ui_.cursor, (session::Target{TensorRole::kInput, {0, 0, 1, 1}}));
  EXPECT_EQ(session_.transient.hover, ui_.cursor);  // related cells are highlighted
  press(Key::kEnter);
  ASSERT_TRUE(ui_.editor);
  type(U"7");
  press(Key::kEnter);
  ASSERT_EQ(emitted<session::action::SetValue>().size(), 1u);
  EXPECT_EQ(emitted<session::action::SetValue>().front().value, 7);
  EXPECT_TRUE(ui_.cursor);
}

TEST_F(Walk, TabTakesTheCursorToTheNextTensor) {
  press(Key::kEnter);
  tab();
  EXPECT_EQ(ui_.cursor->tensor, TensorRole::kWeight);
  tab();  // there is no bias
  EXPECT_EQ(ui_.cursor->tensor, TensorRole::kOutput);
  tab(1, /*back=*/true);
  EXPECT_EQ(ui_.cursor->tensor, TensorRole::kWeight);
}

TEST_F(Walk, AfterTheLastTensorComesTheNextPanel) {
  press(Key::kEnter);
  tab(3);
  EXPECT_FALSE(ui_.cursor);
  EXPECT_EQ(ui_.keys, KeyFocus::kInspector);
}

TEST_F(Walk, EnterOnACellOfTheMapGoesThere) {
  press(Key::kEnter);
  tab(2);
  press(Key::kDown);
  press(Key::kEnter);
  ASSERT_EQ(emitted<session::action::GoTo>().size(), 1u);
  EXPECT_EQ(emitted<session::action::GoTo>().front().position, 3);
}

TEST_F(Walk, EscapeLeavesCellsAndControls) {
  press(Key::kEnter);
  press(Key::kEscape);
  EXPECT_FALSE(ui_.cursor);
  ASSERT_TRUE(tab_to(KeyFocus::kTransport));
  press(Key::kEscape);
  EXPECT_EQ(ui_.keys, KeyFocus::kStage);
  EXPECT_FALSE(ui_.focus.focused());
}

TEST_F(Walk, TheCursorStaysInItsTensor) {
  press(Key::kEnter);
  press(Key::kLeft);
  press(Key::kUp);
  EXPECT_EQ(*ui_.cursor, (session::Target{TensorRole::kInput, {0, 0, 0, 0}}));
}

TEST(FocusOrder, GoesPanelByPanelWhateverIsDrawnFirst) {
  widgets::FocusOrder order;
  order.begin_frame();
  order.enter(KeyFocus::kTransport);
  order.visit(5);
  order.enter(KeyFocus::kTopBar);
  order.visit(1);
  order.visit(2);
  order.end_frame();
  EXPECT_EQ(order.move(1, KeyFocus::kStage), KeyFocus::kTransport);
  EXPECT_EQ(order.move(1, KeyFocus::kTransport), KeyFocus::kTopBar);
  EXPECT_EQ(order.focused()->id, 1u);
  EXPECT_EQ(order.move(1, KeyFocus::kTopBar), KeyFocus::kTopBar);
  EXPECT_EQ(order.move(1, KeyFocus::kTopBar), KeyFocus::kStage);
  EXPECT_FALSE(order.focused());
  EXPECT_EQ(order.move(-1, KeyFocus::kStage), KeyFocus::kTopBar);
  EXPECT_EQ(order.focused()->id, 2u);
}

TEST(FocusOrder, AControlThatIsGoneLeadsBackToTheStage) {
  widgets::FocusOrder order;
  order.begin_frame();
  order.enter(KeyFocus::kTopBar);
  order.visit(1);
  order.end_frame();
  order.move(1, KeyFocus::kStage);
  order.begin_frame();
  order.end_frame();
  EXPECT_EQ(order.move(1, KeyFocus::kTopBar), KeyFocus::kStage);
}

TEST(TipClock, ATipGoesAfterAWhileAndWithAKey) {
  widgets::TipClock tip;
  const auto rest = [&](double seconds) {
    tip.begin_frame(seconds);
    const bool shown = tip.shows({1, 1});
    tip.end_frame(false);
    return shown;
  };
  EXPECT_FALSE(rest(0));
  EXPECT_FALSE(rest(0.1));
  EXPECT_TRUE(rest(0.5));
  ASSERT_TRUE(tip.due_in());  // the window has to wake up to remove it
  EXPECT_TRUE(rest(5));
  EXPECT_FALSE(rest(10));
  EXPECT_FALSE(tip.due_in());
  tip.begin_frame(1);
  tip.end_frame(false);  // the pointer left and came back
  EXPECT_FALSE(rest(0));
  EXPECT_TRUE(rest(1));
  tip.hide();
  EXPECT_FALSE(rest(1));
}

}  // namespace
}  // namespace convscope::panels
