// The first-run tour: one hint at a time on the real stage, each gone for good once its thing was
// done.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "app/panels/ui_state.h"

namespace convscope::panels {

enum class Hint { kPlay, kMapCell, kPoint, kEdit, kViews };

// In the order of the tour; the words are those of the settings and, below "hint.", of the locale.
inline constexpr std::array<std::string_view, 5> kHintNames = {"play", "map_cell", "point", "edit",
                                                               "views"};

// The welcome counts as one more: it comes once by itself.
inline constexpr std::string_view kWelcomed = "welcome";

bool is_done(const UiState& ui, std::string_view hint);
void mark_done(UiState& ui, std::string_view hint);
inline void mark_done(UiState& ui, Hint hint) {
  mark_done(ui, kHintNames[static_cast<std::size_t>(hint)]);
}

// The one that shows; nothing after the last and where there is no tour.
std::optional<Hint> current_hint(const UiState& ui);

// Without any, or all once more.
void end_tour(UiState& ui);
void restart_tour(UiState& ui);

}  // namespace convscope::panels
