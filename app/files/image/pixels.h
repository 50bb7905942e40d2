// A finished frame: RGBA bytes with straight alpha, top row first.
#pragma once

#include <cstdint>
#include <vector>

namespace convscope::files {

struct Pixels {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;  // width * height * 4
};

}  // namespace convscope::files
