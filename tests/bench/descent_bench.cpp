// Steps of gradient descent: items per second are steps per second.
#include <benchmark/benchmark.h>

#include "core/conv/training/descent_history.h"
#include "core/tensor/random.h"

namespace convscope {
namespace {

// Five 3x3 filters over three channels of a square image.
void descent_steps(benchmark::State& state) {
  const conv::LayerSpec spec{.in_channels = 3, .out_channels = 5};
  const Tensor input = random_tensor({1, 3, state.range(0), state.range(0)}, {.seed = 1});
  const Tensor target = random_tensor(conv::output_shape(spec, input.shape()), {.seed = 2});
  const conv::Optimizer optimizer{.lr = 1e-3};
  const conv::DescentState start =
      conv::descent_start(random_tensor(conv::weight_shape(spec), {.seed = 3}), Tensor());
  constexpr std::int64_t kSteps = 20;
  constexpr std::int64_t kMostValues = 1 << 20;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        conv::descend({start}, input, target, {spec}, optimizer, kSteps, kMostValues));
  }
  state.SetItemsProcessed(state.iterations() * (kSteps + 1));  // the last loss too
}
BENCHMARK(descent_steps)->Arg(5)->Arg(100)->Arg(1000)->Unit(benchmark::kMicrosecond)->UseRealTime();

}  // namespace
}  // namespace convscope
