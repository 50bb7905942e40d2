// A brick wall, lit from the upper left.
#include "tools/pictures/pictures.h"

namespace pictures {
namespace {

constexpr double kLength = 64;  // of a brick with its joint
constexpr double kHeight = 26.66666;
constexpr double kJoint = 4;

double grain(const Place& at, std::uint64_t seed) {
  return 0.5 * cloud(at.x / 9, at.y / 9, seed) + 0.3 * cloud(at.x / 3, at.y / 3, seed + 1) +
         0.2 * cloud(at.x, at.y, seed + 2);
}

}  // namespace

Color bricks(const Place& at) {
  const auto row = static_cast<std::int64_t>(std::floor(at.y / kHeight));
  const double shift = row % 2 == 0 ? 0 : kLength / 2;
  const auto column = static_cast<std::int64_t>(std::floor((at.x + shift) / kLength));
  const double x = at.x + shift - static_cast<double>(column) * kLength;
  const double y = at.y - static_cast<double>(row) * kHeight;
  const double wobble = 1.2 * cloud(at.x / 7, at.y / 7, 40) - 0.6;
  const double inside =
      -rectangle({x, y}, kJoint / 2, kJoint / 2, kLength - kJoint / 2, kHeight - kJoint / 2) +
      wobble;
  const double rough = grain(at, 10);
  if (inside < 0) {
    const double shadow = y < kJoint ? 0.62 : 0.9;  // under the brick above
    return screen(176, 168, 156) * (shadow * (0.85 + 0.3 * rough));
  }
  const double own = chance(column, row, 4);
  const double burnt = chance(column, row, 5) > 0.86 ? 0.55 : 1;
  const Color clay = mixed(screen(164, 74, 54), screen(206, 122, 84), own) * burnt;
  // Rims: bright above and at the left, dark below and at the right.
  const double upper = std::min(x, y) - kJoint / 2;
  const double lower = std::min(kLength - x, kHeight - y) - kJoint / 2;
  const double rim = (upper < 2 ? 0.16 : 0) - (lower < 2 ? 0.24 : 0);
  const double pit = grain({at.x * 1.7, at.y * 1.7}, 20) < 0.3 ? 0.72 : 1;
  return clay * ((0.72 + 0.56 * rough + rim) * pit);
}

}  // namespace pictures
