// Steps of gradient descent: items per second are steps per second.
#include <benchmark/benchmark.h>

#include "core/conv/gradient_descent.h"
#include "core/tensor/random.h"

namespace convscope {
namespace {

// Five 3x3 filters over three channels of a square picture.
void descent_steps(benchmark::State& state) {
  const LayerSpec spec{.in_channels = 3, .out_channels = 5};
  const Tensor input = random_tensor({1, 3, state.range(0), state.range(0)}, {.seed = 1});
  const Tensor target = random_tensor(output_shape(spec, input.shape()), {.seed = 2});
  const Optimizer optimizer{.lr = 1e-3};
  DescentState at = descent_start(random_tensor(weight_shape(spec), {.seed = 3}), Tensor());
  for (auto _ : state) {
    const DescentStep step = descent_step(at, input, target, spec);
    at = advanced(std::move(at), step, optimizer);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(descent_steps)->Arg(5)->Arg(100)->Arg(1000)->Unit(benchmark::kMicrosecond)->UseRealTime();

}  // namespace
}  // namespace convscope
