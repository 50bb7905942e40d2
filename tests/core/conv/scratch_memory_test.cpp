// The rungs' scratch memory, compared with the limits in core/conv/ENGINE.md. Not with the address
// sanitizer, which would see less of the surroundings of this memory.
#ifndef __SANITIZE_ADDRESS__

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

#include "core/conv/correlate.h"
#include "core/conv/forward.h"
#include "core/conv/rungs/scratch.h"
#include "core/conv/training/gradients.h"
#include "tests/core/conv/random_layer.h"

namespace {

std::atomic<std::int64_t> g_taken = 0;
std::atomic<std::int64_t> g_most = 0;

// Stored before each allocation.
struct Header {
  void* memory;
  std::int64_t size;
};

}  // namespace

// Only scratch memory is allocated with an explicit alignment.
void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto unit = static_cast<std::size_t>(alignment);
  void* const memory = ::operator new(sizeof(Header) + unit + size);
  const auto first = reinterpret_cast<std::uintptr_t>(memory) + sizeof(Header);
  void* const at = reinterpret_cast<void*>((first + unit - 1) / unit * unit);
  const Header header = {memory, static_cast<std::int64_t>(size)};
  std::memcpy(static_cast<std::byte*>(at) - sizeof(Header), &header, sizeof(Header));
  const std::int64_t taken = g_taken += header.size;
  for (std::int64_t most = g_most; taken > most && !g_most.compare_exchange_weak(most, taken);) {
  }
  return at;
}

void operator delete(void* at, std::align_val_t) noexcept {
  if (at != nullptr) {
    Header header;
    std::memcpy(&header, static_cast<std::byte*>(at) - sizeof(Header), sizeof(Header));
    g_taken -= header.size;
    ::operator delete(header.memory);
  }
}

namespace convscope::conv {
namespace {

// The peak number of bytes that `compute` allocates.
template <class Compute>
std::int64_t most_taken(const Compute& compute) {
  rungs::keep_scratch(0);
  const std::int64_t before = g_taken;
  g_most = before;
  compute();
  rungs::keep_scratch(rungs::kKeptScratch);
  EXPECT_EQ(g_taken, before);
  return g_most - before;
}

// The largest peak of any pass, in bytes.
std::int64_t most_of_passes(const RandomLayer& layer, const RunOptions& run) {
  const LayerSpec& spec = layer.spec;
  const Tensor errors = random_tensor(output_shape(spec, layer.input_shape), {.seed = 1});
  std::vector<float> map(static_cast<std::size_t>(errors.shape().count()));
  std::vector<float> input(static_cast<std::size_t>(layer.input_shape.count()));
  std::vector<float> weight(static_cast<std::size_t>(layer.weight.shape().count()));
  return std::max(
      {most_taken([&] { forward_into(map, layer.input, layer.weight, layer.bias, spec, run); }),
       most_taken([&] {
         gradient_of_input_into(input, errors, layer.weight, spec, layer.input_shape, run);
       }),
       most_taken([&] { gradient_of_weight_into(weight, errors, layer.input, spec, run); })});
}

void check(const RandomLayer& layer) {
  constexpr std::int64_t kLeast = 1 << 16;  // floats, for the direct and separable rungs
  const rungs::Windows windows = windows_of(layer.spec, layer.input_shape);
  const std::int64_t most =
      static_cast<std::int64_t>(sizeof(float)) * std::max(kLeast, rungs::most_scratch(windows));
  for (const Algorithm algorithm : kAlgorithms) {
    ASSERT_LE(most_of_passes(layer, {.algorithm = algorithm, .threads = 8}), most)
        << name_of(algorithm) << ", input " << layer.input_shape << '\n'
        << layer.spec;
  }
}

TEST(ScratchMemory, StaysWithinItsLimitOnRandomLayers) {
  for (const Op op : {Op::kConv, Op::kConvTranspose}) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
      Dice dice(seed);
      LayerSpec spec = random_spec(op, dice);
      if (dice.heads()) {
        spec.in_channels = spec.groups * dice.roll(1, 40);
        spec.out_channels = spec.groups * dice.roll(1, 40);
      }
      const Shape input = {dice.roll(1, 2), spec.in_channels, dice.roll(1, 40), dice.roll(1, 90)};
      if (problems(spec, input).empty() && work_count(spec, input) < 4'000'000) {
        check(filled(spec, input, dice));
        ASSERT_FALSE(HasFatalFailure()) << "seed " << seed;
      }
    }
  }
}

TEST(ScratchMemory, StaysWithinItsLimitWhateverTheReach) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Dice dice(seed);
    const std::int64_t channels = dice.roll(0, 2) == 0 ? 1 : dice.roll(2, 64);
    LayerSpec spec = {.op = seed % 3 == 0 ? Op::kConvTranspose : Op::kConv,
                      .in_channels = channels,
                      .out_channels = dice.roll(1, 24),
                      .kernel_size = {dice.roll(1, 5), dice.roll(2, 5)},
                      .padding = PaddingRule::kExplicit};
    if (spec.op == Op::kConvTranspose) {
      spec.stride = {dice.roll(1, 100), dice.roll(1, 100)};
    } else {
      spec.dilation = {dice.roll(1, 100), dice.roll(1, 100)};
      spec.pads = {100, 100, 200, 200};
    }
    const Shape input = {1, channels, dice.roll(1, 12), dice.roll(1, 12)};
    if (problems(spec, input).empty() && work_count(spec, input) < 40'000'000) {
      check(filled(spec, input, dice));
      ASSERT_FALSE(HasFatalFailure()) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace convscope::conv

#endif
