// Rings that become finer outwards: at the middle of each side a wave is two pixels long, the
// shortest that pixels can show. Whatever thins it out makes rings that are not there.
#include <numbers>

#include "tools/pictures/pictures.h"

namespace pictures {

Color zone_plate(const Place& at) {
  constexpr double kSide = 256;
  const double x = at.x - kSide / 2;
  const double y = at.y - kSide / 2;
  const double wave = std::cos(std::numbers::pi * (x * x + y * y) / kSide);
  // The bytes are the wave, not amounts of light.
  const double gray = std::pow(0.5 + 0.5 * wave, 2.2);
  return {gray, gray, gray};
}

}  // namespace pictures
