// Gradient descent in a scene.
#pragma once

#include <cstdint>
#include <vector>

#include "core/lesson/lesson.h"
#include "core/tensor/problem.h"

namespace convscope {

// The scene's training with all that it left open, or the one that every scene offers: SGD with
// momentum 0.9 from seeded weights, with a learning rate that surely converges on this input. Costs
// a pass over the input.
Training training_of(const Scene& scene);

// Its number of steps alone.
std::int64_t training_steps(const Scene& scene);

// Weights to start from.
TensorRef random_start(const LayerSpec& spec, std::uint64_t seed);

// Why the scene can't be trained: its first layer is no convolution, or it is too large. Empty when
// it can.
std::vector<Problem> training_problems(const Scene& scene);

}  // namespace convscope
