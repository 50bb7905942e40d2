// The basic controls that all panels use.
#pragma once

#include <optional>
#include <string>

#include <imgui.h>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/panels.h"
#include "app/panels/widgets/icons.h"
#include "app/panels/widgets/style.h"

namespace convscope::panels::widgets {

// Adds the last item to the Tab order and draws a ring around it if it has the focus. Returns
// whether Enter pressed it.
bool focus_stop(const PanelContext& context);
// The same for a text field, where Enter starts typing: call one before and the other after it is
// drawn.
void give_field_focus(const PanelContext& context, const char* id);
void mark_field_focus(const PanelContext& context, const char* id);

// A window without decorations that fills `area`. Always pair with end_area().
// `above`: over other areas, since Dear ImGui draws areas that never come to the front below all
// others.
void begin_area(const char* id, const picture::Rect& area, bool padded = true, bool above = false);
void end_area();

// Draws a ring around a side panel that has the focus.
void focus_ring(const PanelContext& context, const picture::Rect& area, KeyFocus panel);

// A thin line between two panels.
void edge_line(const PanelContext& context, picture::Point from, picture::Point to);

// For a row of buttons and words whose tops are at `y`, whatever their heights.
// Continues the row, `gap` after the last item.
void next_in_row(float y, float gap);
// Moves down so that an item of this height is centred in the row.
void center_in_row(const PanelContext& context, float height);
void row_text(const PanelContext& context, const std::string& text);

// A tooltip for the last item, in our font and width, shown after a moment. Wraps.
void tooltip(const PanelContext& context, const std::string& text);

struct ButtonLook {
  bool on = false;  // a toggle that is on
  bool enabled = true;
  bool primary = false;     // the most important one: filled with the accent colour
  bool underlined = false;  // also on, but secondary
  float size = 32;
};

// A square button with an icon, or with an icon and a word; true if it was pressed.
bool icon_press(const PanelContext& context, const char* id, Icon icon, const std::string& tip,
                const ButtonLook& look = {}, const std::string& word = "");
// The width of a button of this size with its word, which may be empty.
float worded_width(const PanelContext& context, const std::string& word, float size);
// One choice of several; true if it was pressed and not chosen before. `width` 0: as wide as the
// words; words that don't fit are truncated.
bool choice_button(const PanelContext& context, const char* id, const std::string& words,
                   bool chosen, const std::string& tip, float width = 0);
float choice_width(const std::string& words);

// A framed text button, for forms and dialogs.
bool plain_button(const PanelContext& context, const std::string& words,
                  const std::string& tip = "");
// A checkbox with a label; true if it was changed.
bool check_box(const PanelContext& context, const std::string& label, bool& on);
// A button in the accent colour, which Enter presses too.
bool primary_button(const PanelContext& context, const std::string& words);

// Buttons that run a command, with its name and keys as a tooltip.
void icon_button(const PanelContext& context, Icon icon, Command command,
                 const ButtonLook& look = {});
float text_button_width(const PanelContext& context, const std::string& text);
void text_button(const PanelContext& context, const std::string& text, Command command,
                 const ButtonLook& look = {});

// A dropdown list; call end_dropdown() if it returned true. Esc closes it.
bool begin_dropdown(const PanelContext& context, const char* id, const char* shown,
                    ImGuiComboFlags flags = 0);
// The choice at `index`; true if it was chosen, by a click or with the arrows and Enter.
bool dropdown_item(const PanelContext& context, int index, const std::string& words, bool chosen);
void end_dropdown(const PanelContext& context, int count);
// A menu of dropdown items that open_menu() has opened, its right upper corner at `corner`; call
// end_menu() if it returned true.
void open_menu(const char* id);
bool begin_menu(const PanelContext& context, const char* id, ImVec2 corner);
void end_menu(const PanelContext& context, int count);
// By how many rows the arrows and the page keys move on in this frame.
int list_step(int page);

// A small window that fits its text and takes no keys: place it with SetNextWindowPos() before, and
// call ImGui::End() after it. Sizes at scale 1.
struct NoteLook {
  ImVec2 padding = {14, 8};  // in em()
  float rounding = 6;        // in px(), like the line
  float line = 1;
  std::optional<picture::Rgba> border = std::nullopt;  // default: as for all windows
  std::optional<picture::Rgba> ground = std::nullopt;
};
void begin_note(const PanelContext& context, const char* id, const NoteLook& look = {});

// A window over everything else, which is dimmed, while `wanted`. Call it every frame, and call
// end_modal() if it returned true.
bool begin_modal(const PanelContext& context, const char* id, const picture::Rect& window,
                 bool wanted);
void end_modal();

// A single-line text field for a string of any length.
bool text_field(const char* id, std::string& text, ImGuiInputTextFlags flags = 0,
                bool* tab_pressed = nullptr);

// The same with several lines.
void text_area(const char* id, std::string& text, float width, float height);

// A line of small dim text, wrapped to the remaining width.
void dim_text(const PanelContext& context, const std::string& text);
void warning_text(const PanelContext& context, const std::string& text);
// Call at the end of a scrolling child: fades its content into the panel where it is cut off.
void fade_cut_edges(const PanelContext& context);
// A small heading with space above it. `beside`: centred beside a button of this size.
void heading(const PanelContext& context, const std::string& text, float beside = 0);

}  // namespace convscope::panels::widgets
