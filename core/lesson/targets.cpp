#include "core/lesson/targets.h"

#include "core/conv/as_convolution.h"

namespace convscope {
namespace {

const Layer& layer_at(const Scene& scene, std::int64_t index) {
  return scene.layers[static_cast<std::size_t>(index)];
}

// A kernel as it lies on the stage input: (K, C/groups, kh, kw), also of a transposed convolution.
Shape stage_weight_shape(const LayerSpec& spec) {
  return {spec.out_channels, spec.in_channels / spec.groups, spec.kernel_size.h,
          spec.kernel_size.w};
}

bool in_padded_input(const LayerSpec& spec, const Shape& input, const Index& at) {
  // The ring of a transposed convolution lies around its stretched input.
  const Pads pads = spec.op == Op::kConvTranspose ? Pads{} : resolved_pads(spec, input);
  return at.n >= 0 && at.n < input.n && at.c >= 0 && at.c < input.c && at.y >= -pads.top &&
         at.y < input.h + pads.bottom && at.x >= -pads.left && at.x < input.w + pads.right;
}

// Places of the terms of a step: see Term::weight_at.
Shape product_shape(const Layer& layer, const Shape& input) {
  const LayerSpec spec = fitted(layer.spec, input);
  return has_weight(spec.op) ? weight_shape(spec)
                             : Shape{spec.out_channels, 1, spec.kernel_size.h, spec.kernel_size.w};
}

}  // namespace

std::optional<std::int64_t> layer_named(const Session& session, const Target& target) {
  const auto layers = static_cast<std::int64_t>(scene_of(session).layers.size());
  if (target.layer < -1 || target.layer >= layers) {
    return std::nullopt;
  }
  return target.layer < 0 ? session.layer : target.layer;
}

std::optional<Target> own_target(const Session& session, const Target& target) {
  const std::optional<std::int64_t> index = layer_named(session, target);
  if (!index) {
    return std::nullopt;
  }
  const Scene& scene = scene_of(session);
  const LayerSpec& spec = layer_at(scene, *index).spec;
  if (target.tensor == TensorRole::kStretched) {
    const std::optional<Index> at = own_input_at(spec, layer_input_shape(scene, *index), target.at);
    return at ? std::optional(Target{TensorRole::kInput, *at, target.layer}) : std::nullopt;
  }
  if (target.tensor == TensorRole::kTurned) {
    if (!has_weight(spec.op) || !contains(stage_weight_shape(spec), target.at)) {
      return std::nullopt;
    }
    return Target{TensorRole::kWeight, own_weight_at(spec, target.at), target.layer};
  }
  return target;
}

bool names_a_cell(const Session& session, const Target& target) {
  const std::optional<std::int64_t> index = layer_named(session, target);
  if (!index) {
    return false;
  }
  const Scene& scene = scene_of(session);
  const Layer& layer = layer_at(scene, *index);
  const Shape input = layer_input_shape(scene, *index);
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
      return contains(output_shape(layer.spec, input), target.at);
    case TensorRole::kTarget:
      return contains(layer_output_shape(scene, 0), target.at);
    case TensorRole::kStretched:
    case TensorRole::kTurned:
      break;  // no cells of the document
  }
  return false;
}

}  // namespace convscope
