// What the clipboard can get: the numbers of what is selected, and the scene as a program. The menu
// of the inspector and the palette list the same choices.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/panels/panels.h"
#include "core/code/numbers/number_format.h"

namespace convscope::panels {

struct CopyChoice {
  // Its name in a language.
  std::function<std::string(const lesson::Locale&)> name;
  bool numbers = false;  // of the selected tensor; else the program of the scene
  std::function<void(const PanelContext&)> run;
};

// The numbers first.
std::vector<CopyChoice> copy_choices();

// What the tensor that a tab of the inspector is about is called: words below "numbers." in the
// locale, for a heading and within a sentence.
struct CopiedWords {
  std::string heading;
  std::string within;
};
CopiedWords copied_words(InspectorTab tab);

// The tensor itself; nothing while it is being computed.
std::optional<code::NamedTensor> copied_tensor(const PanelContext& context, InspectorTab tab);

// While a question is open its answer must not be read off the numbers.
bool can_copy(const PanelContext& context);

void copy_numbers(const PanelContext& context, InspectorTab tab, const code::NumberFormat& format);
// The bytes of a file of numbers, its format by its ending: the selected tensor, or all of the
// scene. Nothing, and a notice, where they can't be had.
std::optional<std::string> number_file(const PanelContext& context, const std::string& path);
// The map for a spreadsheet.
void copy_map(const PanelContext& context);

// At the foot of the inspector: the menu of all choices.
void copy_row(const PanelContext& context);

}  // namespace convscope::panels
