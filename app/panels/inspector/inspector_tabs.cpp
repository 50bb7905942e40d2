#include "app/panels/inspector/inspector_tabs.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/lesson/views.h"

namespace convscope::panels {
namespace {

struct TabName {
  InspectorTab tab;
  const char* name;  // below "panel." in the locale
  const char* tip;   // below "tip."
};

std::vector<TabName> tabs_of(const session::Session& session) {
  std::vector<TabName> tabs = {{InspectorTab::kInput, "tab_input", "tab_input"},
                               {InspectorTab::kFilter, "tab_filter", "tab_filter"},
                               {InspectorTab::kLayer, "tab_layer", "tab_layer"},
                               {InspectorTab::kMap, "tab_map", "tab_map"},
                               {InspectorTab::kTexts, "tab_texts", "tab_texts"}};
  if (lesson::counts_steps(session.look.view)) {
    tabs.push_back({InspectorTab::kTraining, "tab_training", "tab_training"});
  }
  return tabs;
}

// The training comes with its view and goes with it.
void follow_view(const PanelContext& context) {
  Building& building = context.ui.building;
  const bool trains = lesson::counts_steps(context.session.look.view);
  if (trains && !building.trained) {
    building.tab = InspectorTab::kTraining;
  } else if (!trains && building.tab == InspectorTab::kTraining) {
    building.tab = InspectorTab::kLayer;
  }
  building.trained = trains;
}

const std::string& word_of(const PanelContext& context, const TabName& tab) {
  return context.locale.text(std::string("panel.") + tab.name);
}

// What is left of the width beside the words of these tabs.
float slack_of(const PanelContext& context, std::span<const TabName> tabs, float gap) {
  float slack = ImGui::GetContentRegionAvail().x - gap * static_cast<float>(tabs.size() - 1);
  for (const TabName& tab : tabs) {
    slack -= widgets::choice_width(word_of(context, tab));
  }
  return slack;
}

void draw_row(const PanelContext& context, std::span<const TabName> tabs, float gap) {
  const float slack = slack_of(context, tabs, gap) / static_cast<float>(tabs.size());
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    const std::string& name = word_of(context, tabs[i]);
    if (i > 0) {
      ImGui::SameLine(0, gap);
    }
    if (widgets::choice_button(context, tabs[i].name, name, context.ui.building.tab == tabs[i].tab,
                               context.locale.text(std::string("tip.") + tabs[i].tip),
                               std::max(1.0f, widgets::choice_width(name) + slack))) {
      context.ui.building.tab = tabs[i].tab;
    }
  }
}

}  // namespace

void inspector_tabs(const PanelContext& context) {
  follow_view(context);
  const widgets::FontScope font(context.fonts.small);
  const std::vector<TabName> all = tabs_of(context.session);
  const std::span<const TabName> tabs = all;
  const float gap = context.em(2);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      {context.em(4), ImGui::GetStyle().FramePadding.y});
  if (slack_of(context, tabs, gap) >= 0) {
    draw_row(context, tabs, gap);
  } else {  // no word is cut
    const std::size_t half = (tabs.size() + 1) / 2;
    draw_row(context, tabs.first(half), gap);
    draw_row(context, tabs.subspan(half), gap);
  }
  ImGui::PopStyleVar();
}

void show_tab(const PanelContext& context, InspectorTab tab) {
  context.ui.building.tab = tab;
  if (!context.inspector_shown) {
    context.ui.inspector_open = true;
  }
}

std::optional<InspectorTab> caption_at(const PanelContext& context, picture::Point point) {
  const std::string& input = session::scene_of(context.session).input_name;
  const auto names = [](std::string_view text, std::string_view name) {
    return text == name || (text.starts_with(name) && text.substr(name.size()).starts_with(" ("));
  };
  for (const picture::Record& record : context.stage.records) {
    const auto* text = std::get_if<picture::Text>(&record);
    if (text == nullptr || text->font == picture::Font::kSans) {
      continue;  // what explains a caption
    }
    // Letters are about 0.6 em wide.
    const float width = 0.6f * text->size * static_cast<float>(text->text.size());
    const float left = text->at.x - (text->align == picture::Align::kLeft     ? 0
                                     : text->align == picture::Align::kCenter ? width / 2
                                                                              : width);
    const picture::Rect area = {left, text->at.y - text->size, width, 1.3f * text->size};
    if (!area.contains(point)) {
      continue;
    }
    if (names(text->text, input) || names(text->text, "x")) {
      return InspectorTab::kInput;
    }
    if (names(text->text, "weight")) {
      return InspectorTab::kFilter;
    }
    if (names(text->text, "out")) {
      return InspectorTab::kMap;
    }
  }
  return std::nullopt;
}

}  // namespace convscope::panels
