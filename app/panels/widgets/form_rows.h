// The rows of a settings form. Each shows one setting and marks it if it is at fault; refusal.h
// explains the reason.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/panels/widgets/number_field.h"

namespace convscope::panels::widgets {

// The form's data: a copy of the settings, and what was done to them this frame.
struct Form {
  const PanelContext& context;
  conv::LayerSpec spec;
  bool flat = false;  // a one-dimensional layer has no heights
  NumberEdit edit = {};
  std::optional<float> fault_y = std::nullopt;  // the middle of the first row at fault

  bool at_fault(std::string_view field) const;
};

// `field` is the setting as PyTorch spells it; "tip." + field explains it.
void number_row(Form& form, const char* field, std::int64_t& value);
// Height and width side by side; only the number at fault is marked.
void pair_row(Form& form, const char* field, conv::Size2 conv::LayerSpec::* size);
void switch_row(Form& form, const char* field, bool& on);
// A checkbox with its own label instead of a field name.
void told_switch(Form& form, const char* field, bool& on, const std::string& words);
void padding_rows(Form& form);
// Padding that is equal on both sides of an axis: all that layers other than convolutions accept.
void even_padding_row(Form& form);
}  // namespace convscope::panels::widgets
