// The layer's filters as tabs with a small picture of each.
#pragma once

#include <cstdint>

#include "app/panels/panels.h"

namespace convscope::panels {

// Draws those around `shown`; a press shows another one.
void filter_pictures(const PanelContext& context, std::int64_t shown);

// The weights as the stage shows them, with the edits; empty while they are on their way.
Tensor filters_on_stage(const PanelContext& context);

// What was chosen among the filters of the layer on stage.
FilterChoice& filter_choice(const PanelContext& context);
void choose_filter(const PanelContext& context, std::int64_t filter);

// Chooses this filter and shows it, on the stage too where its map is told cell by cell.
void show_filter(const PanelContext& context, std::int64_t filter);

// The filter whose map grows now.
std::int64_t filter_under_way(const session::Session& session);

}  // namespace convscope::panels
