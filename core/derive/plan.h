// Plan: what has to be done after a change, found out once, before it is done. It says what that
// costs, and so whether to do it at once or on another thread.
#pragma once

#include <cstdint>
#include <vector>

#include "core/conv/run_options.h"
#include "core/derive/derived.h"

namespace convscope::derive {

struct Plan {
  Shared<lesson::Scene> scene;
  conv::Algorithm wanted = conv::Algorithm::kAuto;
  bool with_training = false;
  Derived before;
  // The operands; the first layer's input, which may be long to copy, comes with make_operands().
  Derived operands;
  // Of the layers whose input is known. The first input that is not, and all that follow, are
  // planned when they are there.
  std::vector<MapPlan> maps;
  // In multiply-adds of a fast rung, roughly.
  std::int64_t operands_work = 0;
  std::int64_t work = 0;  // all, the operands included
};

// What follows from `scene`, when `before` is there already.
Plan plan(Shared<lesson::Scene> scene, const conv::RunOptions& run = {}, Derived before = {},
          bool with_training = false);

// Completes plan.operands, unless they are.
void make_operands(Plan& plan);

// All that was planned, or the operands alone when it was cancelled. Reads run.threads and
// run.progress.
Derived carry_out(Plan plan, const conv::RunOptions& run = {});

}  // namespace convscope::derive
