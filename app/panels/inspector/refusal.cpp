#include "app/panels/inspector/refusal.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/session/edit/build_input.h"
#include "core/session/edit/edit.h"

namespace convscope::panels {
namespace {

constexpr float kWrap = 260;
constexpr float kLeastWrap = 90;
constexpr float kBoxPadding = 10;

std::vector<Problem> problems_of(const PanelContext& context) {
  const auto& draft = context.session.transient.draft;
  return draft ? draft->problems
               : session::input_problems(context.session, *context.ui.building.refused_size,
                                         session::Mend::kNone);
}

std::string sentences(const PanelContext& context) {
  std::string all;
  for (const Problem& problem : problems_of(context)) {
    all += (all.empty() ? "" : "\n") + context.locale.sentence(problem);
  }
  return all;
}

// What would make the draft possible.
struct MendOffer {
  std::string words;
  session::Action action;
};

std::string in_channels_words(std::int64_t channels) {
  return "in_channels = " + std::to_string(channels);
}

std::vector<MendOffer> offers_for_input(const PanelContext& context, const Shape& shape) {
  using session::Mend;
  if (!session::input_problems(context.session, shape, Mend::kLayers).empty()) {
    return {};
  }
  return {{in_channels_words(shape.c),
           session::action::SetInputSize{shape.c, shape.h, shape.w, Mend::kLayers}}};
}

std::vector<MendOffer> offers_for_spec(const PanelContext& context, const conv::LayerSpec& spec) {
  using session::Mend;
  const session::Session& session = context.session;
  std::vector<MendOffer> offers;
  if (session::spec_problems(session, spec, Mend::kInput).empty()) {
    offers.push_back({context.locale.text("panel.mend_input", {{"channels", spec.in_channels}}),
                      session::action::SetSpec{spec, true, Mend::kInput}});
  }
  conv::LayerSpec fitting = spec;
  fitting.in_channels = lesson::layer_input_shape(session::scene_of(session), session.look.layer).c;
  if (fitting.in_channels != spec.in_channels && session::spec_problems(session, fitting).empty()) {
    offers.push_back(
        {in_channels_words(fitting.in_channels), session::action::SetSpec{fitting, true}});
  }
  if (session::spec_problems(session, spec, Mend::kLayers).empty()) {
    offers.push_back({context.locale.text("panel.mend_layers"),
                      session::action::SetSpec{spec, true, Mend::kLayers}});
  }
  return offers;
}

std::vector<MendOffer> offers_of(const PanelContext& context) {
  const auto& draft = context.session.transient.draft;
  return draft ? offers_for_spec(context, draft->spec)
               : offers_for_input(context, *context.ui.building.refused_size);
}

void draw_offers(const PanelContext& context, const std::vector<MendOffer>& offers) {
  for (const MendOffer& offer : offers) {
    if (widgets::plain_button(context, offer.words, context.locale.text("tip.mend"))) {
      context.emit(offer.action);
    }
  }
}

}  // namespace

void refusal(const PanelContext& context, picture::Point anchor) {
  const widgets::FontScope font(context.fonts.small);
  const std::string words = sentences(context);
  const std::string& back = context.locale.text("panel.back");
  const float pad = context.em(kBoxPadding);
  const float gap = context.em(8);
  const float room = anchor.x - 2 * gap - 2 * pad - gap - widgets::choice_width(back);
  const float wrap = std::clamp(room, context.em(kLeastWrap), context.em(kWrap));
  const std::vector<MendOffer> offers = offers_of(context);
  const float height = ImGui::CalcTextSize(words.c_str(), nullptr, false, wrap).y + 2 * pad +
                       context.em(4) +
                       static_cast<float>(offers.size()) * ImGui::GetFrameHeightWithSpacing();
  const float lowest = ImGui::GetIO().DisplaySize.y - height;
  const float y = std::max(0.0f, std::min(anchor.y - pad - ImGui::GetTextLineHeight() / 2, lowest));
  ImGui::SetNextWindowPos({anchor.x - gap, y}, ImGuiCond_Always, {1, 0});
  widgets::begin_note(context, "refusal",
                      {.padding = {kBoxPadding, kBoxPadding}, .border = context.palette.warning});
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + wrap);
  ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(context.palette.warning));
  ImGui::TextUnformatted(words.c_str());
  ImGui::PopStyleColor();
  ImGui::PopTextWrapPos();
  ImGui::SameLine(0, gap);
  const bool pressed = ImGui::SmallButton(back.c_str());
  if (widgets::focus_stop(context) || pressed) {
    context.ui.building.refused_size.reset();
    context.emit(session::action::DropDraft{});
  }
  widgets::tooltip(context, context.locale.text("panel.back_to_good") + "\n" +
                                tooltip_text(Command::kClose, context.locale));
  draw_offers(context, offers);
  ImGui::End();
}

}  // namespace convscope::panels
