#include "tests/bench/workload_bench/canary.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <limits>
#include <thread>
#include <utility>
#include <vector>

#include "tests/bench/workload_bench/machine.h"

namespace convscope::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 100000;  // about 200 us

// Enough chains of multiply-adds to keep all of a core's floating-point units busy, so that a core
// that is half of a hyperthreaded one is detected too. Written with a parameter pack, since an
// array indexed in a loop would be kept in memory.
template <std::size_t... kChain>
float arithmetic(std::index_sequence<kChain...>) {
  float chains[] = {static_cast<float>(kChain + 1)...};
  for (int round = 0; round < kRounds; ++round) {
    ((chains[kChain] = chains[kChain] * 0.999F + 0.001F), ...);
  }
  return (chains[kChain] + ...);
}

// How long the slowest of `threads` cores took when all started together.
double time_ns(int threads) {
  std::atomic<int> ready = 0;
  std::vector<double> times(static_cast<std::size_t>(threads));
  const auto work = [&](int core) {
    pin_this_thread(core);
    ++ready;
    while (ready < threads) {
      std::this_thread::yield();
    }
    const auto start = Clock::now();
    // Volatile, so that it is actually computed.
    [[maybe_unused]] volatile float result = arithmetic(std::make_index_sequence<12>());
    const std::chrono::duration<double, std::nano> time = Clock::now() - start;
    times[static_cast<std::size_t>(core)] = time.count();
  };
  std::vector<std::thread> others;
  for (int core = 1; core < threads; ++core) {
    others.emplace_back(work, core);
  }
  work(0);
  for (std::thread& other : others) {
    other.join();
  }
  return *std::max_element(times.begin(), times.end());
}

double best_of(int tries, int threads) {
  double best = std::numeric_limits<double>::infinity();
  for (int i = 0; i < tries; ++i) {
    best = std::min(best, time_ns(threads));
  }
  return best;
}

}  // namespace

Canary::Canary(int threads) : threads_(threads), alone_ns_(threads > 1 ? best_of(20, 1) : 0) {}

bool Canary::sings() const {
  constexpr double kMost = 1.35;  // times the duration alone
  return threads_ == 1 || best_of(2, threads_) < kMost * alone_ns_;
}

}  // namespace convscope::bench
