// The layer's filters: which one, well-known ones in its place, and what can be done to it.
#pragma once

#include <cstdint>
#include <span>

#include "app/panels/panels.h"

namespace convscope::panels {

void filter_tab(const PanelContext& context);

// The filter that the inspector is about: the chosen one, else the one whose map grows now.
std::int64_t shown_filter(const PanelContext& context);

// Whether the layer on stage has filters that a preset can take the place of.
bool takes_preset(const PanelContext& context, lesson::FilterKind kind);
void choose_preset(const PanelContext& context, lesson::FilterKind kind);

struct TransformChoice {
  lesson::FilterTransform how;
  const char* name;  // below "panel." and "tip." in the locale
};
std::span<const TransformChoice> transform_choices();
bool takes_transform(const PanelContext& context, lesson::FilterTransform how);
void transform_shown(const PanelContext& context, lesson::FilterTransform how);

}  // namespace convscope::panels
