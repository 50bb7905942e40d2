// What all panels are made of: areas, notes, modal windows, fields and words.
#pragma once

#include <optional>
#include <string>

#include <imgui.h>

#include "app/panels/panels.h"
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

// Draws a ring around the last item, which has the focus.
void ring_on_item(const PanelContext& context);
// Draws a ring around a side panel that has the focus.
void focus_ring(const PanelContext& context, const picture::Rect& area, KeyFocus panel);

// A thin line between two panels.
void edge_line(const PanelContext& context, picture::Point from, picture::Point to);

// For a row of buttons and words whose tops are at `y`, whatever their heights.
// Continues the row, `gap` after the last item.
void next_in_row(float y, float gap);
// Moves down so that an item of this height is centred in the row. `row`: the height of its
// buttons, at scale 1.
inline constexpr float kRowHeight = 32;
void center_in_row(const PanelContext& context, float height, float row = kRowHeight);
void row_text(const PanelContext& context, const std::string& text, float row = kRowHeight);

// A tooltip for the last item, in our font and width, shown after a moment. Wraps.
void tooltip(const PanelContext& context, const std::string& text);

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
