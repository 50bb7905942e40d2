// The tour's hint beside what it speaks of.
#include <algorithm>
#include <cmath>

#include "app/panels/stage/hint_place.h"
#include "app/panels/stage/hints.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/picture/display/target_rect.h"

namespace convscope::panels {
namespace {

using session::TensorRole;

// All cells of a tensor on the stage, as far as it is drawn as a grid or as empty cells.
std::optional<picture::Rect> place_of(const PanelContext& context, TensorRole role) {
  std::optional<picture::Rect> all;
  const float end = context.stage.first_width.value_or(context.stage.width);
  const auto add = [&](const picture::Rect& rect) {
    if (rect.x >= end) {
      return;  // of the scene that stands beside it
    }
    if (!all) {
      all = rect;
      return;
    }
    const float x = std::min(all->x, rect.x);
    const float y = std::min(all->y, rect.y);
    all = picture::Rect{x, y, std::max(all->right(), rect.right()) - x,
                        std::max(all->bottom(), rect.bottom()) - y};
  };
  for (const picture::Record& record : context.stage.records) {
    if (const auto* grid = std::get_if<picture::TensorGrid>(&record)) {
      if (grid->role == role) {
        add(grid->rect);
      }
    } else if (const auto* box = std::get_if<picture::Box>(&record)) {
      if (box->target && box->target->tensor == role) {
        add(box->rect);
      }
    }
  }
  return all;
}

// Of the stage's own pixels; what a hint points at, if that is on the stage.
std::optional<picture::Rect> anchor_of(const PanelContext& context, Hint hint,
                                       const picture::Rect& stage) {
  const float unit = context.em(1);
  std::optional<picture::Rect> place;
  switch (hint) {
    case Hint::kPlay:  // the button with the triangle
      return picture::Rect{14 * unit, stage.h - unit, 150 * unit, unit};
    case Hint::kMapCell:
      place = place_of(context, TensorRole::kOutput);
      break;
    case Hint::kPoint:
      place = place_of(context, TensorRole::kInput);
      break;
    case Hint::kEdit:
      place = place_of(context, TensorRole::kWeight);
      place = place ? place : place_of(context, TensorRole::kFlipped);
      break;
    case Hint::kViews:
      return picture::Rect{stage.w * 0.45f, 0, stage.w * 0.2f, unit};
  }
  return place;
}

// A tensor has room on four sides; what stands outside the stage is near one edge of it.
picture::Rect note_place(const PanelContext& context, Hint hint, const picture::Rect& anchor,
                         const picture::Rect& stage, float width, float height) {
  const float margin = context.em(8);
  if (hint != Hint::kPlay && hint != Hint::kViews) {
    return place_beside(context.stage, anchor, width, height, margin);
  }
  const float most = std::max(margin, stage.w - margin - width);
  const float y = hint == Hint::kPlay ? anchor.y - margin - height : anchor.bottom() + margin;
  return {std::clamp(anchor.center().x - width / 2, margin, most), y, width, height};
}

// Something else is said at the stage's foot, or done.
bool is_busy(const PanelContext& context) {
  const UiState& ui = context.ui;
  const bool told = context.session.transient.notice || context.progress || context.opening ||
                    ui.recovery || ui.theirs || ui.shrink;
  return told || ui.welcome || ui.editor || context.session.clock.playing ||
         topmost_modal(ui, context.unsaved) != Modal::kNone;
}

// What was done without being asked for.
void notice_what_was_done(const PanelContext& context) {
  const session::Session& session = context.session;
  if (session.clock.playing || session.clock.run_to || session.clock.frame > 0) {
    mark_done(context.ui, Hint::kPlay);
  }
  if (session.clock.kept > 0) {
    mark_done(context.ui, Hint::kMapCell);
  }
  // The pointer still rests on the cell of the map that was clicked.
  const std::optional<session::Target>& hover = session.transient.hover;
  if (hover && hover->tensor != TensorRole::kOutput && context.ui.pointed &&
      current_hint(context.ui) == Hint::kPoint) {
    mark_done(context.ui, Hint::kPoint);
  }
  if (context.ui.editor) {
    mark_done(context.ui, Hint::kEdit);
  }
  if (session.look.view != session::scene_of(session).view) {
    mark_done(context.ui, Hint::kViews);
  }
}

}  // namespace

void hint_panel(const PanelContext& context, const picture::Rect& stage) {
  UiState& ui = context.ui;
  if (!ui.hints_done || context.empty) {
    return;
  }
  notice_what_was_done(context);
  const std::optional<Hint> hint = current_hint(ui);
  const std::optional<picture::Rect> place =
      hint && !is_busy(context) ? anchor_of(context, *hint, stage) : std::nullopt;
  if (!place) {
    return;
  }
  const std::string name(kHintNames[static_cast<std::size_t>(*hint)]);
  const std::string& words = context.locale.text("hint." + name);
  const float wrap = std::min(context.em(222), stage.w - context.em(32));
  const float height = ImGui::CalcTextSize(words.c_str(), nullptr, false, wrap).y +
                       ImGui::GetFrameHeightWithSpacing() + context.em(18);
  const picture::Rect note =
      note_place(context, *hint, *place, stage, wrap + context.em(24), height);
  const bool above = note.bottom() <= place->y;  // and close to it, however high it becomes
  ImGui::SetNextWindowPos({stage.x + note.center().x, stage.y + (above ? note.bottom() : note.y)},
                          ImGuiCond_Always, {0.5f, above ? 1.0f : 0.0f});
  widgets::begin_note(context, "hint",
                      {.padding = {12, 9},
                       .rounding = 8,
                       .line = 1.5f,
                       .border = context.palette.accent,
                       .ground = context.palette.raised});
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + wrap);
  ImGui::TextUnformatted(words.c_str());
  ImGui::PopTextWrapPos();
  {
    const widgets::FontScope font(context.fonts.small);
    if (widgets::choice_button(context, "skip", context.locale.text("hint.skip"), false,
                               context.locale.text("hint.skip_tip"))) {
      mark_done(ui, *hint);
    }
    ImGui::SameLine(0, context.em(4));
    if (widgets::choice_button(context, "end", context.locale.text("hint.end"), false,
                               context.locale.text("hint.end_tip"))) {
      end_tour(ui);
    }
  }
  ImGui::End();
}

}  // namespace convscope::panels
