#include "tests/bench/workload_bench/measure.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

#include "tests/bench/workload_bench/canary.h"
#include "tests/bench/workload_bench/machine.h"

namespace convscope::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr double kLeastSampleNs = 100e3;
constexpr int kSamplesATurn = 3;

class Stopwatch {
 public:
  Stopwatch(const std::function<void()>& run, int threads)
      : run_(run), threads_(threads), canary_(threads) {
    run_();
    for (int tries = 0; tries < 3; ++tries) {
      const double once = std::max(1.0, sample());
      repeats_ = std::max(1, static_cast<int>(kLeastSampleNs / once));
    }
  }

  // The approximate duration of a turn.
  double turn_ns() { return (kSamplesATurn + 1) * std::max(kLeastSampleNs, sample() * repeats_); }

  // Takes a few samples in a row.
  void turn() {
    const bool there = wait_for_cores();
    prepare();
    double times[kSamplesATurn];
    bool waited[kSamplesATurn];
    for (int i = 0; i < kSamplesATurn; ++i) {
      const std::int64_t before = run_delay_ns();
      times[i] = sample();
      // Reading the delay may itself wait a little.
      const double allowed = 0.02 * times[i] * repeats_ + 5e3;
      waited[i] = static_cast<double>(run_delay_ns() - before) > allowed;
    }
    const bool still_there = there && canary_.sings();
    for (int i = 0; i < kSamplesATurn; ++i) {
      (still_there && !waited[i] ? clean_ : dirty_).push_back(times[i]);
    }
  }

  std::size_t clean() const { return clean_.size(); }

  Timing timing() const {
    constexpr std::size_t kEnough = 5;
    std::vector<double> times = clean_;
    if (clean_.size() < kEnough) {
      times.insert(times.end(), dirty_.begin(), dirty_.end());
    }
    std::sort(times.begin(), times.end());
    const std::size_t count = times.size();
    return {times[count / 2], times[0], times[count * 9 / 10], clean_.size(),
            clean_.size() + dirty_.size()};
  }

 private:
  // Nanoseconds per run.
  double sample() const {
    const auto start = Clock::now();
    for (int i = 0; i < repeats_; ++i) {
      run_();
    }
    const std::chrono::duration<double, std::nano> time = Clock::now() - start;
    return time.count() / repeats_;
  }

  bool wait_for_cores() {
    constexpr auto kPause = std::chrono::milliseconds(20);
    bool there = canary_.sings();
    for (; !there && waits_ > 0; --waits_) {
      std::this_thread::sleep_for(kPause);
      there = canary_.sings();
    }
    return there;
  }

  // Warms up caches, with all threads awake and each on its own core.
  void prepare() const {
    if (threads_ > 1) {
      run_();
      pin_all_threads();
    } else {
      unpin_this_thread();
    }
    sample();
  }

  const std::function<void()>& run_;
  int threads_;
  Canary canary_;
  int repeats_ = 1;
  int waits_ = 400;  // 8 seconds in total
  std::vector<double> clean_;
  std::vector<double> dirty_;
};

}  // namespace

Timing measure(const std::function<void()>& run, int threads, double budget_ms) {
  constexpr std::size_t kWanted = 9;
  Stopwatch watch(run, threads);
  const int turns = static_cast<int>(std::clamp(budget_ms * 1e6 / watch.turn_ns(), 5.0, 60.0));
  for (int i = 0; i < turns; ++i) {
    watch.turn();
  }
  for (int extra = 0; extra < turns && watch.clean() < kWanted; ++extra) {
    watch.turn();
  }
  unpin_this_thread();
  return watch.timing();
}

}  // namespace convscope::bench
