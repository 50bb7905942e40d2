// How well the engine chooses among its rungs.
#pragma once

#include <span>

#include "tests/bench/workload_bench/workload.h"

namespace convscope::bench {

// Measures every rung that applies to each workload, on one thread, and prints the chosen one's
// time as a multiple of the fastest one's (its regret); then the mean and the worst.
void print_choices(std::span<const Workload> workloads, double budget_ms);

// The same measurements of forward passes for tools/fit_costs: a line for each rung, with the form,
// what the cost model predicts, and the amounts of work (core/conv/cost_model.h).
void print_costs(std::span<const Workload> workloads, double budget_ms);

}  // namespace convscope::bench
