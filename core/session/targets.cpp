#include "core/session/targets.h"

#include "core/conv/analysis/as_convolution.h"
#include "core/conv/operators/operator.h"

namespace convscope::session {
namespace {

const lesson::Layer& layer_at(const lesson::Scene& scene, std::int64_t index) {
  return scene.layers[static_cast<std::size_t>(index)];
}

// A kernel as it lies on the zero-inserted input: (K, C/groups, kh, kw), also of a transposed
// convolution.
Shape equivalent_weight_shape(const conv::LayerSpec& spec) {
  return {spec.out_channels, spec.in_channels / spec.groups, spec.kernel_size.h,
          spec.kernel_size.w};
}

bool in_padded_input(const conv::LayerSpec& spec, const Shape& input, const Index& at) {
  // The ring of a transposed convolution lies around its zero-inserted input.
  const conv::Pads pads =
      conv::operator_of(spec.op).transposed() ? conv::Pads{} : conv::resolved_pads(spec, input);
  return at.n >= 0 && at.n < input.n && at.c >= 0 && at.c < input.c && at.y >= -pads.top &&
         at.y < input.h + pads.bottom && at.x >= -pads.left && at.x < input.w + pads.right;
}

// Places of the terms of a step: see Term::weight_at.
Shape product_shape(const lesson::Layer& layer, const Shape& input) {
  const conv::LayerSpec spec = conv::fitted(layer.spec, input);
  return conv::has_weight(spec.op)
             ? conv::weight_shape(spec)
             : Shape{spec.out_channels, 1, spec.kernel_size.h, spec.kernel_size.w};
}

}  // namespace

std::optional<std::int64_t> layer_named(const Session& session, const Target& target) {
  const auto layers = static_cast<std::int64_t>(scene_of(session).layers.size());
  if (target.layer < -1 || target.layer >= layers) {
    return std::nullopt;
  }
  return target.layer < 0 ? session.look.layer : target.layer;
}

std::optional<Target> own_target(const Session& session, const Target& target) {
  const std::optional<std::int64_t> index = layer_named(session, target);
  if (!index) {
    return std::nullopt;
  }
  const lesson::Scene& scene = scene_of(session);
  const conv::LayerSpec& spec = layer_at(scene, *index).spec;
  if (target.tensor == TensorRole::kZeroInserted) {
    const std::optional<Index> at =
        conv::own_input_at(spec, lesson::layer_input_shape(scene, *index), target.at);
    return at ? std::optional(Target{TensorRole::kInput, *at, target.layer}) : std::nullopt;
  }
  if (target.tensor == TensorRole::kFlipped) {
    if (!conv::has_weight(spec.op) || !contains(equivalent_weight_shape(spec), target.at)) {
      return std::nullopt;
    }
    return Target{TensorRole::kWeight, conv::own_weight_at(spec, target.at), target.layer};
  }
  return target;
}

bool names_a_cell(const Session& session, const Target& target) {
  const std::optional<std::int64_t> index = layer_named(session, target);
  if (!index) {
    return false;
  }
  const lesson::Scene& scene = scene_of(session);
  const lesson::Layer& layer = layer_at(scene, *index);
  const Shape input = lesson::layer_input_shape(scene, *index);
  switch (target.tensor) {
    case TensorRole::kInput:
      return in_padded_input(layer.spec, input, target.at);
    case TensorRole::kWeight:
      return contains(layer.weight.base.shape(), target.at);
    case TensorRole::kProduct:
      return contains(product_shape(layer, input), target.at);
    case TensorRole::kBias:
      return contains(layer.bias.base.shape(), target.at);
    case TensorRole::kOutput:
      return contains(conv::output_shape(layer.spec, input), target.at);
    case TensorRole::kTarget:
      return contains(lesson::target_shape(scene), target.at);
    case TensorRole::kZeroInserted:
    case TensorRole::kFlipped:
      break;  // no cells of the document
  }
  return false;
}

}  // namespace convscope::session
