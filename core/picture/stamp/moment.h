// What one frame shows of a transposed convolution that is stepped by its input cells ("stamp and
// add"). Pure choreography and arithmetic, no coordinates.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/conv/conv_transpose2d.h"
#include "core/derive/derived.h"
#include "core/session/session.h"

namespace convscope::picture::stamp {

struct StampMoment {
  bool started = false;  // false: the empty map, the frame waits on the first cell
  conv::Stamp stamp;     // of the current input cell, or of the first one
  double y = 0;          // of the frame around the active input cell, on its way
  double x = 0;
  bool arrived = true;
  std::int64_t terms_shown = 0;   // products made so far, in the stamp's order
  std::int64_t active_map = -1;   // the map of the group being stamped, -1: none in particular
  std::int64_t active_term = -1;  // the product being made, -1: none in particular
  double flight = -1;             // 0..1 of the stamp's way into the map; -1 before and after
  bool landed = false;            // the stamp is added
  std::int64_t added = 0;         // stamps in the map
  bool complete = false;          // all of them, and the bias
};

// nullopt when the layer has no input yet.
std::optional<StampMoment> stamp_moment_of(const session::Session& session,
                                           const derive::LayerResult& layer);

// The map as it stands: sums of the stamps that have landed, at last with the bias (N, K, OH, OW).
// Maps that would take too long to add up in every frame are shown complete from the start.
Tensor stamp_sums(const derive::LayerResult& layer, const StampMoment& moment);

// How many of the first `stamps` stamps have added to each cell of a map of batch `n` that the
// channels of `channel`'s group write to: (1, 1, OH, OW).
Tensor stamp_counts(const derive::LayerResult& layer, std::int64_t n, std::int64_t channel,
                    std::int64_t stamps);

// The cells of the full result that are no part of the output, and those that no stamp can reach.
struct StampBorder {
  conv::Pads cut;         // by padding, on each side
  std::int64_t rows = 0;  // added at the bottom by output_padding
  std::int64_t columns = 0;
};
StampBorder stamp_border(const derive::LayerResult& layer);

// An input cell that has added (or will) to an output cell, and the weight that it met there.
struct StampSource {
  Index input_at;
  Index weight_at;
};
// Of the output cell at `at`, in the order of their stamps.
std::vector<StampSource> stamp_sources(const derive::LayerResult& layer, const Index& at);

}  // namespace convscope::picture::stamp
