// The instruction sets for which the rungs were compiled and that this machine supports.
#pragma once

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <cstdint>
#include <vector>

namespace convscope::conv {

// Makes the rungs use one of them while it lives.
class OnTarget {
 public:
  explicit OnTarget(std::int64_t target) { hwy::SetSupportedTargetsForTest(target); }
  // Cycles through them by `turn`.
  static OnTarget in_turn(std::uint64_t turn) {
    const std::vector<std::int64_t> targets = hwy::SupportedAndGeneratedTargets();
    return OnTarget(targets[turn % targets.size()]);
  }
  ~OnTarget() { hwy::SetSupportedTargetsForTest(0); }
  OnTarget(const OnTarget&) = delete;
  OnTarget& operator=(const OnTarget&) = delete;
};

// Runs `test` with each of them, until a fatal failure.
template <class Test>
void on_each_target(const Test& test) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    SCOPED_TRACE(hwy::TargetName(target));
    const OnTarget on(target);
    test();
    if (testing::Test::HasFatalFailure()) {
      return;
    }
  }
}

}  // namespace convscope::conv
