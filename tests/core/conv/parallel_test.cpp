#include "core/conv/parallel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <vector>

#include "core/conv/conv2d.h"
#include "core/tensor/random.h"

namespace convscope {
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

}  // namespace
}  // namespace convscope
