#include <algorithm>

#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

// The section alone, in its own window.
class TrainingPanel : public PanelBench {
 protected:
  static constexpr float kWidth = 300;
  static constexpr float kHeight = 320;

  TrainingPanel() {
    session_ =
        session::update(std::move(session_), session::action::SetView{lesson::View::kDescent});
  }

  void section_frame() {
    derived_ = derive::derive(session::scene_of(session_), {}, std::move(derived_),
                              /*with_training=*/true);
    session::Actions actions;
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({kWidth, kHeight});
    ImGui::Begin("section", nullptr, ImGuiWindowFlags_NoDecoration);
    training_section(context(actions));
    ImGui::End();
    ImGui::Render();
    for (const session::Action& action : actions) {
      session_ = session::update(session_, action);
      emitted_.push_back(action);
    }
  }

  void mouse(float x, float y, bool down) {
    InputEvent event;
    event.kind = InputEvent::Kind::kMove;
    event.x = x;
    event.y = y;
    widgets::feed_imgui(event);
    section_frame();
    event = {};
    event.kind = InputEvent::Kind::kButton;
    event.down = down;
    widgets::feed_imgui(event);
    section_frame();
    section_frame();
  }

  // Presses at every height of a column, and releases this far to the right.
  void press_all_at(float x, float by) {
    for (float y = 4; y < kHeight; y += 8) {
      mouse(x, y, true);
      mouse(x + by, y, false);
      mouse(kWidth + 50, kHeight + 50, true);  // closes whatever opened
      mouse(kWidth + 50, kHeight + 50, false);
    }
  }
};

TEST_F(TrainingPanel, DrawingEmitsNothing) {
  section_frame();
  section_frame();
  EXPECT_TRUE(emitted_.empty());
}

TEST_F(TrainingPanel, OtherWeightsAndADrawnTargetAreOneClickAway) {
  press_all_at(24, 0);
  ASSERT_FALSE(emitted<session::action::SetStart>().empty());
  EXPECT_EQ(emitted<session::action::SetStart>().front().seed, 2);
  ASSERT_FALSE(emitted<session::action::DrawTarget>().empty());
  EXPECT_TRUE(emitted<session::action::DrawTarget>().front().draw);
}

TEST_F(TrainingPanel, NumbersAreDragged) {
  section_frame();
  const conv::Optimizer before = derived_.training->optimizer;
  press_all_at(kWidth - 90, 30);
  const auto asked = emitted<session::action::SetTraining>();
  const auto any = [&](auto changed) { return std::ranges::any_of(asked, changed); };
  using Asked = session::action::SetTraining;
  EXPECT_TRUE(any([&](const Asked& a) { return a.optimizer.lr > before.lr; }));
  EXPECT_TRUE(any([&](const Asked& a) { return a.optimizer.momentum > before.momentum; }));
  EXPECT_TRUE(any([&](const Asked& a) { return a.steps > 200; }));
  EXPECT_FALSE(emitted<session::action::Commit>().empty());
  EXPECT_FALSE(session_.document.history->open);
}

TEST_F(TrainingPanel, ALayerThatCannotBeTrainedHasNoControls) {
  session_.document.lesson.change([](lesson::Lesson& lesson) {
    lesson.scenes[0].change([](lesson::Scene& scene) {
      scene.layers[0].spec.op = conv::Op::kMaxPool;
      scene.layers[0].weight = {};
    });
  });
  press_all_at(24, 0);
  press_all_at(kWidth - 90, 30);
  EXPECT_TRUE(emitted_.empty());
}

}  // namespace
}  // namespace convscope::panels
