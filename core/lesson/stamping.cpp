#include "core/lesson/stamping.h"

namespace convscope::lesson {

bool can_stamp(View view) {
  return view == View::kFlat || view == View::kCoverage || view == View::kReceptiveField;
}

bool stamps(const Layer& layer, TransposedAs as, View view, const std::optional<View>& second) {
  return layer.spec.op == conv::Op::kConvTranspose && as == TransposedAs::kScatterAdd &&
         can_stamp(view) && can_stamp(second.value_or(view));
}

bool opens_stamping(const Scene& scene) {
  return stamps(scene.layers.front(), scene.transposed_as, scene.view, scene.second_view);
}

}  // namespace convscope::lesson
