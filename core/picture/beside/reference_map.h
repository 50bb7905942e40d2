// A map that somebody published, beside ours: each of its cells is held against the value that has
// just been computed.
#pragma once

#include <cstdint>

#include "core/picture/compose.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/step/moment.h"

namespace convscope::picture::beside {

// Whether the scene has a map to compare the layer's with. An edited kernel may give a map of
// another size: then there is nothing to compare.
bool is_claimed(const session::Session& session, const derive::LayerResult& layer);

// A claimed map so far.
struct ReferenceCount {
  std::int64_t compared = 0;
  std::int64_t different = 0;

  bool operator==(const ReferenceCount&) const = default;
};

// Of the map (n, filter), whose first `revealed` cells are computed.
ReferenceCount count_agreement(const Tensor& published, const Tensor& output, std::int64_t n,
                               std::int64_t filter, std::int64_t revealed);

// The width in pixels that the claim takes off a stage of this size; 0 where there is none to show.
// For clocks that count the cells of the map.
float reference_map_width(const kit::Canvas& canvas, const session::Session& session,
                          const derive::LayerResult& layer, const Viewport& viewport);

// Draws the claim into `rect`, in pixels of the picture: the label above the claimed map (n, k) of
// the moment's cell, the count below; its revealed cells ticked or crossed. `moment` is the
// layer's. Needs claim_width() > 0.
void draw_reference_map(kit::Canvas& canvas, const session::Session& session,
                        const derive::LayerResult& layer, const step::Moment& moment,
                        const Rect& rect);

}  // namespace convscope::picture::beside
