#include <benchmark/benchmark.h>

#include "core/conv/analysis/step.h"
#include "core/conv/conv2d.h"
#include "core/tensor/random.h"

namespace convscope {
namespace {

struct Layer {
  conv::LayerSpec spec;
  Tensor input;
  Tensor weight;
};

// One 3x3 filter over all channels, padded to the input's size.
Layer layer_of(std::int64_t channels, std::int64_t height, std::int64_t width) {
  Layer layer;
  layer.spec.in_channels = channels;
  layer.spec.padding = conv::PaddingRule::kSame;
  layer.input = random_tensor({1, channels, height, width}, {.seed = 1});
  layer.weight = random_tensor(conv::weight_shape(layer.spec), {.seed = 2});
  return layer;
}

void count_products(benchmark::State& state, const Layer& layer) {
  state.SetItemsProcessed(state.iterations() *
                          conv::multiply_add_count(layer.spec, layer.input.shape()));
}

void conv2d_fast(benchmark::State& state) {
  const Layer layer = layer_of(3, state.range(0), state.range(1));
  for (auto _ : state) {
    benchmark::DoNotOptimize(conv::conv2d(layer.input, layer.weight, Tensor(), layer.spec));
  }
  count_products(state, layer);
}
// The lecture's size, a small image, a photo, and 50 megapixels.
BENCHMARK(conv2d_fast)
    ->Args({5, 5})
    ->Args({100, 100})
    ->Args({480, 640})
    ->Args({6000, 8334})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void conv2d_readable(benchmark::State& state) {
  const Layer layer = layer_of(3, state.range(0), state.range(1));
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        conv::conv2d_reference(layer.input, layer.weight, Tensor(), layer.spec));
  }
  count_products(state, layer);
}
BENCHMARK(conv2d_readable)
    ->Args({5, 5})
    ->Args({100, 100})
    ->Args({480, 640})
    ->Unit(benchmark::kMillisecond);

void one_step(benchmark::State& state) {
  const Layer layer = layer_of(state.range(0), 100, 100);
  for (auto _ : state) {
    benchmark::DoNotOptimize(conv::step_at(layer.input, layer.weight, Tensor(), layer.spec, 5050));
  }
}
BENCHMARK(one_step)->Arg(1)->Arg(3)->Arg(64);

}  // namespace
}  // namespace convscope
