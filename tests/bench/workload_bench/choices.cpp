#include "tests/bench/workload_bench/choices.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <string_view>

#include "core/conv/algorithm.h"
#include "core/conv/cost_model.h"
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

bool is_too_slow(const Workload& workload, conv::Algorithm algorithm) {
  return algorithm == conv::Algorithm::kExact &&
         conv::work_count(workload.spec, workload.input) > kMostExactWork;
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
      if (algorithm == conv::Algorithm::kAuto || name == chosen ||
          is_too_slow(workload, algorithm) || layer.rung(algorithm) != name) {
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

void print_costs(std::span<const Workload> workloads, double budget_ms) {
  std::puts("workload;chosen;rung;form;ns;predicted;call,vectors,cells,weights,results,rows,far");
  for (const Workload& workload : workloads) {
    if (workload.kind != Kind::kForward && workload.kind != Kind::kTransposed) {
      continue;
    }
    LayerRun layer(workload);
    const std::string chosen(layer.rung(conv::Algorithm::kAuto));
    for (const conv::Algorithm algorithm : conv::kAlgorithms) {
      if (algorithm == conv::Algorithm::kSeparable) {
        layer.make_separable();  // the last one: no other is measured with these weights
      }
      const std::string name(conv::name_of(algorithm));
      const auto cost = conv::cost_of(algorithm, workload.spec, workload.input);
      if (!cost || is_too_slow(workload, algorithm) || layer.rung(algorithm) != name) {
        continue;
      }
      const bool inaccurate = algorithm == conv::Algorithm::kWinograd &&
                              !conv::winograd_is_accurate(workload.spec, workload.input);
      std::printf("%s;%s;%s%s;%s;%.0f;%.0f;", workload.name.c_str(), chosen.c_str(), name.c_str(),
                  inaccurate ? "!" : "", std::string(conv::name_of(cost->form)).c_str(),
                  nanoseconds(layer, algorithm, budget_ms), cost->nanoseconds());
      for (std::size_t i = 0; i < cost->amounts.size(); ++i) {
        std::printf("%s%.0f", i > 0 ? "," : "", cost->amounts[i]);
      }
      std::puts("");
      std::fflush(stdout);
    }
  }
}

}  // namespace convscope::bench
