// What one frame of the coverage view shows of the current window (or stamp). Pure
// choreography, no coordinates.
#pragma once

#include <cstdint>
#include <optional>

#include "core/derive/derived.h"
#include "core/session/session.h"

namespace convscope::picture::coverage {

struct CoverageMoment {
  bool scatter_add = false;  // the clock counts input cells; else output cells
  bool started = false;      // false: nothing is counted, the frame waits at its first place
  std::int64_t row = 0;  // of the output cell whose window it is, or of the input cell that stamps
  std::int64_t column = 0;
  double y = 0;  // the same, on the way there
  double x = 0;
  bool arrived = true;
  std::int64_t counted = 0;  // windows (stamps) of this map (channel)
  std::int64_t total = 0;

  bool complete() const { return counted == total; }
};

// Every map counts anew, as its windows lie like the first one's. nullopt when the layer has no
// output or no input yet.
std::optional<CoverageMoment> coverage_moment_of(const session::Session& session,
                                                 const derive::LayerResult& layer);

}  // namespace convscope::picture::coverage
