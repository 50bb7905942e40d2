#include "app/panels/stage/stage_cells.h"

#include <cmath>

#include "core/conv/analysis/as_convolution.h"
#include "core/picture/display/target_rect.h"
#include "core/session/targets.h"

namespace convscope::panels {
namespace {

constexpr float kLegibleWidth = 16;

const Tensor* tensor_of(const derive::Derived& derived, std::int64_t layer,
                        session::TensorRole role) {
  if (layer < 0 || layer >= static_cast<std::int64_t>(derived.layers.size())) {
    return nullptr;
  }
  const derive::LayerResult& result = derived.layers[static_cast<std::size_t>(layer)];
  switch (role) {
    case session::TensorRole::kInput:
      return layer == 0 ? &result.input : nullptr;
    case session::TensorRole::kWeight:
      return &result.weight;
    case session::TensorRole::kBias:
      return &result.bias;
    default:
      return nullptr;
  }
}

// The map that someone draws for the training, if there is one.
const lesson::TensorRef* drawn_target(const session::Session& session) {
  const std::optional<lesson::Training>& training = session::scene_of(session).training;
  return training && !training->target.base.empty() ? &training->target : nullptr;
}

std::optional<float> drawn_value(const session::Session& session, const Index& at) {
  const lesson::TensorRef* drawn = drawn_target(session);
  if (drawn == nullptr || !contains(drawn->base.shape(), at)) {
    return std::nullopt;
  }
  return drawn->edits.at(at).value_or(drawn->base.at(at));
}

Index following(const Shape& shape, const Index& at) {
  const std::int64_t next = (offset_of(shape, at) + 1) % shape.count();
  return {next / (shape.c * shape.h * shape.w), next / (shape.h * shape.w) % shape.c,
          next / shape.w % shape.h, next % shape.w};
}

}  // namespace

std::optional<session::Target> document_cell(const session::Session& session,
                                             const std::optional<session::Target>& shown) {
  const std::optional<session::Target> own =
      shown ? session::own_target(session, *shown) : std::nullopt;
  return own && session::names_a_cell(session, *own) ? own : std::nullopt;
}

std::optional<float> cell_value(const session::Session& session, const derive::Derived& derived,
                                const session::Target& target) {
  const std::optional<session::Target> own = document_cell(session, target);
  if (!own || (own->layer >= 0 && own->layer != session.look.layer)) {
    return std::nullopt;
  }
  if (own->tensor == session::TensorRole::kTarget) {
    return drawn_value(session, own->at);
  }
  const Tensor* tensor = tensor_of(derived, session.look.layer, own->tensor);
  if (tensor == nullptr || !contains(tensor->shape(), own->at)) {
    return std::nullopt;
  }
  return tensor->at(own->at);
}

session::Target next_cell(const session::Session& session, const derive::Derived& derived,
                          const session::Target& target) {
  const std::optional<session::Target> own = document_cell(session, target);
  if (!own || !cell_value(session, derived, *own)) {
    return target;
  }
  const derive::LayerResult& layer = derived.layers[static_cast<std::size_t>(session.look.layer)];
  if (target.tensor == session::TensorRole::kFlipped) {
    return {target.tensor, following(layer.equivalent.weight.shape(), target.at), target.layer};
  }
  const bool drawn = own->tensor == session::TensorRole::kTarget;
  const Shape& shape = drawn ? drawn_target(session)->base.shape()
                             : tensor_of(derived, session.look.layer, own->tensor)->shape();
  const Index next = following(shape, own->at);
  // Zeros between the cells of a stretched input are skipped.
  return target.tensor == session::TensorRole::kZeroInserted
             ? session::Target{target.tensor, conv::equivalent_input_at(layer.spec, next),
                               target.layer}
             : session::Target{own->tensor, next, target.layer};
}

bool is_legible(const PanelContext& context, const session::Target& target) {
  const std::optional<picture::Rect> rect = picture::target_rect(context.stage, target);
  return rect && rect->w >= context.px(kLegibleWidth);
}

bool is_editable(const PanelContext& context, const session::Target& target) {
  // A count of the coverage view is no value to be typed.
  const bool counts = context.session.look.view == lesson::View::kCoverage;
  return !counts && cell_value(context.session, context.derived, target) &&
         is_legible(context, target);
}

float dragged_value(float start, float steps) {
  constexpr double kFineStep = 0.05;
  const bool whole = std::floor(start) == start;
  const double value = start + std::round(steps) * (whole ? 1.0 : kFineStep);
  // Twentieths are no sums of powers of two; cut the dust off.
  return static_cast<float>(whole ? value : std::round(value * 1e4) / 1e4);
}

}  // namespace convscope::panels
