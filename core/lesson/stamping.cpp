#include "core/lesson/stamping.h"

#include "core/lesson/session.h"

namespace convscope {
namespace {

// `Look` is a Session or a Scene: both have views and a way to tell a transposed convolution.
template <typename Look>
bool stamps(const Look& look, const Layer& layer) {
  return layer.spec.op == Op::kConvTranspose && look.transposed_as == TransposedAs::kStamp &&
         can_stamp(look.view) && can_stamp(look.second_view.value_or(look.view));
}

}  // namespace

bool can_stamp(View view) {
  return view == View::kFlat || view == View::kCoverage || view == View::kReceptiveField;
}

bool is_stamping(const Session& session) { return stamps(session, layer_of(session)); }

bool opens_stamping(const Scene& scene) { return stamps(scene, scene.layers.front()); }

}  // namespace convscope
