#include "tests/bench/workload_bench/choices.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <string_view>

#include "core/conv/algorithm.h"
#include "core/conv/forward.h"
#include "tests/bench/workload_bench/layer_run.h"
#include "tests/bench/workload_bench/measure.h"

namespace convscope::bench {

namespace {

// The exact rung takes seconds for larger layers, and is not meant for them.
constexpr std::int64_t kMostExactWork = std::int64_t{1} << 21;

double nanoseconds(LayerRun& layer, conv::Algorithm algorithm, double budget_ms) {
  return measure([&] { layer.compute({.algorithm = algorithm, .threads = 1}); }, 1, budget_ms)
      .median_ns;
}

}  // namespace

void print_choices(std::span<const Workload> workloads, double budget_ms) {
  std::puts("workload,chosen,ns,fastest,ns,regret");
  double sum = 0;
  double worst = 0;
  for (const Workload& workload : workloads) {
    LayerRun layer(workload);
    const std::string_view chosen = layer.rung(conv::Algorithm::kAuto);
    const double time = nanoseconds(layer, conv::Algorithm::kAuto, budget_ms);
    double least = time;
    std::string_view fastest = chosen;
    for (const conv::Algorithm algorithm : conv::kAlgorithms) {
      const std::string_view name = conv::name_of(algorithm);
      const bool too_slow = algorithm == conv::Algorithm::kExact &&
                            conv::work_count(workload.spec, workload.input) > kMostExactWork;
      if (algorithm == conv::Algorithm::kAuto || name == chosen || too_slow ||
          layer.rung(algorithm) != name) {
        continue;
      }
      if (const double other = nanoseconds(layer, algorithm, budget_ms); other < least) {
        least = other;
        fastest = name;
      }
    }
    std::printf("%s,%s,%.0f,%s,%.0f,%.2f\n", workload.name.c_str(), std::string(chosen).c_str(),
                time, std::string(fastest).c_str(), least, time / least);
    std::fflush(stdout);
    sum += time / least;
    worst = std::max(worst, time / least);
  }
  if (!workloads.empty()) {
    std::printf("mean regret %.3f, worst %.2f\n", sum / static_cast<double>(workloads.size()),
                worst);
  }
}

}  // namespace convscope::bench
