#include "core/session/comparing.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/conv/operators/operator.h"
#include "core/lesson/views.h"
#include "core/session/ask/asking_moves.h"
#include "core/session/edit/edit.h"

namespace convscope::session {
namespace {

bool is_padded(const conv::Pads& pads) {
  return pads.top != 0 || pads.bottom != 0 || pads.left != 0 || pads.right != 0;
}

// With PyTorch "same" only goes with stride 1; otherwise half a kernel is written out.
void pad_as_torch(conv::LayerSpec& spec) {
  if (spec.stride == conv::Size2{1, 1}) {
    spec.padding = conv::PaddingRule::kSame;
    return;
  }
  const std::int64_t h = (conv::dilated_kernel(spec).h - 1) / 2;
  const std::int64_t w = (conv::dilated_kernel(spec).w - 1) / 2;
  spec.padding = conv::PaddingRule::kExplicit;
  spec.pads = {h, h, w, w};
}

// The layer on stage with its other setting.
std::optional<conv::LayerSpec> other_spec(const Session& session, Comparison with) {
  const lesson::Layer& layer = layer_of(session);
  conv::LayerSpec spec = layer.spec;
  const bool convolution = spec.op == conv::Op::kConv;
  if (with == Comparison::kPadding) {
    const Shape input = lesson::layer_input_shape(scene_of(session), session.look.layer);
    if (!convolution || !is_padded(conv::resolved_pads(spec, input))) {
      return std::nullopt;
    }
    spec.padding_mode = spec.padding_mode == conv::PaddingMode::kZeros ? conv::PaddingMode::kReflect
                                                                       : conv::PaddingMode::kZeros;
  } else if (with == Comparison::kStride) {
    const conv::Operator& operation = conv::operator_of(spec.op);
    if (!operation.reads(conv::Setting::kStride) || operation.transposed()) {
      return std::nullopt;
    }
    const std::int64_t stride = spec.stride == conv::Size2{1, 1} ? 2 : 1;
    spec.stride = {layer.one_dimensional ? 1 : stride, stride};
  } else if (with == Comparison::kSame) {
    if (!convolution) {
      return std::nullopt;
    }
    if (spec.padding == conv::PaddingRule::kSameTf) {
      pad_as_torch(spec);
    } else {
      spec.padding = conv::PaddingRule::kSameTf;
    }
  }
  // Behind the layer on stage nothing is shown.
  Session alone = session;
  alone.document.lesson.change([&](lesson::Lesson& lesson) {
    lesson.scenes[static_cast<std::size_t>(session.look.scene)].change([&](lesson::Scene& scene) {
      scene.layers.resize(static_cast<std::size_t>(session.look.layer) + 1);
    });
  });
  return spec_problems(alone, spec).empty() ? std::optional(spec) : std::nullopt;
}

// The scene of that number, if it has the layer on stage.
const lesson::Scene* scene_in(const lesson::Lesson& lesson, const Session& session) {
  const auto number = static_cast<std::size_t>(session.look.scene);
  if (number >= lesson.scenes.size() ||
      std::ssize(lesson.scenes[number]->layers) <= session.look.layer) {
    return nullptr;
  }
  return &*lesson.scenes[number];
}

const lesson::Scene* earlier_scene(const Session& session) {
  const std::vector<Snapshot>& past = session.document.history->past;
  return !past.empty() && past.back().document == session.document.number
             ? scene_in(*past.back().lesson, session)
             : nullptr;
}

// A scene without texts: they are about the one on stage.
std::optional<BesideScene> as_beside(const lesson::Scene* scene, const Session& session) {
  if (scene == nullptr) {
    return std::nullopt;
  }
  lesson::Scene alone = *scene;
  alone.layers.resize(static_cast<std::size_t>(session.look.layer) + 1);
  alone.narration.clear();
  alone.reference_map.reset();
  alone.training.reset();
  return BesideScene{BesideScene::Why::kCompared, lesson_of(alone, {}), {}};
}

std::optional<BesideScene> compared_with(const Session& session, Comparison with) {
  switch (with) {
    case Comparison::kNone:
      return std::nullopt;
    case Comparison::kLesson:
      return as_beside(scene_in(*session.document.original, session), session);
    case Comparison::kBefore:
      return as_beside(earlier_scene(session), session);
    case Comparison::kPadding:
    case Comparison::kStride:
    case Comparison::kSame:
      break;
  }
  const std::optional<conv::LayerSpec> spec = other_spec(session, with);
  if (!spec) {
    return std::nullopt;
  }
  lesson::Scene scene = scene_of(session);
  scene.layers[static_cast<std::size_t>(session.look.layer)].spec = *spec;
  return as_beside(&scene, session);
}

// Pictures of one output cell's sum; the others have clocks or maps of their own.
bool can_stand_beside(const Session& session) {
  return !lesson::counts_steps(session.look.view) && !is_scatter_add(session) &&
         session.look.view != lesson::View::kReceptiveField;
}

}  // namespace

bool can_compare(const Session& session, Comparison with) {
  if (session.asking || !can_stand_beside(session)) {
    return false;
  }
  if (with == Comparison::kLesson) {
    return has_other_numbers(session) && compared_with(session, with).has_value();
  }
  return with == Comparison::kNone || compared_with(session, with).has_value();
}

std::optional<BesideScene> beside_of(const Session& session) {
  if (session.asking) {
    return session.asking->beside;
  }
  if (!can_stand_beside(session)) {
    return std::nullopt;
  }
  const bool flips = session.transient.flipped && session.look.comparison == Comparison::kNone;
  return compared_with(session, flips ? Comparison::kLesson : session.look.comparison);
}

Index cell_beside(const Session& first, const Session& second, const BesideScene& beside,
                  const Index& at) {
  const Shape shape = position_shape(second);
  const auto within = [](std::int64_t place, std::int64_t size) {
    return std::clamp<std::int64_t>(place, 0, size - 1);
  };
  Index there = {at.n, at.c + beside.shift.c, at.y + beside.shift.y, at.x + beside.shift.x};
  const conv::LayerSpec& from = layer_of(first).spec;
  const conv::LayerSpec& to = layer_of(second).spec;
  const conv::Operator& operation = conv::operator_of(from.op);
  if (beside.why == BesideScene::Why::kCompared && from.op == to.op && !operation.transposed() &&
      operation.reads(conv::Setting::kStride)) {
    const auto pads_of = [](const Session& of) {
      return conv::resolved_pads(layer_of(of).spec,
                                 lesson::layer_input_shape(scene_of(of), of.look.layer));
    };
    const conv::Pads a = pads_of(first);
    const conv::Pads b = pads_of(second);
    const auto moved = [](std::int64_t place, std::int64_t stride, std::int64_t pad,
                          std::int64_t other_stride, std::int64_t other_pad) {
      const auto corner = static_cast<double>(place * stride - pad + other_pad);
      return static_cast<std::int64_t>(
          std::floor(corner / static_cast<double>(other_stride) + 0.5));
    };
    there.y = moved(at.y, from.stride.h, a.top, to.stride.h, b.top);
    there.x = moved(at.x, from.stride.w, a.left, to.stride.w, b.left);
  }
  return {within(there.n, shape.n), within(there.c, shape.c), within(there.y, shape.h),
          within(there.x, shape.w)};
}

Session stage_beside(const Session& first, const BesideScene& beside) {
  Session second = first;
  second.document.lesson = beside.lesson;
  second.document.original = beside.lesson;
  second.look.scene = 0;
  second.look.layer = beside.why == BesideScene::Why::kCompared ? first.look.layer : 0;
  second.transient.hover.reset();
  return second;
}

}  // namespace convscope::session
