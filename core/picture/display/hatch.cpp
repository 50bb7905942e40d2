#include "core/picture/display/hatch.h"

#include <algorithm>

namespace convscope::picture {

std::vector<Segment> hatch_lines(const Hatch& hatch) {
  constexpr float kMostLines = 4000;
  const Rect& rect = hatch.rect;
  const float reach = rect.w + rect.h;
  std::vector<Segment> lines;
  // Written so that NaN gives none, too.
  if (!(hatch.spacing > 0 && rect.w > 0 && rect.h > 0 && reach / hatch.spacing < kMostLines)) {
    return lines;
  }
  for (int i = 1; static_cast<float>(i) * hatch.spacing < reach; ++i) {
    const float sum = static_cast<float>(i) * hatch.spacing;  // of x and y inside the rectangle
    const float left = std::max(0.0F, sum - rect.h);
    const float top = std::max(0.0F, sum - rect.w);
    lines.push_back({{rect.x + left, rect.y + sum - left}, {rect.x + sum - top, rect.y + top}});
  }
  return lines;
}

}  // namespace convscope::picture
