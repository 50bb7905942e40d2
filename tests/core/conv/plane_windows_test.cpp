// Pools, ReLU and unfold: the fast ways against the readable ones, bit for bit.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "core/conv/forward.h"
#include "core/conv/forward_part.h"
#include "tests/core/conv/instruction_sets.h"
#include "tests/core/conv/random_layer.h"

namespace convscope::conv {
namespace {

constexpr Op kWindowOps[] = {Op::kMaxPool, Op::kAvgPool, Op::kRelu, Op::kUnfold};

bool same_bits(const Tensor& a, const Tensor& b) {
  return a.shape() == b.shape() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.values().size_bytes()) == 0);
}

// With maps wide enough for several vectors, and sometimes several planes a task.
RandomLayer wide_layer(Op op, std::uint64_t seed) {
  Dice dice(seed);
  LayerSpec spec;
  Shape input;
  do {
    spec = random_spec(op, dice);
    spec.dilation.w = dice.roll(1, 3);
    spec.stride.w = dice.heads() ? dice.roll(1, 2) : spec.stride.w;
    input = {dice.roll(1, 2), spec.in_channels, dice.roll(1, 20), dice.roll(1, 150)};
  } while (!problems(spec, input).empty());
  RandomLayer layer = filled(spec, input, dice);
  if (dice.heads()) {
    layer.input = with_oddities(layer.input, dice);
  }
  return layer;
}

Tensor part_of(const Tensor& map, const Area& area) {
  const Shape& shape = map.shape();
  std::vector<float> values;
  for (std::int64_t row = 0; row < shape.n * shape.c * area.h; ++row) {
    const std::int64_t y = row / area.h * shape.h + area.y + row % area.h;
    const float* from = map.data() + y * shape.w + area.x;
    values.insert(values.end(), from, from + area.w);
  }
  return Tensor({shape.n, shape.c, area.h, area.w}, std::move(values));
}

TEST(PlaneWindows, AreThoseOfTheReadableLoopsBitForBit) {
  for (std::uint64_t seed = 0; seed < 900; ++seed) {
    const OnTarget target = OnTarget::in_turn(seed / 4);
    const Op op = kWindowOps[seed % 4];
    const RandomLayer layer = seed % 3 == 0 ? random_layer(op, seed) : wide_layer(op, seed);
    const Tensor map = reference_forward(layer.input, {}, {}, layer.spec);
    ASSERT_TRUE(same_bits(forward(layer.input, {}, {}, layer.spec), map)) << layer;
  }
}

TEST(PlaneWindows, APartHasTheBitsThatItHasInTheWholeMap) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const OnTarget target = OnTarget::in_turn(seed / 3);
    const RandomLayer layer = wide_layer(kWindowOps[seed % 3], seed);
    const Tensor map = reference_forward(layer.input, {}, {}, layer.spec);
    Dice dice(seed);
    Area area = {dice.roll(0, map.shape().h - 1), dice.roll(0, map.shape().w - 1)};
    area.h = dice.roll(1, map.shape().h - area.y);
    area.w = dice.roll(1, map.shape().w - area.x);
    const auto part = forward_part(layer.input, {}, {}, layer.spec, area, {});
    ASSERT_TRUE(part && same_bits(*part, part_of(map, area))) << layer;
  }
}

// Large enough for several threads and for stores past the caches, from rows at any address.
TEST(PlaneWindows, OfAPhotoAreTheSameOnAnyNumberOfThreads) {
  for (const Op op : kWindowOps) {
    for (const std::int64_t stride : {1, 2, 3}) {
      LayerSpec spec = {.op = op, .kernel_size = {3, 3}, .stride = {stride, stride}};
      spec.padding = PaddingRule::kExplicit;
      spec.pads = {1, 1, 1, 1};
      const Tensor photo = random_tensor({1, 1, 1403, 1501}, {.seed = 5});
      const Tensor map = reference_forward(photo, {}, {}, spec);
      for (const std::int64_t threads : {1, 2}) {
        EXPECT_TRUE(same_bits(forward(photo, {}, {}, spec, {.threads = threads}), map))
            << static_cast<int>(op) << " stride " << stride << " threads " << threads;
      }
    }
  }
}

TEST(PlaneWindows, OfEqualZerosTheFirstIsTheLargest) {
  const LayerSpec spec = {.op = Op::kMaxPool, .kernel_size = {2, 2}, .stride = {2, 2}};
  std::vector<float> zeros(4 * 64, 0.0F);
  for (std::size_t i = 0; i < zeros.size(); i += 2) {
    zeros[i] = i < 128 ? -0.0F : 0.0F;
  }
  on_each_target([&] {
    const Tensor map = forward(Tensor({1, 1, 4, 64}, zeros), {}, {}, spec);
    for (std::int64_t x = 0; x < 32; ++x) {
      EXPECT_TRUE(std::signbit(map.at({0, 0, 0, x})));
      EXPECT_FALSE(std::signbit(map.at({0, 0, 1, x})));
    }
  });
}

TEST(PlaneWindows, OfRowsThatFillTheCacheAreLeftToTheReadableLoops) {
  LayerSpec spec = {.op = Op::kAvgPool, .kernel_size = {40, 70}, .stride = {1, 1}};
  const Tensor input = random_tensor({1, 1, 60, 3000}, {.seed = 6});
  EXPECT_TRUE(same_bits(forward(input, {}, {}, spec), reference_forward(input, {}, {}, spec)));
  spec.op = Op::kMaxPool;
  EXPECT_TRUE(same_bits(forward(input, {}, {}, spec), reference_forward(input, {}, {}, spec)));
}

}  // namespace
}  // namespace convscope::conv
