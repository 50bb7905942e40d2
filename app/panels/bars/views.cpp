#include "app/panels/bars/views.h"

#include <array>
#include <utility>

namespace convscope::panels {
namespace {

constexpr std::array kIcons = {
    std::pair{lesson::View::kFlat, widgets::Icon::kFlat},
    std::pair{lesson::View::kVolume, widgets::Icon::kVolume},
    std::pair{lesson::View::kStrip, widgets::Icon::kStrip},
    std::pair{lesson::View::kNeuron, widgets::Icon::kNeuron},
    std::pair{lesson::View::kMatrix, widgets::Icon::kMatrix},
    std::pair{lesson::View::kDescent, widgets::Icon::kDescent},
    std::pair{lesson::View::kCoverage, widgets::Icon::kCoverage},
    std::pair{lesson::View::kReceptiveField, widgets::Icon::kReceptiveField},
};
static_assert(kIcons.size() == lesson::kViewTable.size());

}  // namespace

widgets::Icon icon_of(lesson::View view) {
  for (const auto& [known, icon] : kIcons) {
    if (known == view) {
      return icon;
    }
  }
  return widgets::Icon::kFlat;
}

}  // namespace convscope::panels
