#include "core/conv/rungs/pool/plane_windows.h"

#include <algorithm>

#include "core/conv/ceil_div.h"

namespace convscope::conv::rungs {

namespace {

// What the last vector of a row may read past its end.
constexpr std::int64_t kVectorSlack = 16;
constexpr std::int64_t kMostRowBytes = std::int64_t{1} << 19;
constexpr std::int64_t kMostTapsInRow = 64;

}  // namespace

WindowRow::WindowRow(const PlaneWindows& job)
    : stride(job.axes.columns.stride),
      first(job.axes.columns.start(job.area.x)),
      count(job.area.w + (job.axes.columns.reach() - 1) / stride),
      pitch(round_up(count + kVectorSlack, kVectorSlack)),
      ring(job.axes.rows.reach()) {
  for (std::int64_t j = 0; j < job.axes.columns.kernel; ++j) {
    const std::int64_t cell = j * job.axes.columns.dilation;
    auto phase = std::find(phases.begin(), phases.end(), cell % stride);
    if (phase == phases.end()) {
      phase = phases.insert(phases.end(), cell % stride);
    }
    offsets.push_back((phase - phases.begin()) * pitch + cell / stride);
  }
}

InnerWindows inner_windows(const PlaneWindows& job, std::int64_t lanes) {
  const WindowAxis& axis = job.axes.columns;
  if (axis.stride > 2 || (axis.stride == 2 && axis.dilation > 1)) {
    return {};
  }
  const std::int64_t first = axis.start(job.area.x);  // of the area's first window
  const std::int64_t reach = axis.reach() + axis.stride - 1;
  const std::int64_t begin = std::clamp<std::int64_t>(ceil_div(-first, axis.stride), 0, job.area.w);
  const std::int64_t room = axis.size - reach - first;
  const std::int64_t end = room < 0 ? begin : std::clamp(room / axis.stride + 1, begin, job.area.w);
  return {begin, (end - begin) / lanes * lanes};
}

bool window_rows_fit(const PlaneWindows& job) {
  if (job.axes.columns.kernel > kMostTapsInRow) {
    return false;
  }
  const WindowRow row(job);
  const std::int64_t most = kMostRowBytes / static_cast<std::int64_t>(sizeof(double));
  return row.ring <= most / row.values();
}

}  // namespace convscope::conv::rungs
