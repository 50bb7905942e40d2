#include "core/conv/parallel.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace convscope {

namespace {

#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
constexpr bool kHasThreads = false;
#else
constexpr bool kHasThreads = true;
#endif

}  // namespace

std::int64_t core_count() {
  return kHasThreads ? std::max<std::int64_t>(1, std::thread::hardware_concurrency()) : 1;
}

void parallel_for(std::int64_t count, std::int64_t threads,
                  const std::function<void(std::int64_t, std::int64_t)>& work) {
  std::atomic<std::int64_t> next = 0;
  const auto work_on = [&](std::int64_t worker) {
    for (std::int64_t i = next++; i < count; i = next++) {
      work(i, worker);
    }
  };
  std::vector<std::thread> helpers;
  if (kHasThreads) {
    const std::int64_t wanted = std::min(threads, count) - 1;
    helpers.reserve(static_cast<std::size_t>(std::max<std::int64_t>(0, wanted)));
    try {
      for (std::int64_t i = 0; i < wanted; ++i) {
        helpers.emplace_back(work_on, i + 1);
      }
    } catch (const std::system_error&) {
      // The system gives no more threads: those at hand do the work.
    }
  }
  work_on(0);
  for (std::thread& helper : helpers) {
    helper.join();
  }
}

}  // namespace convscope
