// The few controls that every panel is made of.
#pragma once

#include <optional>
#include <string>

#include <imgui.h>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/panels.h"
#include "app/panels/widgets/icons.h"
#include "app/panels/widgets/style.h"

namespace convscope::panels::widgets {

// The last item takes part in the order of Tab: it has a ring while it has the keyboard. Whether
// Enter pressed it.
bool focus_stop(const PanelContext& context);
// The same for a field that is about to be drawn; Enter starts typing in it; and when it was drawn.
void give_field_focus(const PanelContext& context, const char* id);
void mark_field_focus(const PanelContext& context, const char* id);

// A window without decorations that fills `area`. Always pair with end_area().
// `above`: over other areas, as Dear ImGui puts an area that never comes to the front below all.
void begin_area(const char* id, const picture::Rect& area, bool padded = true, bool above = false);
void end_area();

// Around a side panel that has the keyboard.
void focus_ring(const PanelContext& context, const picture::Rect& area, KeyFocus panel);

// A thin line between two panels.
void edge_line(const PanelContext& context, picture::Point from, picture::Point to);

// A row of buttons and words whose tops stand at `y`, whatever their heights.
// Goes on in the row, `gap` behind the last item.
void next_in_row(float y, float gap);
// Moves down so that something `height` tall stands in the middle of the row.
void center_in_row(const PanelContext& context, float height);
void row_text(const PanelContext& context, const std::string& text);

// A tooltip on the last item, in our type and measure, after a moment's rest. Wraps.
void tooltip(const PanelContext& context, const std::string& text);

struct ButtonLook {
  bool on = false;  // a switch that is on
  bool enabled = true;
  bool primary = false;     // the one that matters most: filled with the accent
  bool underlined = false;  // on too, but second
  float size = 32;
};

// A square button with an icon, or with an icon and a word; true when it was pressed.
bool icon_press(const PanelContext& context, const char* id, Icon icon, const std::string& tip,
                const ButtonLook& look = {}, const std::string& word = "");
// How wide a button of this size is with its word, which may be empty.
float worded_width(const PanelContext& context, const std::string& word, float size);
// Words that are one choice of several; true when they were pressed and not chosen before. `width`
// 0: as wide as the words; words that have no room are cut.
bool choice_button(const PanelContext& context, const char* id, const std::string& words,
                   bool chosen, const std::string& tip, float width = 0);
float choice_width(const std::string& words);

// Words with a frame, for forms and dialogs.
bool plain_button(const PanelContext& context, const std::string& words,
                  const std::string& tip = "");
// A box before words that is on or off; true when it was changed.
bool check_box(const PanelContext& context, const std::string& label, bool& on);
// Words on the accent: what Enter does too.
bool primary_button(const PanelContext& context, const std::string& words);

// Buttons that run a command, with its name and keys as a tooltip.
void icon_button(const PanelContext& context, Icon icon, Command command,
                 const ButtonLook& look = {});
float text_button_width(const PanelContext& context, const std::string& text);
void text_button(const PanelContext& context, const std::string& text, Command command,
                 const ButtonLook& look = {});

// A list of choices that falls open; end_dropdown() when it returned true. Esc closes it.
bool begin_dropdown(const PanelContext& context, const char* id, const char* shown,
                    ImGuiComboFlags flags = 0);
// The choice at place `index`; true when it was taken, by a click or with the arrows and Enter.
bool dropdown_item(const PanelContext& context, int index, const std::string& words, bool chosen);
void end_dropdown(const PanelContext& context, int count);

// A small window as large as its words, which takes no keys: place it with SetNextWindowPos()
// before, ImGui::End() after it. Sizes at scale 1.
struct NoteLook {
  ImVec2 padding = {14, 8};  // in em()
  float rounding = 6;        // in px(), as the line
  float line = 1;
  std::optional<picture::Rgba> border = std::nullopt;  // else as all windows
  std::optional<picture::Rgba> ground = std::nullopt;
};
void begin_note(const PanelContext& context, const char* id, const NoteLook& look = {});

// A window over everything else, with the rest dimmed, while it is `wanted`. Call it every frame,
// and end_modal() when it returned true.
bool begin_modal(const PanelContext& context, const char* id, const picture::Rect& window,
                 bool wanted);
void end_modal();

// A field of one line on a string of any length.
bool text_field(const char* id, std::string& text, ImGuiInputTextFlags flags = 0,
                bool* tab_pressed = nullptr);

// The same of several lines.
void text_area(const char* id, std::string& text, float width, float height);

// A line of dim small text, wrapped to the width that is left.
void dim_text(const PanelContext& context, const std::string& text);
void warning_text(const PanelContext& context, const std::string& text);
// At the end of a scrolling child: where its content is cut off it fades into the panel.
void fade_cut_edges(const PanelContext& context);
// A small heading with space above it.
void heading(const PanelContext& context, const std::string& text);

}  // namespace convscope::panels::widgets
