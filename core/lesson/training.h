// Gradient descent in a scene.
#pragma once

#include <cstdint>
#include <vector>

#include "core/conv/training/descent_history.h"
#include "core/lesson/lesson.h"
#include "core/tensor/problem.h"

namespace convscope::lesson {

// Optimizer settings that suit the scene. For SGD, momentum 0.9 and a learning rate at which the
// loss falls on this input, found by a few passes over it.
conv::Optimizer usual_optimizer(const Scene& scene, conv::Optimizer::Kind kind);

// The scene's training with defaults filled in, or the one offered for every scene: the usual SGD
// from seeded weights.
Training training_of(const Scene& scene);

// Only its number of steps.
std::int64_t training_steps(const Scene& scene);

// Random initial weights.
TensorRef random_start(const conv::LayerSpec& spec, std::uint64_t seed);

// What is trained, fitted to the input: the scene's layers, or the first alone.
std::vector<conv::LayerSpec> trained_chain(const Scene& scene, bool all_layers);

// The parameters before the first step; `training` is complete, as training_of() gives it.
conv::ChainState first_state(const Scene& scene, const Training& training);

// Whether `training` can have this start: it has the shapes of the trained convolutions after the
// first.
bool fit_later_starts(const Scene& scene, const Training& training);

// Random weights for all of them; of the first from `seed`, of each other from the seed after.
void start_randomly(const Scene& scene, Training& training, std::uint64_t seed);

// What is wrong with the numbers of an optimizer.
std::vector<Problem> optimizer_problems(const conv::Optimizer& optimizer);

// Why the scene can't be trained: its first layer is not a convolution, one of the others can't be
// trained with it, or it is too large. Empty if it can.
std::vector<Problem> training_problems(const Scene& scene);

}  // namespace convscope::lesson
