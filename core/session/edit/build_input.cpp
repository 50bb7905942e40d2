#include "core/session/edit/build_input.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "core/lesson/build/input_fill.h"
#include "core/lesson/build/new_layer.h"
#include "core/lesson/build/reshape.h"
#include "core/lesson/limits.h"
#include "core/session/edit/scene_change.h"

namespace convscope::session {
namespace {

std::optional<Problem> size_problem(const Session& session, const Shape& shape) {
  const std::int64_t limit = most_input_values(scene_of(session));
  for (const auto& [field, side] : {std::pair{"channels", shape.c}, std::pair{"height", shape.h},
                                    std::pair{"width", shape.w}}) {
    if (side < 1) {
      return Problem{"input_side_positive", field, {}};
    }
  }
  if (layer_of(session).one_dimensional && shape.h != 1) {
    return Problem{"input_signal_height", "height", {}};
  }
  if (lesson::saturating_count(shape) > limit) {
    return Problem{"input_too_many_values",
                   shape.c >= shape.h && shape.c >= shape.w ? "channels"
                   : shape.h > shape.w                      ? "height"
                                                            : "width",
                   {{"count", lesson::saturating_count(shape)}, {"limit", limit}}};
  }
  return std::nullopt;
}

// Another input, if the layers can read it; else says why not.
void give_input(Session& session, const lesson::TensorRef& input, Mend mend) {
  const Shape shape = input.base.shape();
  const std::vector<conv::LayerSpec> specs = specs_on_input(scene_of(session), shape, mend);
  std::vector<Problem> found = chain_problems(specs, shape, 0);
  if (!found.empty()) {
    session.transient.notice = std::move(found.front());
    return;
  }
  session.transient.draft.reset();
  change_scene(session, true, [&](lesson::Scene& scene) {
    put_input(scene, input, specs);
    scene.colors = lesson::InputColors::kAuto;  // the numbers are of another kind
  });
}

}  // namespace

Shape input_shape_of(const Session& session, const action::SetInputSize& action) {
  return {scene_of(session).input.base.shape().n, action.channels, action.height, action.width};
}

std::vector<Problem> input_problems(const Session& session, const Shape& shape, Mend mend) {
  if (auto problem = size_problem(session, shape)) {
    return {*problem};
  }
  return chain_problems(specs_on_input(scene_of(session), shape, mend), shape, 0);
}

void set_input_size(Session& session, const action::SetInputSize& action) {
  const Shape shape = input_shape_of(session, action);
  if (std::vector<Problem> found = input_problems(session, shape, action.mend); !found.empty()) {
    session.transient.notice = std::move(found.front());
    return;
  }
  session.transient.draft.reset();
  lesson::Scene before = scene_before_drag(session);
  const lesson::TensorRef input = lesson::resized(before.input, shape);
  if (!is_writable(input)) {
    session.transient.notice = Problem{"lesson_not_finite", "input", {}};
    return;
  }
  const std::vector<conv::LayerSpec> specs = specs_on_input(scene_of(session), shape, action.mend);
  change_scene(session, action.commit, [&](lesson::Scene& scene) {
    scene.input = std::move(before.input);
    scene.colors = before.colors;
    scene.training = std::move(before.training);
    scene.reference_map = std::move(before.reference_map);
    put_input(scene, input, specs);
  });
}

void fill_input(Session& session, const action::FillInput& action) {
  const Shape shape = scene_of(session).input.base.shape();
  const bool typed =
      action.fill == lesson::InputFill::kRamp || action.fill == lesson::InputFill::kChecker;
  if (typed && shape.count() > lesson::kMostTypedValues) {
    session.transient.notice =
        Problem{"input_too_many_values",
                "input",
                {{"count", shape.count()}, {"limit", lesson::kMostTypedValues}}};
    return;
  }
  change_scene(session, true, [&](lesson::Scene& scene) {
    scene.input = lesson::filled(action.fill, shape, action.seed);
    scene.colors = lesson::InputColors::kAuto;
  });
}

void change_input(Session& session, const action::ChangeInput& action) {
  const Tensor input = scene_of(session).input.tensor();
  if (auto problem = lesson::change_problem(action.change, input.shape(), action.size)) {
    session.transient.notice = std::move(problem);
    return;
  }
  if (layer_of(session).one_dimensional) {
    session.transient.notice = Problem{"input_is_signal", "input", {}};
    return;
  }
  const Tensor changed = lesson::changed_input(input, action.change, action.size);
  if (changed.shares_storage_with(input)) {
    return;
  }
  const lesson::TensorRef ref{lesson::InlineSource{}, changed, {}};
  if (!is_writable(ref)) {
    session.transient.notice = Problem{"lesson_not_finite", "input", {}};
    return;
  }
  give_input(session, ref, action.mend);
}

void take_picture(Session& session, const action::PictureTaken& action) {
  if (action.input.base.empty() || !is_writable(action.input) || action.input.base.shape().n != 1 ||
      layer_of(session).one_dimensional) {
    session.transient.notice = Problem{"input_is_signal", "input", {}};
    return;
  }
  give_input(session, action.input, Mend::kLayers);
}

}  // namespace convscope::session
