#include "core/conv/parallel.h"

#include <algorithm>
#include <atomic>
#include <vector>

#ifdef CONVSCOPE_TBB
#include <tbb/info.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include <memory>
#include <mutex>
#else
#include <system_error>
#include <thread>
#endif

namespace convscope::conv {

namespace {

#ifdef CONVSCOPE_TBB

int available_cores() { return tbb::info::default_concurrency(); }

// An arena limits how many threads work at a time. Creating one takes longer than a small layer, so
// they are kept. No two calls share one: a thread waiting for its own call to finish would start
// the other call's tasks and return late.
class Arenas {
 public:
  using Arena = std::unique_ptr<tbb::task_arena>;

  Arena take(int threads) {
    {
      const std::lock_guard lock(mutex_);
      const auto fits = [&](const Arena& arena) { return arena->max_concurrency() == threads; };
      if (const auto found = std::find_if(idle_.begin(), idle_.end(), fits); found != idle_.end()) {
        Arena arena = std::move(*found);
        idle_.erase(found);
        return arena;
      }
    }
    return std::make_unique<tbb::task_arena>(threads);
  }

  void give_back(Arena arena) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(arena));
  }

 private:
  std::mutex mutex_;
  std::vector<Arena> idle_;
};

Arenas& arenas() {
  static Arenas arenas;
  return arenas;
}

// Calls loop(worker) for every worker in [0, workers), on as many threads.
template <typename Loop>
void run_loops(std::int64_t workers, const Loop& loop) {
  Arenas::Arena arena = arenas().take(static_cast<int>(workers));
  arena->execute([&] {
    tbb::task_group helpers;
    for (std::int64_t worker = 1; worker < workers; ++worker) {
      helpers.run([&loop, worker] { loop(worker); });
    }
    loop(0);
    helpers.wait();
  });
  arenas().give_back(std::move(arena));
}

#else

int available_cores() {
#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
  return 1;
#else
  return static_cast<int>(std::thread::hardware_concurrency());
#endif
}

template <typename Loop>
void run_loops(std::int64_t workers, const Loop& loop) {
  std::vector<std::thread> helpers;
  helpers.reserve(static_cast<std::size_t>(workers - 1));
  try {
    for (std::int64_t worker = 1; worker < workers; ++worker) {
      helpers.emplace_back(loop, worker);
    }
  } catch (const std::system_error&) {
    // The system provides no more threads; those already running do the work.
  }
  loop(0);
  for (std::thread& helper : helpers) {
    helper.join();
  }
}

#endif

}  // namespace

std::int64_t core_count() {
  // Asking the system takes longer than a small layer, so the answer is kept.
  static const std::int64_t kCores = std::max(1, available_cores());
  return kCores;
}

void parallel_for(std::int64_t count, std::int64_t threads,
                  const std::function<void(std::int64_t, std::int64_t)>& work) {
  const std::int64_t workers = std::min({threads, count, core_count()});
  if (workers <= 1) {
    for (std::int64_t i = 0; i < count; ++i) {
      work(i, 0);
    }
    return;
  }
  std::atomic<std::int64_t> next = 0;
  run_loops(workers, [&](std::int64_t worker) {
    for (std::int64_t i = next++; i < count; i = next++) {
      work(i, worker);
    }
  });
}

}  // namespace convscope::conv
