// The Tab order, with controls that appear and disappear.
#include "app/panels/widgets/focus_order.h"

#include <gtest/gtest.h>

namespace convscope::panels::widgets {
namespace {

// Draws this many controls in the top bar, with ids from 1, and one in the inspector.
void draw(FocusOrder& order, unsigned count, unsigned inspector) {
  order.begin_frame();
  order.enter(KeyFocus::kInspector);
  order.visit(inspector);
  order.enter(KeyFocus::kTopBar);
  for (unsigned id = 1; id <= count; ++id) {
    order.visit(id);
  }
  order.end_frame();
}

TEST(FocusOrder, FromAControlThatIsGoneItContinuesFromTheStage) {
  for (unsigned count = 1; count < 100; ++count) {
    FocusOrder order;
    draw(order, count, 500);
    EXPECT_EQ(order.move(1, KeyFocus::kStage), KeyFocus::kInspector);
    draw(order, count, 501);
    EXPECT_EQ(order.move(1, KeyFocus::kInspector), KeyFocus::kInspector);
    EXPECT_EQ(order.focused(), (FocusOrder::Control{501, KeyFocus::kInspector}));
    draw(order, count, 502);
    EXPECT_EQ(order.move(-1, KeyFocus::kInspector), KeyFocus::kTopBar);
    EXPECT_EQ(order.focused(), (FocusOrder::Control{count, KeyFocus::kTopBar}));
  }
}

}  // namespace
}  // namespace convscope::panels::widgets
