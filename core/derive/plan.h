// Plan: what has to be done after a change, determined before it is done. Its cost decides whether
// to do it at once or on another thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/conv/run_options.h"
#include "core/derive/derived.h"

namespace convscope::derive {

struct Plan {
  Shared<lesson::Scene> scene;
  conv::Algorithm wanted = conv::Algorithm::kAuto;
  bool with_training = false;
  Derived before;
  // The operands; the first layer's input, which may take long to copy, is added by
  // make_operands().
  Derived operands;
  // For the layers whose input is known. The first other layer, and all that follow it, are planned
  // once their input is computed.
  std::vector<MapPlan> maps;
  // Approximately, in multiply-adds of a fast rung.
  std::int64_t operands_work = 0;
  std::int64_t work = 0;  // in all, including the operands
};

// The plan for `scene`, given the results in `before`.
Plan plan(Shared<lesson::Scene> scene, const conv::RunOptions& run = {}, Derived before = {},
          bool with_training = false);

// Completes plan.operands if necessary.
void make_operands(Plan& plan);

// Computes everything planned; returns only the operands if cancelled. Uses run.threads and
// run.progress.
Derived carry_out(Plan plan, const conv::RunOptions& run = {});

// Computes the map of one layer whose input is there, and what is shown with it. Nothing if
// cancelled.
std::optional<Derived> show_layer(Derived derived, std::size_t layer, const conv::RunOptions& run);

}  // namespace convscope::derive
