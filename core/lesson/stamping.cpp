#include "core/lesson/stamping.h"

#include "core/conv/operators/operator.h"
#include "core/lesson/views.h"

namespace convscope::lesson {

bool stamps(const Layer& layer, TransposedAs as, View view, const std::optional<View>& second) {
  return conv::operator_of(layer.spec.op).transposed() && as == TransposedAs::kScatterAdd &&
         row_of(view).can_stamp && row_of(second.value_or(view)).can_stamp;
}

bool opens_stamping(const Scene& scene, std::int64_t layer) {
  return stamps(scene.layers[static_cast<std::size_t>(layer)], scene.transposed_as, scene.view,
                scene.second_view);
}

}  // namespace convscope::lesson
