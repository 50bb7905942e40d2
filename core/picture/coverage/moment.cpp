#include "core/picture/coverage/moment.h"

#include <algorithm>

#include "core/conv/operators/operator.h"
#include "core/picture/kit/ease.h"

namespace convscope::picture::coverage {

namespace {

constexpr double kArrives = 0.2;  // of the first part's time

}  // namespace

std::optional<CoverageMoment> coverage_moment_of(const session::Session& session,
                                                 const derive::LayerResult& layer) {
  CoverageMoment moment;
  moment.scatter_add =
      session::is_scatter_add(session) && conv::operator_of(layer.spec.op).transposed();
  const Shape& plane = moment.scatter_add ? layer.input.shape() : layer.output_shape;
  moment.total = plane.h * plane.w;
  if (layer.input.empty() || layer.output_shape.count() <= 0 || moment.total <= 0) {
    return std::nullopt;
  }
  const session::Timeline timeline =
      moment.scatter_add
          ? session::stamp_timeline(layer.spec, plane.count(), session.clock.granularity)
          : session::timeline_of(layer.spec, plane.count(), session.clock.granularity);
  const session::Beat beat = session::beat_at(timeline, session.clock.frame);
  moment.started = beat.position >= 0;
  const std::int64_t position = std::max<std::int64_t>(beat.position, 0) % moment.total;
  moment.row = position / plane.w;
  moment.column = position % plane.w;
  moment.y = static_cast<double>(moment.row);
  moment.x = static_cast<double>(moment.column);
  const bool settled = !moment.started || beat.finished || beat.part > 0;
  const double way = settled ? 1 : std::clamp(beat.progress / kArrives, 0.0, 1.0);
  moment.arrived = way >= 1;
  moment.counted = moment.started ? position + (moment.arrived ? 1 : 0) : 0;
  if (!moment.arrived && position > 0) {
    const double back = 1 - kit::smooth(way);
    moment.y += back * static_cast<double>((position - 1) / plane.w - moment.row);
    moment.x += back * static_cast<double>((position - 1) % plane.w - moment.column);
  }
  return moment;
}

}  // namespace convscope::picture::coverage
