// Metrics by which every character is half as wide as the text is high.
#pragma once

#include "core/picture/display/text_metrics.h"

namespace convscope::picture {

inline TextMetrics half_em() {
  TextMetrics metrics;
  for (FontMetrics& font : metrics.fonts) {
    font.digit_advance = 0.5F;
  }
  return metrics;
}

}  // namespace convscope::picture
