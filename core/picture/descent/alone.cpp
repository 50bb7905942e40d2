#include "core/picture/descent/alone.h"

#include "core/picture/descent/context.h"
#include "core/picture/kit/tensor_colors.h"

namespace convscope::picture::descent {

std::optional<kit::TensorAlone> tensor_alone(const session::Session& session,
                                             const derive::Derived& derived,
                                             session::TensorRole tensor, const Palette& palette) {
  if (!has_training(derived)) {
    return std::nullopt;
  }
  const derive::LayerResult& layer = derived.layers[trained_layer(session, derived.training)];
  const DescentMoment moment = descent_moment_of(session, derived.training);
  const Layout nowhere;
  const DescentSlice slice = descent_slice_of(session, layer);
  const Context context{session,
                        layer,
                        derived.training,
                        moment,
                        nowhere,
                        slice,
                        kit::input_look(session::scene_of(session), layer)};
  kit::TensorAlone out;
  const auto add = [&](DescentPlane plane, std::int64_t n, std::int64_t c) {
    out.slices.push_back(plane_style(palette, context, plane, n, c));
    out.slices.back().role = tensor;
  };
  if (tensor == session::TensorRole::kInput) {
    out.size = {layer.input.shape().h, layer.input.shape().w};
    out.edge = palette.input.line;
    add(DescentPlane::kInput, slice.batch, context.input_channel());
  } else if (tensor == session::TensorRole::kWeight) {
    out.size = {layer.spec.kernel_size.h, layer.spec.kernel_size.w};
    out.edge = palette.weight.line;
    for (std::int64_t c = 0; c < layer.weight.shape().c; ++c) {
      add(DescentPlane::kWeight, slice.filter, c);
    }
  } else {
    out.size = {layer.output_shape.h, layer.output_shape.w};
    out.edge = palette.output.line;
    add(DescentPlane::kPrediction, slice.batch, slice.filter);
  }
  return out;
}

}  // namespace convscope::picture::descent
