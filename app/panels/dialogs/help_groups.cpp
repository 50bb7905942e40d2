#include "app/panels/dialogs/help_groups.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/panels/commands/palette_entries.h"
#include "core/conv/operators/operator.h"

namespace convscope::panels {
namespace {

struct Topic {
  const char* title;
  std::vector<CommandRow> table;
};

// In the order of commands().
const std::array<Topic, 7>& topics() {
  static const std::array<Topic, 7> kTopics = {{{"panel.help_time", time_commands()},
                                                {"panel.help_look", look_commands()},
                                                {"panel.help_stage", stage_commands()},
                                                {"panel.help_document", document_commands()},
                                                {"panel.help_ask", ask_commands()},
                                                {"panel.help_present", present_commands()},
                                                {"panel.help_window", window_commands()}}};
  return kTopics;
}

std::vector<KeyRow> walk_rows(const lesson::Locale& locale) {
  return {{"Tab", "panel.help_tab"},
          {locale.text("shortcut.key_enter"), "panel.help_enter"},
          {"← ↑ → ↓", "panel.help_arrows"}};
}

std::vector<KeyRow> mouse_rows() {
  std::vector<KeyRow> rows;
  for (const char* name :
       {"panel.help_click_output", "panel.help_click_value", "panel.help_drag_value",
        "panel.help_click_pixels", "panel.help_pin", "panel.help_paint", "panel.help_wheel",
        "panel.help_pan", "panel.help_minimap", "panel.help_orbit", "panel.help_drop"}) {
    rows.push_back({"", name});
  }
  return rows;
}

std::vector<KeyRow> setting_rows(const PanelContext& context) {
  std::vector<KeyRow> rows;
  if (!context.empty) {
    const lesson::Layer& layer = session::layer_of(context.session);
    for (const conv::Setting setting :
         conv::operator_of(layer.spec.op).settings_read(layer.one_dimensional)) {
      const std::string name(conv::name_of(setting));
      rows.push_back({name, "tip." + name});
    }
  }
  return rows;
}

bool is_found(const PanelContext& context, const KeyRow& row, std::string_view wanted) {
  if (wanted.empty()) {
    return true;
  }
  const std::string words = folded(row.keys) + " " + folded_in_all_languages(context, row.name);
  while (!wanted.empty()) {
    const std::size_t end = std::min(wanted.find(' '), wanted.size());
    if (words.find(wanted.substr(0, end)) == std::string::npos) {
      return false;
    }
    wanted.remove_prefix(std::min(end + 1, wanted.size()));
  }
  return true;
}

}  // namespace

std::vector<HelpGroup> help_groups(const PanelContext& context, std::string_view typed) {
  const lesson::Locale& locale = context.locale;
  const std::string wanted = folded(typed);
  std::vector<HelpGroup> groups;
  const auto add = [&](const char* title, std::vector<KeyRow> rows) {
    std::erase_if(rows, [&](const KeyRow& row) { return !is_found(context, row, wanted); });
    for (KeyRow& row : rows) {
      row.name = locale.text(row.name);
    }
    if (!rows.empty()) {
      groups.push_back({locale.text(title), std::move(rows)});
    }
  };
  for (const Topic& topic : topics()) {
    add(topic.title, key_rows(topic.table, locale));
  }
  add("panel.help_keyboard", walk_rows(locale));
  add("panel.help_mouse", mouse_rows());
  add("panel.help_settings", setting_rows(context));
  return groups;
}

}  // namespace convscope::panels
