#include "core/picture/sum/value_text.h"

#include "core/picture/kit/number_text.h"
#include "core/picture/sum/sum_lines.h"

namespace convscope::picture::sum {

std::string value_text(const conv::Step& step) {
  return kit::number_text(step.value, sum_style(step));
}

}  // namespace convscope::picture::sum
