#include "app/panels/stage_cells.h"

#include <cmath>

#include "core/conv/as_convolution.h"
#include "core/lesson/targets.h"
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

// The map that someone draws for the training, if there is one.
const TensorRef* drawn_target(const Session& session) {
  const std::optional<Training>& training = scene_of(session).training;
  return training && !training->target.base.empty() ? &training->target : nullptr;
}

std::optional<float> drawn_value(const Session& session, const Index& at) {
  const TensorRef* drawn = drawn_target(session);
  if (drawn == nullptr || !contains(drawn->base.shape(), at)) {
    return std::nullopt;
  }
  const auto edit = drawn->edits.find(at);
  return edit != drawn->edits.end() ? edit->second : drawn->base.at(at);
}

Index following(const Shape& shape, const Index& at) {
  const std::int64_t next = (offset_of(shape, at) + 1) % shape.count();
  return {next / (shape.c * shape.h * shape.w), next / (shape.h * shape.w) % shape.c,
          next / shape.w % shape.h, next % shape.w};
}

}  // namespace

std::optional<Target> document_cell(const Session& session, const std::optional<Target>& shown) {
  const std::optional<Target> own = shown ? own_target(session, *shown) : std::nullopt;
  return own && names_a_cell(session, *own) ? own : std::nullopt;
}

std::optional<float> cell_value(const Session& session, const Derived& derived,
                                const Target& target) {
  const std::optional<Target> own = document_cell(session, target);
  if (!own || (own->layer >= 0 && own->layer != session.layer)) {
    return std::nullopt;
  }
  if (own->tensor == TensorRole::kTarget) {
    return drawn_value(session, own->at);
  }
  const Tensor* tensor = tensor_of(derived, session.layer, own->tensor);
  if (tensor == nullptr || !contains(tensor->shape(), own->at)) {
    return std::nullopt;
  }
  return tensor->at(own->at);
}

Target next_cell(const Session& session, const Derived& derived, const Target& target) {
  const std::optional<Target> own = document_cell(session, target);
  if (!own || !cell_value(session, derived, *own)) {
    return target;
  }
  const LayerResult& layer = derived.layers[static_cast<std::size_t>(session.layer)];
  if (target.tensor == TensorRole::kTurned) {
    return {target.tensor, following(layer.stage.weight.shape(), target.at), target.layer};
  }
  const bool drawn = own->tensor == TensorRole::kTarget;
  const Shape& shape = drawn ? drawn_target(session)->base.shape()
                             : tensor_of(derived, session.layer, own->tensor)->shape();
  const Index next = following(shape, own->at);
  // Zeros between the cells of a stretched input are skipped.
  return target.tensor == TensorRole::kStretched
             ? Target{target.tensor, stage_input_at(layer.spec, next), target.layer}
             : Target{own->tensor, next, target.layer};
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
