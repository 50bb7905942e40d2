// The chain of layers above the stage, with the shapes between them.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

// What layer `at` reads, or behind the last one the map: "3×32×32"; a signal has no height. "1×?×?"
// behind a layer whose scene asks for the size of its map.
std::string extent_text(const session::Session& session, std::int64_t at);

void layer_strip(const PanelContext& context, const picture::Rect& area);

}  // namespace convscope::panels
