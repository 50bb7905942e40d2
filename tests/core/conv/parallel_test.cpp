#include "core/conv/parallel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <span>
#include <thread>
#include <vector>

#include "core/conv/conv2d.h"
#include "core/conv/training/gradients.h"
#include "core/tensor/random.h"

namespace convscope::conv {
namespace {

TEST(Parallel, EveryPieceOnce) {
  for (const std::int64_t threads : {-1, 0, 1, 2, 7, 100}) {
    std::vector<std::atomic<int>> visits(50);
    parallel_for(50, threads, [&](std::int64_t i, std::int64_t worker) {
      ++visits[static_cast<std::size_t>(i)];
      EXPECT_GE(worker, 0);
      EXPECT_LT(worker, std::max<std::int64_t>(1, threads));
    });
    for (const auto& count : visits) {
      EXPECT_EQ(count, 1);
    }
  }
  parallel_for(0, 4, [](std::int64_t, std::int64_t) { FAIL(); });
}

// Every index once, never more than `threads` at a time, and no worker shared.
void expect_fair(std::int64_t count, std::int64_t threads) {
  std::vector<std::atomic<int>> visits(static_cast<std::size_t>(count));
  std::vector<std::atomic<int>> busy(static_cast<std::size_t>(threads));
  std::atomic<int> at_once = 0;
  parallel_for(count, threads, [&](std::int64_t i, std::int64_t worker) {
    EXPECT_LE(++at_once, threads);
    EXPECT_EQ(++busy[static_cast<std::size_t>(worker)], 1);
    ++visits[static_cast<std::size_t>(i)];
    std::this_thread::sleep_for(std::chrono::microseconds(i % 3 * 20));
    --busy[static_cast<std::size_t>(worker)];
    --at_once;
  });
  for (const auto& visit : visits) {
    EXPECT_EQ(visit, 1);
  }
}

TEST(Parallel, BoundsItsThreads) {
  for (const std::int64_t threads : {1, 2, 3}) {
    expect_fair(200, threads);
  }
}

TEST(Parallel, SeveralCallersAtOnce) {
  std::vector<std::thread> callers;
  for (std::int64_t caller = 0; caller < 4; ++caller) {
    callers.emplace_back([caller] {
      for (int round = 0; round < 20; ++round) {
        expect_fair(30, 2 + caller % 2);
      }
    });
  }
  for (std::thread& caller : callers) {
    caller.join();
  }
}

TEST(Parallel, Nests) {
  std::vector<std::atomic<int>> busy(2);
  parallel_for(20, 2, [&](std::int64_t, std::int64_t worker) {
    EXPECT_EQ(++busy[static_cast<std::size_t>(worker)], 1);
    expect_fair(20, 2);
    --busy[static_cast<std::size_t>(worker)];
  });
}

// A second thread does join in, given time.
TEST(Parallel, TakesAHelper) {
  if (core_count() < 2) {
    GTEST_SKIP() << "one core";
  }
  std::atomic<bool> helped = false;
  parallel_for(2, 2, [&](std::int64_t, std::int64_t worker) {
    helped = helped || worker == 1;
    for (int wait = 0; wait < 10000 && !helped; ++wait) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  EXPECT_TRUE(helped);
}

// Large enough for several threads.
const LayerSpec kSpec{.in_channels = 2, .out_channels = 2};
const Shape kInput = {1, 2, 300, 500};

TEST(Conv2d, CountsRowsAndAgreesOnSeveralThreads) {
  const Tensor input = random_tensor(kInput, {.seed = 1});
  const Tensor weight = random_tensor(weight_shape(kSpec), {.seed = 2});
  Progress progress;
  const Tensor output = conv2d(input, weight, Tensor(), kSpec,
                               {.algorithm = Algorithm::kExact, .progress = &progress});
  EXPECT_EQ(progress.total, 2 * 298);
  EXPECT_EQ(progress.done, 2 * 298);
  EXPECT_TRUE(identical(output, conv2d_reference(input, weight, Tensor(), kSpec)));
}

TEST(Conv2d, CancelledGivesNothing) {
  const Tensor input = random_tensor(kInput, {.seed = 1});
  const Tensor weight = random_tensor(weight_shape(kSpec), {.seed = 2});
  Progress progress;
  progress.cancel = true;
  EXPECT_TRUE(conv2d(input, weight, Tensor(), kSpec,
                     {.algorithm = Algorithm::kExact, .progress = &progress})
                  .empty());
  EXPECT_EQ(progress.done, 0);
}

using Compute = std::function<bool(std::span<float> out, const RunOptions& run)>;

constexpr float kUntouched = 77;

bool untouched(const std::vector<float>& values) {
  return std::all_of(values.begin(), values.end(), [](float value) { return value == kUntouched; });
}

void expect_leaves_early(const Compute& compute, const Shape& shape, Algorithm algorithm) {
  std::vector<float> out(static_cast<std::size_t>(shape.count()), kUntouched);
  Progress progress;
  progress.cancel = true;
  EXPECT_FALSE(compute(out, {.algorithm = algorithm, .threads = 2, .progress = &progress}));
  EXPECT_EQ(progress.done, 0);
  EXPECT_TRUE(untouched(out));
}

// A layer that all rungs apply to, since its kernels have one channel and rank 1.
TEST(Cancelled, BeforeItBeganNoRungComputes) {
  const LayerSpec spec{.in_channels = 1, .out_channels = 4, .padding = PaddingRule::kSame};
  const Tensor input = random_tensor({1, 1, 60, 70}, {.seed = 1});
  const Shape shape = output_shape(spec, input.shape());
  const Tensor errors = random_tensor(shape, {.seed = 2});
  const Tensor weight(weight_shape(spec), std::vector<float>(36, 1.0F));
  for (const Algorithm algorithm : kAlgorithms) {
    SCOPED_TRACE(name_of(algorithm));
    ASSERT_EQ(algorithm == Algorithm::kAuto,
              conv2d_algorithm(weight, spec, input.shape(), algorithm) != algorithm);
    expect_leaves_early(
        [&](std::span<float> out, const RunOptions& run) {
          return conv2d_into(out, input, weight, {}, spec, run);
        },
        shape, algorithm);
    expect_leaves_early(
        [&](std::span<float> out, const RunOptions& run) {
          return gradient_of_input_into(out, errors, weight, spec, input.shape(), run);
        },
        input.shape(), algorithm);
    expect_leaves_early(
        [&](std::span<float> out, const RunOptions& run) {
          return gradient_of_weight_into(out, errors, input, spec, run);
        },
        weight.shape(), algorithm);
  }
}

// One task that would take many seconds; cancelling it must interrupt it.
TEST(Cancelled, APlaneOfTheExactGradientIsLeftInTheMiddle) {
  const LayerSpec spec{.kernel_size = {61, 61},
                       .padding = PaddingRule::kSame,
                       .padding_mode = PaddingMode::kReflect};
  const Shape shape = {1, 1, 2000, 2000};
  const Tensor errors(shape, std::vector<float>(static_cast<std::size_t>(shape.count())));
  const Tensor weight = random_tensor(weight_shape(spec), {.seed = 1});
  std::vector<float> out(static_cast<std::size_t>(shape.count()), kUntouched);
  Progress progress;
  std::thread canceller([&] {
    while (progress.total == 0) {
      std::this_thread::yield();
    }
    progress.cancel = true;
  });
  EXPECT_FALSE(gradient_of_input_into(out, errors, weight, spec, shape, {.progress = &progress}));
  canceller.join();
  EXPECT_EQ(progress.total, 1);
  EXPECT_TRUE(untouched(out));
}

}  // namespace
}  // namespace convscope::conv
