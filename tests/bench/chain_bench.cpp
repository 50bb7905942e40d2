// A network of many layers whose last map is asked for: with the maps of all layers, and without.
#include <benchmark/benchmark.h>

#include <cstdint>

#include "core/derive/one_layer.h"
#include "core/tensor/random.h"

namespace convscope {
namespace {

void add_layer(lesson::Scene& scene, const conv::LayerSpec& spec) {
  lesson::Layer layer;
  layer.spec = spec;
  if (conv::has_weight(spec.op)) {
    layer.weight.base = random_tensor(conv::weight_shape(spec), {.seed = 7});
  }
  scene.layers.push_back(layer);
}

// `blocks` times two convolutions, each with a ReLU, and a max pool.
lesson::Scene network(const Shape& input, std::int64_t filters, int blocks) {
  lesson::Scene scene;
  scene.input.base = random_tensor(input, {.seed = 1});
  std::int64_t channels = input.c;
  for (int block = 0; block < blocks; ++block) {
    for (int twice = 0; twice < 2; ++twice) {
      add_layer(
          scene,
          {.in_channels = channels, .out_channels = filters, .padding = conv::PaddingRule::kSame});
      add_layer(scene, {.op = conv::Op::kRelu});
      channels = filters;
    }
    add_layer(scene, {.op = conv::Op::kMaxPool, .kernel_size = {2, 2}, .stride = {2, 2}});
    filters *= 2;
  }
  return scene;
}

lesson::Scene network_of(const benchmark::State& state) {
  return state.range(0) == 0 ? network({1, 3, 224, 224}, 16, 4) : network({1, 3, 1000, 1500}, 4, 3);
}

void chain_all_maps(benchmark::State& state) {
  const Shared<lesson::Scene> scene(network_of(state));
  for (auto _ : state) {
    benchmark::DoNotOptimize(derive::derive(scene, {.threads = 1}).layers.back().output.data());
  }
}

void chain_last_map(benchmark::State& state) {
  const Shared<lesson::Scene> scene(network_of(state));
  const std::int64_t last = std::ssize(scene->layers) - 1;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        derive::derive_layer(scene, last, {.threads = 1}).layers.back().output.data());
  }
}

BENCHMARK(chain_all_maps)->DenseRange(0, 1)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(chain_last_map)->DenseRange(0, 1)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace convscope
