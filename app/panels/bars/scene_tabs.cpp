#include "app/panels/bars/scene_tabs.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

constexpr float kTabGap = 2;
constexpr float kBefore = 10;
constexpr float kLeastName = 96;
constexpr float kStepper = 116;

struct Tab {
  std::int64_t scene = 0;
  std::string words;
  float width = 0;
};

// The title of a scene, or the lesson's if it has none.
std::string name_of(const session::Session& session, std::int64_t scene) {
  const auto place = static_cast<std::size_t>(scene);
  const std::string& title =
      session.document.lesson->scenes[place]->title.in(session.look.language);
  return !title.empty() ? title : session.document.lesson->title.in(session.look.language);
}

// All scenes: the current one with its name, the others with name or number.
std::vector<Tab> tabs_of(const session::Session& session, bool named) {
  std::vector<Tab> tabs;
  for (std::int64_t i = 0; i < std::ssize(session.document.lesson->scenes); ++i) {
    const bool by_name = named || i == session.look.scene;
    std::string words = by_name ? name_of(session, i) : std::to_string(i + 1);
    const float width = std::ceil(widgets::choice_width(words));
    tabs.push_back({i, std::move(words), width});
  }
  return tabs;
}

float width_of(const PanelContext& context, const std::vector<Tab>& tabs) {
  float total = context.em(kTabGap) * static_cast<float>(tabs.size() - 1);
  for (const Tab& tab : tabs) {
    total += tab.width;
  }
  return total;
}

// Shortens the current name, down to a minimum; returns whether the tabs then fit.
bool squeeze(const PanelContext& context, std::vector<Tab>& tabs, float room) {
  const float total = width_of(context, tabs);
  Tab& current = tabs[static_cast<std::size_t>(context.session.look.scene)];
  const float least = std::min(current.width, context.em(kLeastName));
  const float cut = std::clamp(total - room, 0.0f, current.width - least);
  current.width -= cut;
  return total - cut <= room;
}

// Shortens the longest names to a common width at which all fit; returns whether they do.
bool shorten(const PanelContext& context, std::vector<Tab>& tabs, float room) {
  const std::vector<Tab> whole = tabs;
  for (float most = context.em(4 * kLeastName); most >= context.em(kLeastName);
       most -= context.em(4)) {
    for (std::size_t i = 0; i < tabs.size(); ++i) {
      tabs[i].width = std::min(whole[i].width, std::floor(most));
    }
    if (width_of(context, tabs) <= room) {
      return true;
    }
  }
  return false;
}

std::string tip_of(const PanelContext& context, std::int64_t scene) {
  const lesson::Locale& locale = context.locale;
  return name_of(context.session, scene) + "\n" + tooltip_text(Command::kPreviousScene, locale) +
         "\n" + tooltip_text(Command::kNextScene, locale);
}

void draw_tabs(const PanelContext& context, const std::vector<Tab>& tabs, float y) {
  for (const Tab& tab : tabs) {
    widgets::next_in_row(y, context.em(tab.scene == 0 ? kBefore : kTabGap));
    widgets::center_in_row(context, ImGui::GetFrameHeight());
    const bool current = tab.scene == context.session.look.scene;
    if (widgets::choice_button(context, ("scene" + std::to_string(tab.scene)).c_str(), tab.words,
                               current, tip_of(context, tab.scene), tab.width)) {
      context.emit(session::action::SetScene{tab.scene});
    }
  }
}

// "‹ 3 of 15 Title ›"
void draw_stepper(const PanelContext& context, float y, float room) {
  const session::Session& session = context.session;
  const std::int64_t scenes = std::ssize(session.document.lesson->scenes);
  const widgets::ButtonLook back{.enabled = session.look.scene > 0, .size = 26};
  const widgets::ButtonLook onward{.enabled = session.look.scene + 1 < scenes, .size = 26};
  widgets::next_in_row(y, context.em(kBefore));
  widgets::center_in_row(context, std::round(context.em(back.size)));
  widgets::icon_button(context, widgets::Icon::kBack, Command::kPreviousScene, back);
  const std::string words = context.locale.text(
      "panel.scene_place", {{"scene", session.look.scene + 1}, {"scenes", scenes}});
  const std::string whole = words + "   " + name_of(session, session.look.scene);
  const float left = room - 2 * std::round(context.em(back.size));
  const float width =
      std::max(widgets::choice_width(words), std::min(widgets::choice_width(whole), left));
  widgets::next_in_row(y, 0);
  widgets::center_in_row(context, ImGui::GetFrameHeight());
  widgets::choice_button(context, "scene", whole, true, tip_of(context, session.look.scene), width);
  widgets::next_in_row(y, 0);
  widgets::center_in_row(context, std::round(context.em(onward.size)));
  widgets::icon_button(context, widgets::Icon::kOnward, Command::kNextScene, onward);
}

}  // namespace

float named_scenes_width(const PanelContext& context) {
  if (context.session.document.lesson->scenes.size() < 2) {
    return 0;
  }
  std::vector<Tab> tabs = tabs_of(context.session, true);
  for (Tab& tab : tabs) {
    tab.width = std::min(tab.width, context.em(kLeastName));
  }
  return context.em(kBefore) + width_of(context, tabs);
}

float scene_stepper_width(const PanelContext& context) {
  return context.session.document.lesson->scenes.size() < 2 ? 0 : context.em(kBefore + kStepper);
}

void scene_tabs(const PanelContext& context, float y, float room) {
  if (context.session.document.lesson->scenes.size() < 2) {
    return;
  }
  room -= context.em(kBefore);
  std::vector<Tab> tabs = tabs_of(context.session, true);
  if (width_of(context, tabs) <= room || shorten(context, tabs, room)) {
    return draw_tabs(context, tabs, y);
  }
  tabs = tabs_of(context.session, false);
  if (squeeze(context, tabs, room)) {
    return draw_tabs(context, tabs, y);
  }
  draw_stepper(context, y, room);
}

}  // namespace convscope::panels
