#include "core/session/cell_under_way.h"

#include <algorithm>

#include "core/conv/analysis/step.h"
#include "core/lesson/views.h"

namespace convscope::session {

std::optional<Index> cell_under_way(const Session& session) {
  const Shape map = lesson::layer_output_shape(scene_of(session), session.look.layer);
  if (map.count() == 0 || lesson::counts_steps(session.look.view) || is_scatter_add(session)) {
    return std::nullopt;
  }
  const Beat beat = beat_at(timeline_of(session), session.clock.frame);
  return conv::output_index(map, std::clamp<std::int64_t>(beat.position, 0, map.count() - 1));
}

}  // namespace convscope::session
