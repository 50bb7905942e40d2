#include "core/session/edit/put_tensor.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "core/conv/operators/operator.h"
#include "core/lesson/build/reshape.h"
#include "core/lesson/limits.h"
#include "core/lesson/scene_tensors.h"
#include "core/session/clock_moves.h"
#include "core/session/edit/history.h"
#include "core/session/edit/scene_change.h"
#include "core/tensor/reshaped.h"

namespace convscope::session {
namespace {

using Outcome = std::variant<lesson::Scene, Problem>;

lesson::TensorRef with_shape(lesson::TensorRef ref, const Shape& shape) {
  ref.base = reshaped(ref.base, shape);
  return ref;
}

// (C, L) of an array lies in the last two sides; a signal has no height.
Shape signal_shape(const Shape& shape) {
  return shape.h != 1 && shape.n == 1 ? Shape{shape.c, shape.h, 1, shape.w} : shape;
}

// The settings with which the layer on stage takes a weight of this shape on `channels`.
std::variant<conv::LayerSpec, Problem> spec_with_weight(conv::LayerSpec spec, const Shape& shape,
                                                        std::int64_t channels) {
  spec.kernel_size = {shape.h, shape.w};
  spec.in_channels = channels;
  if (conv::operator_of(spec.op).transposed()) {
    if (shape.n == channels && channels % spec.groups == 0) {
      spec.out_channels = lesson::saturating_count({1, 1, shape.c, spec.groups});
      return spec;
    }
    return Problem{"weight_channels", "weight", {{"found", shape.n}, {"expected", channels}}};
  }
  spec.out_channels = shape.n;
  const bool grouped = channels % spec.groups == 0 && shape.c == channels / spec.groups &&
                       shape.n % spec.groups == 0;
  if (!grouped && shape.c == channels) {
    spec.groups = 1;
  } else if (!grouped && shape.c == 1 && shape.n % channels == 0) {
    spec.groups = channels;
  } else if (!grouped) {
    return Problem{"weight_channels", "weight", {{"found", shape.c}, {"expected", channels}}};
  }
  return spec;
}

Outcome checked(lesson::Scene scene, std::int64_t first) {
  std::vector<Problem> found = chain_problems(scene, first);
  if (!found.empty()) {
    return std::move(found.front());
  }
  settle_scene(scene);
  return scene;
}

Outcome with_input(lesson::Scene scene, lesson::TensorRef ref) {
  if (scene.layers.front().one_dimensional) {
    const Shape shape = signal_shape(ref.base.shape());
    if (shape.h != 1) {
      return Problem{"tensor_rank", "input", {{"rank", 4}, {"low", 1}, {"high", 3}}};
    }
    ref = with_shape(std::move(ref), shape);
  }
  const Shape shape = ref.base.shape();
  const std::vector<conv::LayerSpec> specs = specs_on_input(scene, shape, Mend::kNone);
  if (std::vector<Problem> found = chain_problems(specs, shape, 0); !found.empty()) {
    return std::move(found.front());
  }
  put_input(scene, std::move(ref), specs);
  scene.colors = lesson::InputColors::kAuto;  // the numbers are of another kind
  return scene;
}

// The shapes that the sides of an array may mean, the likeliest first.
std::vector<Shape> weight_shapes(const lesson::Layer& layer, const Shape& shape) {
  if (!layer.one_dimensional) {
    return {shape};
  }
  const Shape signal = signal_shape(shape);
  if (signal.n == 1 && signal.c > 1) {  // (1, C, k), or (K, 1, k), which looks alike
    return {signal, {signal.c, 1, 1, signal.w}};
  }
  return {signal};
}

Outcome with_weight(const lesson::Scene& scene, std::int64_t index, const lesson::TensorRef& ref) {
  const lesson::Layer& layer = scene.layers[static_cast<std::size_t>(index)];
  if (!conv::has_weight(layer.spec.op)) {
    return Problem{"layer_has_no_weight", "weight", {}};
  }
  std::optional<Problem> problem;
  for (const Shape& shape : weight_shapes(layer, ref.base.shape())) {
    if (layer.one_dimensional && shape.h != 1) {
      return Problem{"tensor_rank", "weight", {{"rank", 4}, {"low", 1}, {"high", 3}}};
    }
    const auto spec =
        spec_with_weight(layer.spec, shape, lesson::layer_input_shape(scene, index).c);
    if (const auto* refused = std::get_if<Problem>(&spec)) {
      problem = problem ? problem : *refused;
      continue;
    }
    lesson::Scene changed = scene;
    lesson::Layer& target = changed.layers[static_cast<std::size_t>(index)];
    target.spec = std::get<conv::LayerSpec>(spec);
    if (std::vector<Problem> found = chain_problems(changed, index); !found.empty()) {
      problem = problem ? problem : found.front();
      continue;
    }
    target.weight = with_shape(ref, shape);
    lesson::reshape_layer(target, target.spec);
    return checked(std::move(changed), index);
  }
  return *std::move(problem);
}

Outcome with_bias(lesson::Scene scene, std::int64_t index, lesson::TensorRef ref) {
  lesson::Layer& layer = scene.layers[static_cast<std::size_t>(index)];
  const std::int64_t count = ref.base.shape().count();
  if (!conv::has_weight(layer.spec.op)) {
    return Problem{"layer_has_no_weight", "bias", {}};
  }
  if (count != layer.spec.out_channels) {
    return Problem{"bias_count", "bias", {{"found", count}, {"expected", layer.spec.out_channels}}};
  }
  layer.spec.bias = true;
  layer.bias = with_shape(std::move(ref), {1, 1, 1, count});
  return checked(std::move(scene), index);
}

bool holds_numbers(const action::SetTensor& action, const Shape& shape) {
  return lesson::saturating_count(shape) == static_cast<std::int64_t>(action.values.size()) &&
         !action.values.empty();
}

// The sides of an action may leave out images and channels.
Shape whole_shape(Shape shape) {
  shape.n = shape.n == 0 ? 1 : shape.n;
  shape.c = shape.c == 0 ? 1 : shape.c;
  return shape;
}

// The sides of a file's array as the scene holds them, whose own were `before`: a signal or a bias
// has no height.
Shape shape_here(const Shape& shape, const Shape& before) {
  if (before.h != 1) {
    return shape;
  }
  return shape.count() == before.count() ? before : signal_shape(shape);
}

// The tensor with what its file holds now; edits stay where they still lie in it.
bool refresh(lesson::TensorRef& ref, const std::vector<action::Refreshed::File>& files) {
  const auto* source = std::get_if<lesson::FileSource>(&ref.source);
  if (source == nullptr) {
    return false;
  }
  const auto file = std::ranges::find(files, *source, &action::Refreshed::File::source);
  if (file == files.end() || identical(file->tensor, ref.base)) {
    return false;
  }
  const Shape shape = shape_here(file->tensor.shape(), ref.base.shape());
  ref.base = reshaped(file->tensor, shape);
  ref.edits.keep_inside(ref.base.shape());
  return true;
}

// Of several layers the problem names its own.
[[noreturn]] void refuse(Problem problem, const lesson::Scene& scene, const lesson::Layer& layer) {
  if (scene.layers.size() > 1) {
    problem.values.emplace_back("layer", &layer - scene.layers.data() + 1);
  }
  throw Failure(std::move(problem));
}

// The lesson with the new tensors; nothing if no scene changes.
std::optional<lesson::Lesson> refreshed(const lesson::Lesson& lesson,
                                        const action::Refreshed& action) {
  lesson::Lesson next = lesson;
  bool changed = false;
  for (Shared<lesson::Scene>& scene : next.scenes) {
    lesson::Scene fresh = *scene;
    bool differs = false;
    lesson::visit_tensors(
        fresh, [&](lesson::TensorRef& ref) { differs = refresh(ref, action.files) || differs; });
    if (!differs) {
      continue;
    }
    changed = true;
    Shape input = fresh.input.base.shape();
    for (lesson::Layer& layer : fresh.layers) {
      const Shape weight = layer.weight.base.shape();
      if (conv::has_weight(layer.spec.op) && weight != conv::weight_shape(layer.spec)) {
        const auto spec = spec_with_weight(layer.spec, weight, input.c);
        if (const auto* problem = std::get_if<Problem>(&spec)) {
          refuse(*problem, fresh, layer);
        }
        layer.spec = std::get<conv::LayerSpec>(spec);
        lesson::reshape_layer(layer, layer.spec);
      }
      if (!conv::has_weight(layer.spec.op)) {
        layer.spec = conv::fitted(layer.spec, input);
      }
      std::vector<Problem> problems = lesson::layer_problems(layer.spec, input);
      if (!problems.empty()) {
        refuse(problems.front(), fresh, layer);
      }
      input = conv::output_shape(layer.spec, input);
    }
    settle_scene(fresh);
    if (!can_be_shown(fresh)) {
      throw Failure({"lesson_broken", "", {}});
    }
    scene = Shared<lesson::Scene>(std::move(fresh));
  }
  return changed ? std::optional(std::move(next)) : std::nullopt;
}

}  // namespace

std::variant<lesson::Scene, Problem> with_tensor(const Session& session, TensorRole role,
                                                 lesson::TensorRef ref) {
  const lesson::Scene& scene = scene_of(session);
  switch (role) {
    case TensorRole::kInput:
      return with_input(scene, std::move(ref));
    case TensorRole::kWeight:
      return with_weight(scene, session.look.layer, ref);
    case TensorRole::kBias:
      return with_bias(scene, session.look.layer, std::move(ref));
    default:
      return Problem{"value_not_editable", "", {}};
  }
}

std::optional<Problem> tensor_problem(const Session& session, TensorRole role, const Shape& shape) {
  if (lesson::saturating_count(shape) == 0) {
    return Problem{
        "input_empty", "", {{"n", shape.n}, {"c", shape.c}, {"h", shape.h}, {"w", shape.w}}};
  }
  if (lesson::saturating_count(shape) > lesson::kMaxTensorValues) {
    return Problem{"tensor_too_large", "", {{"limit", lesson::kMaxTensorValues}}};
  }
  // Nobody looks at the numbers here.
  lesson::TensorRef ref;
  ref.base = Tensor(shape, std::shared_ptr<const float[]>());
  Outcome outcome = with_tensor(session, role, std::move(ref));
  auto* problem = std::get_if<Problem>(&outcome);
  return problem != nullptr ? std::optional(std::move(*problem)) : std::nullopt;
}

void set_tensor(Session& session, const action::SetTensor& action) {
  const Shape shape = whole_shape(action.shape);
  if (!holds_numbers(action, shape)) {
    session.transient.notice =
        Problem{"tensor_values",
                "values",
                {{"expected", lesson::saturating_count(shape)},
                 {"found", static_cast<std::int64_t>(action.values.size())}}};
    return;
  }
  if (!std::ranges::all_of(action.values, [](float value) { return std::isfinite(value); }) &&
      !action.source) {
    session.transient.notice = Problem{"value_not_finite", "", {}};
    return;
  }
  lesson::TensorRef ref;
  ref.base = Tensor(shape, action.values);
  if (action.source) {
    ref.source = *action.source;
  }
  Outcome outcome = with_tensor(session, action.tensor, std::move(ref));
  if (auto* problem = std::get_if<Problem>(&outcome)) {
    session.transient.notice = std::move(*problem);
    return;
  }
  session.transient.draft.reset();
  change_scene(session, true,
               [&](lesson::Scene& scene) { scene = std::move(std::get<lesson::Scene>(outcome)); });
}

void refresh_tensors(Session& session, const action::Refreshed& action) {
  try {
    const Timeline timeline = timeline_of(session);
    std::optional<lesson::Lesson> lesson = refreshed(*session.document.lesson, action);
    std::optional<lesson::Lesson> original = refreshed(*session.document.original, action);
    if (lesson) {
      close_drag(session.document);
      session.document.lesson = Shared<lesson::Lesson>(*std::move(lesson));
      refit_clock(session, timeline);
      session.transient.selection.reset();
      session.transient.hover.reset();
    }
    if (original) {
      session.document.original = Shared<lesson::Lesson>(*std::move(original));
    }
  } catch (const Failure& failure) {
    session.transient.notice = failure.problem();
  }
}

}  // namespace convscope::session
