#include "app/panels/widgets/style.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/session/enum_names.h"

namespace convscope::panels::widgets {
namespace {

// At 100 % nothing is written smaller, in any theme.
TEST(Style, NoTextIsUnderFourteenPixels) {
  const float least =
      std::min({kTextSizes.body, kTextSizes.small, kTextSizes.title, kTextSizes.mono});
  for (const auto& [word, theme] : session::kThemes) {
    EXPECT_GE(least * picture::palette_of(theme).text_scale, 14) << word;
  }
}

// In the contrast theme a field is told from its panel by its border.
TEST(Style, TheContrastThemeDrawsTheBordersOfFields) {
  ImGuiContext* context = ImGui::CreateContext();
  apply_style(picture::palette_of(session::Theme::kContrast), 1);
  EXPECT_GE(ImGui::GetStyle().FrameBorderSize, 1);
  apply_style(picture::palette_of(session::Theme::kDark), 1);
  EXPECT_EQ(ImGui::GetStyle().FrameBorderSize, 0);
  ImGui::DestroyContext(context);
}

}  // namespace
}  // namespace convscope::panels::widgets
