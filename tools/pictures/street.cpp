// A street by day: walls, roofs, windows, a fence, a crossing.
#include <array>

#include "tools/pictures/pictures.h"

namespace pictures {
namespace {

struct House {
  double left;
  double right;
  double eaves;  // where the roof begins
  double ridge;
  Color wall;
  Color roof;
  int columns;
  int rows;
};

constexpr double kGround = 246;

const std::array kHouses = {
    House{10, 98, 128, 84, screen(226, 196, 148), screen(150, 62, 48), 3, 3},
    House{98, 176, 96, 96, screen(176, 88, 74), screen(92, 70, 66), 3, 4},
    House{176, 280, 146, 92, screen(238, 232, 218), screen(66, 82, 106), 3, 2},
    House{280, 352, 112, 70, screen(122, 158, 170), screen(112, 52, 44), 2, 3},
    House{352, 462, 138, 98, screen(206, 168, 92), screen(86, 92, 74), 4, 3},
};

Color sky(const Place& at) {
  const Color blue = mixed(screen(106, 160, 216), screen(214, 232, 244), at.y / kGround);
  const double puff = cloud(at.x / 60, at.y / 22, 1) * 0.6 + cloud(at.x / 24, at.y / 11, 2) * 0.4;
  return mixed(blue, screen(250, 250, 250), (puff - 0.55) * 3);
}

// Light from the left: the right side of a wall is a little darker.
Color wall_at(const House& house, const Place& at) {
  const double across = (at.x - house.left) / (house.right - house.left);
  return house.wall * (1.04 - 0.22 * across);
}

bool window_at(const House& house, const Place& at, Color& color) {
  const double cell = (house.right - house.left) / house.columns;
  const double floor = (kGround - 34 - house.eaves) / house.rows;
  const double x = std::fmod(at.x - house.left, cell) - cell / 2;
  const double y = std::fmod(at.y - house.eaves - 6, floor) - floor / 2;
  const bool within = at.y > house.eaves + 6 && at.y < kGround - 34 + 4;
  if (!within || std::abs(x) > 9 || std::abs(y) > 11) {
    return false;
  }
  const bool frame =
      std::abs(x) > 7.4 || std::abs(y) > 9.4 || std::abs(x) < 0.8 || std::abs(y + 2) < 0.8;
  color = frame ? screen(244, 240, 230)
                : mixed(screen(36, 52, 72), screen(128, 164, 192), (x - y + 16) / 40);
  return true;
}

bool door_at(const House& house, const Place& at, Color& color) {
  const double middle = house.left + (house.right - house.left) * 0.32;
  if (rectangle(at, middle - 9, kGround - 30, middle + 9, kGround) > 0) {
    return false;
  }
  const bool panel = rectangle(at, middle - 6, kGround - 27, middle + 6, kGround - 16) < 0 ||
                     rectangle(at, middle - 6, kGround - 13, middle + 6, kGround - 3) < 0;
  color = house.roof * (panel ? 1.5 : 0.8);
  if (circle(at, middle + 7, kGround - 14, 1.2) < 0) {
    color = screen(240, 210, 120);
  }
  return true;
}

bool house_at(const House& house, const Place& at, Color& color) {
  const double middle = (house.left + house.right) / 2;
  const double overhang = 5;
  const bool gable = house.ridge < house.eaves;
  const double chimney = house.left + (house.right - house.left) * 0.72;
  bool hit = false;
  if (gable && rectangle(at, chimney - 6, house.ridge - 4, chimney + 6, house.eaves) < 0) {
    color = screen(138, 72, 58) * (at.x > chimney ? 0.7 : 1.0);
    hit = true;
  }
  if (rectangle(at, house.left, house.eaves, house.right, kGround) < 0) {
    color = wall_at(house, at);
    hit = true;
    if (!door_at(house, at, color)) {
      window_at(house, at, color);
    }
  }
  const double roof =
      gable ? triangle(at, {house.left - overhang, house.eaves + 3}, {middle, house.ridge},
                       {house.right + overhang, house.eaves + 3})
            : rectangle(at, house.left - 2, house.eaves - 8, house.right + 2, house.eaves + 2);
  if (roof < 0) {
    const bool course = gable && std::fmod(at.y, 6) < 1.2;
    color = house.roof * (course ? 0.72 : (at.x < middle ? 1.15 : 0.9));
    hit = true;
  }
  return hit;
}

Color ground(const Place& at) {
  if (at.y < kGround + 14) {
    const bool joint = std::fmod(at.x + at.y * 0.4, 22) < 1 || at.y > kGround + 12.6;
    return joint ? screen(140, 136, 130) : screen(190, 186, 178);
  }
  // A crossing, seen from the pavement: its stripes spread towards us.
  const double depth = (at.y - kGround - 14) / (320 - kGround - 14);
  const double spread = 0.55 + 0.75 * depth;
  const double along = (at.x - 250) / spread;
  const bool stripe = std::abs(along) < 110 && std::fmod(along + 220, 26) < 13;
  const double grain =
      chance(static_cast<std::int64_t>(at.x * 2), static_cast<std::int64_t>(at.y * 2), 5);
  const Color asphalt = screen(84, 86, 90) * (0.9 + 0.2 * grain);
  return stripe && depth > 0.08 && depth < 0.94 ? screen(236, 236, 230) * (0.95 + 0.05 * grain)
                                                : asphalt;
}

bool tree_at(const Place& at, Color& color) {
  double crown = 1e9;
  for (const auto& [x, y, radius] :
       {std::array{424.0, 186.0, 26.0}, std::array{400.0, 204.0, 20.0},
        std::array{448.0, 206.0, 21.0}, std::array{424.0, 212.0, 22.0}}) {
    crown = std::min(crown, circle(at, x, y, radius));
  }
  crown += 4 * cloud(at.x / 5, at.y / 5, 9) - 2;
  if (crown < 0) {
    const double leaf = cloud(at.x / 4, at.y / 4, 7);
    color = mixed(screen(38, 84, 44), screen(134, 172, 82), leaf * 1.1 - (at.x - 400) / 140);
    return true;
  }
  if (rectangle(at, 420, 220, 428, kGround + 6) < 0) {
    color = screen(92, 66, 46);
    return true;
  }
  return false;
}

bool fence_at(const Place& at, Color& color) {
  if (at.x < 184 || at.x > 276 || at.y < kGround - 24) {
    return false;
  }
  const double x = std::fmod(at.x - 184, 9.2) - 4.6;
  const bool picket = std::abs(x) < 2.6 && at.y > kGround - 22 + std::abs(x) && at.y < kGround + 1;
  const bool rail = std::abs(at.y - kGround + 15) < 1.5 || std::abs(at.y - kGround + 5) < 1.5;
  if (picket || rail) {
    color = picket ? screen(250, 250, 246) : screen(208, 208, 204);
  }
  return picket || rail;
}

bool lamp_at(const Place& at, Color& color) {
  const bool pole = rectangle(at, 140, 128, 143, kGround + 10) < 0 ||
                    rectangle(at, 136, kGround + 4, 147, kGround + 11) < 0;
  const bool head = rectangle(at, 134, 112, 149, 128) < 0;
  if (head) {
    color = rectangle(at, 136, 114, 147, 126) < 0 ? screen(255, 246, 206) : screen(40, 44, 50);
  } else if (pole) {
    color = screen(40, 44, 50);
  }
  return pole || head;
}

}  // namespace

Color street(const Place& at) {
  Color color;
  if (lamp_at(at, color) || tree_at(at, color) || fence_at(at, color)) {
    return color;
  }
  if (at.y > kGround) {
    return ground(at);
  }
  color = sky(at);
  for (const House& house : kHouses) {
    house_at(house, at, color);
  }
  return color;
}

}  // namespace pictures
