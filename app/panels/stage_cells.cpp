#include "app/panels/stage_cells.h"

#include <cmath>

#include "core/picture/target_rect.h"

namespace convscope {
namespace {

constexpr float kLegibleWidth = 16;

const Tensor* tensor_of(const Derived& derived, std::int64_t layer, TensorRole role) {
  if (layer < 0 || layer >= static_cast<std::int64_t>(derived.layers.size())) {
    return nullptr;
  }
  const LayerResult& result = derived.layers[static_cast<std::size_t>(layer)];
  switch (role) {
    case TensorRole::kInput:
      return layer == 0 ? &result.input : nullptr;
    case TensorRole::kWeight:
      return &result.weight;
    case TensorRole::kBias:
      return &result.bias;
    default:
      return nullptr;
  }
}

}  // namespace

std::optional<float> cell_value(const Session& session, const Derived& derived,
                                const Target& target) {
  const Tensor* tensor = tensor_of(derived, session.layer, target.tensor);
  if (tensor == nullptr || !contains(tensor->shape(), target.at)) {
    return std::nullopt;
  }
  return tensor->at(target.at);
}

Target next_cell(const Derived& derived, std::int64_t layer, const Target& target) {
  const Tensor* tensor = tensor_of(derived, layer, target.tensor);
  if (tensor == nullptr || !contains(tensor->shape(), target.at)) {
    return target;
  }
  const Shape& shape = tensor->shape();
  const std::int64_t next = (offset_of(shape, target.at) + 1) % shape.count();
  return {target.tensor,
          {next / (shape.c * shape.h * shape.w), next / (shape.h * shape.w) % shape.c,
           next / shape.w % shape.h, next % shape.w}};
}

bool is_legible(const PanelContext& context, const Target& target) {
  const std::optional<Rect> rect = target_rect(context.stage, target);
  return rect && rect->w >= context.px(kLegibleWidth);
}

float dragged_value(float start, float steps) {
  constexpr double kFineStep = 0.05;
  const bool whole = std::floor(start) == start;
  const double value = start + std::round(steps) * (whole ? 1.0 : kFineStep);
  // Twentieths are no sums of powers of two; cut the dust off.
  return static_cast<float>(whole ? value : std::round(value * 1e4) / 1e4);
}

}  // namespace convscope
