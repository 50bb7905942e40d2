// What the command palette offers: commands, views, lessons, filters and settings, found by words
// in any language.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/panels/panels.h"

namespace convscope::panels {

struct PaletteEntry {
  std::string name;        // in the language of the program
  std::string kind = {};   // "Lesson", "Filter"; empty for a command
  std::string keys = {};   // "Ctrl+S"; may be empty
  std::string words = {};  // folded() names in all languages, which typed words are looked for in
  bool enabled = true;
  std::function<void(const PanelContext&)> run = nullptr;
};

std::vector<PaletteEntry> palette_entries(const PanelContext& context);

// The entries that have every word of `typed`, best first: names that begin with it, then words
// that begin with its words, then words that contain them. Equals keep their order.
std::vector<PaletteEntry> found_entries(std::vector<PaletteEntry> entries, std::string_view typed);

// For comparison: lower case in English and Russian, with ё as е.
std::string folded(std::string_view utf8);
// The text of a key of the locale in every language that the program speaks.
std::string folded_in_all_languages(const PanelContext& context, const std::string& key);

}  // namespace convscope::panels
