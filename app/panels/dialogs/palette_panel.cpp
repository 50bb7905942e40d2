// The command palette: typed words find what the program can do; Enter does it.
#include <algorithm>
#include <vector>

#include "app/panels/commands/palette_entries.h"
#include "app/panels/widgets/dropdown.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

constexpr int kRows = 12;
constexpr float kPaletteWidth = 560;

// A name, what kind of thing it is, and its keys at the right.
bool entry_row(const PanelContext& context, const PaletteEntry& entry, int index, bool chosen) {
  ImGui::PushID(index);
  ImGui::BeginDisabled(!entry.enabled);
  const float right = ImGui::GetContentRegionAvail().x;
  const float left = ImGui::GetCursorPosX();
  const bool pressed = ImGui::Selectable("##entry", chosen);
  ImGui::SameLine(left);
  ImGui::TextUnformatted(entry.name.c_str());
  ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(context.palette.text_dim));
  if (!entry.kind.empty()) {
    ImGui::SameLine(0, context.em(10));
    ImGui::TextUnformatted(entry.kind.c_str());
  }
  if (!entry.keys.empty()) {
    const widgets::FontScope font(context.fonts.mono);
    ImGui::SameLine(left + right - ImGui::CalcTextSize(entry.keys.c_str()).x);
    ImGui::TextUnformatted(entry.keys.c_str());
  }
  ImGui::PopStyleColor();
  ImGui::EndDisabled();
  ImGui::PopID();
  return pressed;
}

// The nearest row that can be chosen, in the direction of the step; as it is where there is none.
void leave_disabled(CommandPalette& palette, const std::vector<PaletteEntry>& found, int step) {
  const auto count = static_cast<int>(found.size());
  const int way = step < 0 ? -1 : 1;
  for (int i = 0; i < count; ++i) {
    const int row = (palette.chosen + way * i % count + count) % count;
    if (found[static_cast<std::size_t>(row)].enabled) {
      palette.chosen = row;
      return;
    }
  }
}

// Up and down go round; typing goes back to the first.
void move_choice(CommandPalette& palette, const std::vector<PaletteEntry>& found) {
  const auto count = static_cast<int>(found.size());
  const int step = widgets::list_step(kRows);
  if (count == 0) {
    palette.chosen = 0;
  } else if (step == 1 || step == -1) {
    palette.chosen = (palette.chosen + step + count) % count;
  } else {
    palette.chosen = std::clamp(palette.chosen + step, 0, count - 1);
  }
  leave_disabled(palette, found, step);
}

void run_entry(const PanelContext& context, const PaletteEntry& entry) {
  context.ui.palette.reset();
  entry.run(context);
}

void palette_field(const PanelContext& context, float width) {
  CommandPalette& palette = *context.ui.palette;
  if (palette.focus) {
    widgets::focus_next_item();
    palette.focus = false;
  }
  ImGui::SetNextItemWidth(width);
  if (widgets::text_field("##words", palette.typed)) {
    palette.chosen = 0;
  }
}

}  // namespace

void palette_panel(const PanelContext& context, const picture::Rect& window) {
  const bool wanted = topmost_modal(context.ui, context.unsaved) == Modal::kPalette;
  if (!widgets::begin_modal(context, "palette", window, wanted)) {
    return;
  }
  const float width = std::min(context.em(kPaletteWidth), window.w * 0.9f);
  palette_field(context, width);
  CommandPalette& palette = *context.ui.palette;
  const std::vector<PaletteEntry> found = found_entries(palette_entries(context), palette.typed);
  move_choice(palette, found);
  const float row = ImGui::GetTextLineHeightWithSpacing();
  ImGui::BeginChild("found", {width, std::min(row * kRows, window.h * 0.6f)});
  const PaletteEntry* asked = nullptr;
  for (int i = 0; i < static_cast<int>(found.size()); ++i) {
    const PaletteEntry& entry = found[static_cast<std::size_t>(i)];
    const bool chosen = i == palette.chosen;
    if (entry_row(context, entry, i, chosen)) {
      asked = &entry;
    }
    if (chosen && !ImGui::IsItemVisible()) {
      ImGui::SetScrollHereY(0.5f);
    }
    if (chosen && entry.enabled && widgets::is_pressed(Key::kEnter, false)) {
      asked = &entry;
    }
  }
  if (found.empty()) {
    widgets::dim_text(context, context.locale.text("panel.palette_nothing"));
  }
  ImGui::EndChild();
  widgets::dim_text(context, context.locale.text("panel.palette_hint"));
  const bool beside = ImGui::IsMouseClicked(ImGuiMouseButton_Left) &&
                      !ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows) &&
                      !ImGui::IsWindowAppearing();
  if (beside) {
    context.ui.palette.reset();
  }
  widgets::end_modal();
  if (asked != nullptr) {
    run_entry(context, *asked);
  }
}

}  // namespace convscope::panels
