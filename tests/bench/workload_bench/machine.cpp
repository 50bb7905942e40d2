#include "tests/bench/workload_bench/machine.h"

#ifdef __linux__
#include <sched.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>
#endif

namespace convscope::bench {

#ifdef __linux__

namespace {

// The cores that this process could use when it started.
const std::vector<int>& cores() {
  static const std::vector<int> kCores = [] {
    cpu_set_t set;
    std::vector<int> found;
    if (sched_getaffinity(getpid(), sizeof set, &set) == 0) {
      for (int core = 0; core < CPU_SETSIZE; ++core) {
        if (CPU_ISSET(core, &set)) {
          found.push_back(core);
        }
      }
    }
    return found;
  }();
  return kCores;
}

// Thread 0 is the calling thread.
void pin(pid_t thread, std::size_t index) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cores()[index % cores().size()], &set);
  sched_setaffinity(thread, sizeof set, &set);
}

// Calls visit(id) for every thread of this process.
template <typename Visit>
void for_each_thread(Visit visit) {
  std::error_code gone;  // a thread may end in the meantime
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/task", gone)) {
    visit(entry.path().filename().string());
  }
}

}  // namespace

std::int64_t run_delay_ns() {
  std::int64_t sum = 0;
  for_each_thread([&](const std::string& thread) {
    std::ifstream in("/proc/self/task/" + thread + "/schedstat");
    std::int64_t on_core = 0;
    std::int64_t waited = 0;
    if (in >> on_core >> waited) {
      sum += waited;
    }
  });
  return sum;
}

void pin_all_threads() {
  std::size_t next = 1;
  for_each_thread([&](const std::string& thread) {
    const auto id = static_cast<pid_t>(std::stol(thread));
    pin(id, id == gettid() ? 0 : next++);
  });
}

void pin_this_thread(int core) { pin(0, static_cast<std::size_t>(core)); }

void unpin_this_thread() {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (const int core : cores()) {
    CPU_SET(core, &set);
  }
  sched_setaffinity(0, sizeof set, &set);
}

#else

std::int64_t run_delay_ns() { return 0; }
void pin_all_threads() {}
void pin_this_thread(int) {}
void unpin_this_thread() {}

#endif

}  // namespace convscope::bench
