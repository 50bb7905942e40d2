// One layer of a scene alone, for who shows no other: a program that prints numbers.
#pragma once

#include <cstdint>

#include "core/conv/run_options.h"
#include "core/derive/derived.h"

namespace convscope::derive {

// derive() with the map of only this layer; bit-identical. The layers before it are computed one
// after another, each map let go once the next is there; a ReLU between them is computed in the
// memory of the map that it reads. Those behind it are not computed. Returns the operands if
// run.progress was cancelled.
Derived derive_layer(const Shared<lesson::Scene>& scene, std::int64_t layer,
                     const conv::RunOptions& run = {});

}  // namespace convscope::derive
