// Pools, ReLU and unfold of a 12-megapixel photo, on one thread: the readable loops, the fast ones,
// and a copy of the same values for comparison. Maps are written to memory that is there already.
#include <benchmark/benchmark.h>

#include <cstring>

#include "core/conv/forward.h"
#include "core/conv/fresh_tensor.h"
#include "core/tensor/random.h"

namespace convscope {
namespace {

enum Case { kMax2, kMax3s2, kMax3, kAvg2, kAvg3s2, kAvg3, kReluCase, kUnfold2s2, kUnfold3 };

conv::LayerSpec spec_of(Case which) {
  conv::LayerSpec spec;
  spec.padding = conv::PaddingRule::kExplicit;
  const bool two = which == kMax2 || which == kAvg2 || which == kUnfold2s2;
  const bool strided = two || which == kMax3s2 || which == kAvg3s2;
  spec.kernel_size = two ? conv::Size2{2, 2} : conv::Size2{3, 3};
  spec.stride = strided ? conv::Size2{2, 2} : conv::Size2{1, 1};
  spec.pads = which == kMax3s2 || which == kAvg3s2 ? conv::Pads{1, 1, 1, 1} : conv::Pads{};
  if (which >= kUnfold2s2) {
    spec.op = conv::Op::kUnfold;
  } else if (which == kReluCase) {
    spec.op = conv::Op::kRelu;
  } else {
    spec.op = which <= kMax3 ? conv::Op::kMaxPool : conv::Op::kAvgPool;
  }
  return spec;
}

const Tensor& photo() {
  static const Tensor kPhoto = random_tensor({1, 1, 3000, 4000}, {.seed = 1});
  return kPhoto;
}

void count_bytes(benchmark::State& state, const Shape& output) {
  state.SetBytesProcessed(state.iterations() * 4 * (photo().shape().count() + output.count()));
}

void pool_fast(benchmark::State& state) {
  const conv::LayerSpec spec = spec_of(static_cast<Case>(state.range(0)));
  const Shape output = conv::output_shape(spec, photo().shape());
  const conv::rungs::Scratch memory(output.count());
  const std::span<float> out(memory.data(), static_cast<std::size_t>(output.count()));
  for (auto _ : state) {
    conv::forward_into(out, photo(), {}, {}, spec, {.threads = 1});
    benchmark::ClobberMemory();
  }
  count_bytes(state, output);
}

// The readable loops, which also get new memory for their map each time.
void pool_readable(benchmark::State& state) {
  const conv::LayerSpec spec = spec_of(static_cast<Case>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(conv::reference_forward(photo(), {}, {}, spec));
  }
  count_bytes(state, conv::output_shape(spec, photo().shape()));
}

// Reads the photo once and writes as much as the map has: memcpy as far as both go.
void pool_copy(benchmark::State& state) {
  const Shape output =
      conv::output_shape(spec_of(static_cast<Case>(state.range(0))), photo().shape());
  const conv::rungs::Scratch memory(output.count());
  const std::int64_t most = photo().shape().count();
  for (auto _ : state) {
    for (std::int64_t at = 0; at < output.count(); at += most) {
      std::memcpy(memory.data() + at, photo().data(),
                  static_cast<std::size_t>(std::min(most, output.count() - at)) * sizeof(float));
    }
    float sum = 0;  // of the rest, one value for each cache line
    for (std::int64_t i = output.count(); i < most; i += 16) {
      sum += photo().data()[i];
    }
    benchmark::DoNotOptimize(sum);
    benchmark::ClobberMemory();
  }
  count_bytes(state, output);
}

BENCHMARK(pool_fast)->DenseRange(kMax2, kUnfold3)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(pool_readable)->DenseRange(kMax2, kUnfold3)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(pool_copy)->DenseRange(kMax2, kUnfold3)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace convscope
