// The layer's filters as tabs with a small picture of each.
#pragma once

#include <cstdint>

#include "app/panels/panels.h"

namespace convscope::panels {

// Draws those around `shown`; a press shows another one.
void filter_pictures(const PanelContext& context, std::int64_t shown);

// Shows this filter, on the stage too where its map is told cell by cell.
void show_filter(const PanelContext& context, std::int64_t filter);

// The filter whose map grows now.
std::int64_t filter_under_way(const session::Session& session);

}  // namespace convscope::panels
