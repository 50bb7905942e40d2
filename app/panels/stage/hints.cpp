#include "app/panels/stage/hints.h"

#include <algorithm>

namespace convscope::panels {

bool is_done(const UiState& ui, std::string_view hint) {
  return !ui.hints_done || std::ranges::find(*ui.hints_done, hint) != ui.hints_done->end();
}

void mark_done(UiState& ui, std::string_view hint) {
  if (!is_done(ui, hint)) {
    ui.hints_done->emplace_back(hint);
  }
}

std::optional<Hint> current_hint(const UiState& ui) {
  for (std::size_t i = 0; i < kHintNames.size(); ++i) {
    if (!is_done(ui, kHintNames[i])) {
      return static_cast<Hint>(i);
    }
  }
  return std::nullopt;
}

void end_tour(UiState& ui) {
  for (const std::string_view name : kHintNames) {
    mark_done(ui, name);
  }
}

void restart_tour(UiState& ui) { ui.hints_done = {std::string(kWelcomed)}; }

}  // namespace convscope::panels
