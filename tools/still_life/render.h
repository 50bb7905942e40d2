// A ray tracer with a camera and a window as its light.
#pragma once

#include <cstdint>
#include <vector>

#include "tools/still_life/scene.h"

namespace still_life {

// RGB bytes, top row first. The same in every run: all pixels share one well-distributed set of
// samples, which also keeps flat areas free of noise.
std::vector<std::uint8_t> render(const Scene& scene, int width, int height);

}  // namespace still_life
