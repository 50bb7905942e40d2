// Settings that are refused, and how the form shows it.
#include <imgui_internal.h>

#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

constexpr const char* kKernelRow = "kernel_size";
constexpr const char* kStrideRow = "stride";

class RefusalBench : public PanelBench {
 protected:
  // Whether something is drawn in the warning's colour around a field of a pair.
  bool is_red(const char* row, bool right) const {
    constexpr float kHalf = 71;
    const picture::Point left_field = setting(row);
    const float x = layout_.inspector->right() - ImGui::GetStyle().WindowPadding.x - 2 * kHalf - 6 +
                    (right ? kHalf + 6 : 0);
    const ImU32 red = widgets::color(picture::palette_of(session_.look.theme).warning);
    const float half_row = row_pitch() / 2;
    const ImDrawData& drawn = *ImGui::GetDrawData();
    for (int i = 0; i < drawn.CmdListsCount; ++i) {
      for (const ImDrawVert& vertex : drawn.CmdLists[i]->VtxBuffer) {
        if (vertex.col == red && vertex.pos.x > x - 3 && vertex.pos.x < x + kHalf + 3 &&
            std::abs(vertex.pos.y - left_field.y) < half_row) {
          return true;
        }
      }
    }
    return false;
  }
};

TEST_F(RefusalBench, MovesNoRow) {
  type_setting(kKernelRow, U"9");
  ASSERT_TRUE(session_.transient.draft);
  type_setting(kStrideRow, U"2");
  ASSERT_TRUE(session_.transient.draft);
  EXPECT_EQ(session_.transient.draft->spec.stride, (conv::Size2{2, 1}));
  EXPECT_EQ(session_.transient.draft->spec.kernel_size, (conv::Size2{9, 3}));
}

TEST_F(RefusalBench, MarksOnlyTheWrongFieldOfAPair) {
  EXPECT_FALSE(is_red(kStrideRow, false));
  type_setting(kStrideRow, U"0");
  ASSERT_TRUE(session_.transient.draft);
  EXPECT_TRUE(is_red(kStrideRow, false));
  EXPECT_FALSE(is_red(kStrideRow, true));
  EXPECT_FALSE(is_red(kKernelRow, false));
}

// The right one was changed too, but is not the cause.
TEST_F(RefusalBench, AGoodChangeBesideAWrongOneIsNotRed) {
  conv::LayerSpec spec = session::layer_of(session_).spec;
  spec.stride = {0, 2};
  session_ = session::update(session_, session::action::SetSpec{spec, true});
  settle();
  EXPECT_TRUE(is_red(kStrideRow, false));
  EXPECT_FALSE(is_red(kStrideRow, true));
  spec.stride = {0, 0};
  session_ = session::update(session_, session::action::SetSpec{spec, true});
  settle();
  EXPECT_TRUE(is_red(kStrideRow, false));
  EXPECT_TRUE(is_red(kStrideRow, true));
}

TEST_F(RefusalBench, BackIsNextToTheSentence) {
  type_setting(kStrideRow, U"0");
  ASSERT_TRUE(session_.transient.draft);
  const ImGuiWindow* window = ImGui::FindWindowByName("refusal");
  ASSERT_NE(window, nullptr);
  EXPECT_LE(window->Pos.x + window->Size.x, layout_.inspector->x);  // covers no row
  EXPECT_LT(std::abs(window->Pos.y - setting(kStrideRow).y), 30);
  click({window->Pos.x + window->Size.x - window->WindowPadding.x - 8,
         window->Pos.y + window->WindowPadding.y + 6});
  EXPECT_EQ(emitted<session::action::DropDraft>().size(), 1u);
  EXPECT_FALSE(session_.transient.draft);
}

TEST_F(RefusalBench, UndoDropsTheDraftFirst) {
  type_setting(kStrideRow, U"2");
  type_setting(kStrideRow, U"0");
  ASSERT_TRUE(session_.transient.draft);
  press(Key::kZ, {.ctrl = true});
  EXPECT_FALSE(session_.transient.draft);
  EXPECT_EQ(session::layer_of(session_).spec.stride, (conv::Size2{2, 1}));
  press(Key::kZ, {.ctrl = true});
  EXPECT_EQ(session::layer_of(session_).spec.stride, (conv::Size2{1, 1}));
}

TEST_F(RefusalBench, ANumberBeyondFloatIsTooLarge) {
  click(cell(session::TensorRole::kWeight, {0, 0, 1, 1}));
  type(U"1e40");
  press(Key::kEnter);
  ASSERT_TRUE(ui_.editor);
  EXPECT_EQ(ui_.editor->refusal, "panel.number_too_large");
  EXPECT_TRUE(test_locale(lesson::Language::kRussian).has(*ui_.editor->refusal));
  type(U"x");
  EXPECT_FALSE(ui_.editor->refusal);
  press(Key::kEnter);
  EXPECT_EQ(ui_.editor->refusal, "panel.not_a_number");
}

}  // namespace
}  // namespace convscope::panels
