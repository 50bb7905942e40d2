#include "core/conv/explain.h"

#include <cassert>

#include "core/conv/correlate.h"
#include "core/conv/cost_model.h"
#include "core/conv/forward.h"
#include "core/conv/rungs/direct/stencil.h"
#include "core/conv/rungs/fft/fft_plan.h"
#include "core/conv/rungs/winograd/winograd_axis.h"

namespace convscope::conv {

namespace {

std::string_view why_not_direct(const rungs::Windows& windows) {
  return windows.channels > rungs::kMostStencilChannels ? "channels" : "memory";
}

// Of a rung that can't compute it.
std::string_view why_not(Algorithm algorithm, const LayerSpec& spec, const Shape& input) {
  const std::optional<rungs::Windows> windows = correlated_windows(spec, input);
  if (!windows) {
    if (algorithm != Algorithm::kWinograd) {
      return "transposed";
    }
    return rungs::transposed_axes(windows_of(spec, input)) ? "memory" : "taps";
  }
  switch (algorithm) {
    case Algorithm::kAuto:
    case Algorithm::kExact:
    case Algorithm::kGemm:
      break;
    case Algorithm::kDirect:
      return why_not_direct(*windows);
    case Algorithm::kWinograd:
      return rungs::winograd_axes(*windows) ? "memory" : "taps";
    case Algorithm::kFft:
      return windows->stride == Size2{1, 1} ? "memory" : "stride";
    case Algorithm::kSeparable:
      if (windows->channels > 1) {
        return "one_channel";
      }
      return windows->kernel.h == 1 || windows->kernel.w == 1 ? "line" : "rank";
  }
  return "memory";
}

}  // namespace

Explanation explain(const TensorView& weight, const LayerSpec& spec, const Shape& input) {
  assert(has_weight(spec.op) && problems(spec, input).empty());
  Explanation all;
  all.table = *forward_algorithm(weight, spec, input);
  all.model = all.table;
  const bool small = is_small(windows_of(spec, input));
  double least = 0;
  for (const Algorithm algorithm : kAlgorithms) {
    if (algorithm == Algorithm::kAuto) {
      continue;
    }
    Candidate candidate;
    candidate.algorithm = algorithm;
    const std::optional<Cost> cost = cost_of(algorithm, spec, input);
    if (forward_algorithm(weight, spec, input, algorithm) != algorithm || !cost) {
      candidate.why_not = why_not(algorithm, spec, input);
    } else {
      candidate.nanoseconds = cost->nanoseconds();
      candidate.inaccurate =
          algorithm == Algorithm::kWinograd && !winograd_is_accurate(spec, input);
      if (!small && !candidate.inaccurate && (least == 0 || candidate.nanoseconds < least)) {
        least = candidate.nanoseconds;
        all.model = algorithm;
      }
    }
    all.candidates.push_back(candidate);
  }
  return all;
}

}  // namespace convscope::conv
