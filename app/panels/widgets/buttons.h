// Buttons, choices and check boxes.
#pragma once

#include <string>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/panels.h"
#include "app/panels/widgets/icons.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels::widgets {

struct ButtonLook {
  bool on = false;  // a toggle that is on
  bool enabled = true;
  bool primary = false;     // the most important one: filled with the accent colour
  bool underlined = false;  // also on, but secondary
  float size = kRowHeight;
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

}  // namespace convscope::panels::widgets
