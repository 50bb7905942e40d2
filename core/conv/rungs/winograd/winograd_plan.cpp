#include "core/conv/rungs/winograd/winograd_plan.h"

#include <utility>

#include "core/conv/rungs/winograd/winograd_scratch.h"

namespace convscope::conv::rungs {

std::optional<WinogradPlan> winograd_plan(const Windows& windows,
                                          const std::optional<WinogradAxes>& axes) {
  if (!axes) {
    return std::nullopt;
  }
  return largest_plan(windows, [&](std::int64_t tiles) {
    WinogradPlan plan(windows, *axes, tiles);
    plan.by_panels = plan.by_panels && plan.room(most_scratch(windows)) > 0;
    return plan;
  });
}

Windows windows_of_transpose(Windows windows) {
  std::swap(windows.channels, windows.filters);
  std::swap(windows.input, windows.output);
  return windows;
}

}  // namespace convscope::conv::rungs
