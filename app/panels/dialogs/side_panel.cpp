#include "app/panels/dialogs/side_panel.h"

#include <algorithm>

namespace convscope::panels {
namespace {

constexpr float kSidePanel = 372;  // the width in ems
constexpr float kLeastBeside = 260;

}  // namespace

picture::Rect side_panel_area(const PanelContext& context, const picture::Rect& stage) {
  const float width = std::min(context.em(kSidePanel), stage.w);
  return {stage.right() - width, stage.y, width, stage.h};
}

picture::Rect beside_side_panel(const PanelContext& context, const picture::Rect& stage) {
  const UiState& ui = context.ui;
  const float left = stage.w - side_panel_area(context, stage).w;
  const bool shown = (ui.welcome || ui.exporting) && !context.empty;
  return {stage.x, stage.y, shown && left >= context.em(kLeastBeside) ? left : stage.w, stage.h};
}

}  // namespace convscope::panels
