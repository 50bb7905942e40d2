#include "core/session/ask/reveal.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/lesson/scene_shapes.h"
#include "core/quiz/setting/drawn_scene.h"
#include "core/quiz/setting/patch.h"
#include "core/quiz/templates/templates.h"
#include "core/session/ask/asking_moves.h"
#include "core/session/clock_moves.h"

namespace convscope::session {
namespace {

using quiz::Reveal;

// So many products are told one by one; of more only their sums.
constexpr std::int64_t kMostTerms = 12;
// So many positions are played; of a larger map only the last ones.
constexpr std::int64_t kMostPlayed = 12;

std::int64_t number(const Session& session, std::string_view name) {
  return static_cast<std::int64_t>(session.asking->question().values.find(name).value_or(0));
}

// The position that the question is about.
std::int64_t asked_position(const Session& session) {
  const quiz::Spot& spot = session.asking->question().spot;
  const Shape shape = position_shape(session);
  const Index at = {0, spot.filter, spot.y, spot.x};
  return contains(shape, at) ? offset_of(shape, at) : 0;
}

void show(Session& session, lesson::View view) {
  session.look.view = view;
  session.look.second_view.reset();
}

void put_beside(Session& session, BesideScene::Why why, const lesson::Scene& scene,
                const Index& shift = {}) {
  if (quiz::can_run(scene)) {
    session.asking->beside = BesideScene{
        why, lesson_of(scene, session.document.lesson->title, session.document.lesson->id), shift};
  }
}

void show_scene_with(Session& session, const lesson::Scene& scene) {
  if (quiz::can_run(scene)) {
    session.document.lesson =
        lesson_of(scene, session.document.lesson->title, session.document.lesson->id);
    session.document.original = session.document.lesson;
  }
}

// From the still before `first` to that of `last`.
void play(Session& session, std::int64_t first, std::int64_t last, Granularity granularity) {
  session.clock.granularity = granularity;
  const Timeline timeline = timeline_of(session);
  last = std::clamp<std::int64_t>(last, 0, timeline.positions - 1);
  first = std::max(first, last - kMostPlayed + 1);
  session.clock.frame = frame_of(timeline, first - 1);
  session.clock.run_to = frame_of(timeline, last);
}

void stand_still(Session& session, std::int64_t position) {
  session.clock.frame = frame_of(timeline_of(session), position);
}

Granularity finest(const Session& session) {
  const conv::LayerSpec& spec = layer_of(session).spec;
  const std::int64_t channels = std::max<std::int64_t>(spec.in_channels / spec.groups, 1);
  const std::int64_t terms = spec.kernel_size.h * spec.kernel_size.w * channels;
  return terms <= kMostTerms ? Granularity::kTerm
         : channels > 1      ? Granularity::kChannel
                             : Granularity::kPosition;
}

void play_terms(Session& session, std::int64_t position) {
  play(session, position, position, finest(session));
}

void play_row(Session& session) {
  play(session, 0, position_shape(session).w - 1, Granularity::kPosition);
}

void play_all(Session& session) {
  play(session, 0, position_shape(session).count() - 1, Granularity::kPosition);
}

void light(Session& session, TensorRole tensor, const Index& at) {
  session.transient.hover = Target{tensor, at};
}

lesson::Scene with_input(const Session& session, const Tensor& input) {
  lesson::Scene scene = session.asking->question().scene;
  scene.input = quiz::inline_tensor(input);
  return scene;
}

Tensor filled(const Shape& shape, float value) {
  return Tensor(shape, std::vector<float>(static_cast<std::size_t>(shape.count()), value));
}

// The window's cells under positive weights are 1, those under negative ones 0.
lesson::Scene with_best_patch(const Session& session) {
  const quiz::Question& question = session.asking->question();
  const lesson::Layer& layer = question.scene.layers.front();
  const Tensor weight = layer.weight.tensor();
  const Tensor input = question.scene.input.tensor();
  std::vector<float> values(input.values().begin(), input.values().end());
  const conv::Size2 kernel = layer.spec.kernel_size;
  const conv::Pads pads = conv::resolved_pads(layer.spec, input.shape());
  for (std::int64_t i = 0; i < kernel.h; ++i) {
    for (std::int64_t j = 0; j < kernel.w; ++j) {
      const Index at = {0, 0, question.spot.y * layer.spec.stride.h + i - pads.top,
                        question.spot.x * layer.spec.stride.w + j - pads.left};
      if (contains(input.shape(), at)) {
        values[static_cast<std::size_t>(offset_of(input.shape(), at))] =
            weight.at({question.spot.filter, 0, i, j}) > 0 ? 1.0F : 0.0F;
      }
    }
  }
  return with_input(session, Tensor(input.shape(), std::move(values)));
}

// One input channel more, with numbers like the others.
lesson::Scene with_channel(const Session& session) {
  const quiz::Question& question = session.asking->question();
  quiz::Draw draw(1);
  Shape input = question.scene.input.base.shape();
  ++input.c;
  lesson::Scene scene = with_input(session, draw.integers(input, -3, 3));
  lesson::Layer& layer = scene.layers.front();
  ++layer.spec.in_channels;
  layer.weight = quiz::inline_tensor(draw.integers(conv::weight_shape(layer.spec), -3, 3));
  return scene;
}

// The same layer on an input of twice the height and width.
void put_larger_beside(Session& session) {
  const quiz::Question& question = session.asking->question();
  quiz::Draw draw(1);
  Shape input = question.scene.input.base.shape();
  input.h *= question.scene.layers.front().one_dimensional ? 1 : 2;
  input.w *= 2;
  put_beside(session, BesideScene::Why::kLarger, with_input(session, draw.integers(input, -3, 3)));
}

void put_stride_one_beside(Session& session) {
  const quiz::Question& question = session.asking->question();
  lesson::Scene scene = question.scene;
  const conv::Size2 stride = std::exchange(scene.layers.front().spec.stride, {1, 1});
  const quiz::Spot& spot = question.spot;
  put_beside(session, BesideScene::Why::kStrideOne, scene,
             {0, 0, spot.y * (stride.h - 1), spot.x * (stride.w - 1)});
}

// From the question's cell to the one that holds the wrong answer. Of a wrong size no cell is
// meant.
Index shift_to(const quiz::WrongComputation& computation, const quiz::Question& question) {
  const lesson::Layer& layer = question.scene.layers.front();
  const Shape own = conv::output_shape(layer.spec, question.scene.input.base.shape());
  if (conv::output_shape(computation.spec, computation.input.shape()) != own) {
    return {};
  }
  const quiz::Spot& spot = question.spot;
  return {0, computation.at.c - spot.filter, computation.at.y - spot.y, computation.at.x - spot.x};
}

// The wrong answer's own computation, where it is one.
void put_mistake_beside(Session& session) {
  const Asking& asking = *session.asking;
  const quiz::Question& question = asking.question();
  const auto wrong = std::ranges::find(question.wrong, asking.verdict->code, &quiz::Wrong::code);
  if (asking.verdict->code.empty() || wrong == question.wrong.end() || !wrong->computation) {
    return;
  }
  const quiz::WrongComputation& computation = *wrong->computation;
  lesson::Scene scene = question.scene;
  scene.input = quiz::inline_tensor(computation.input);
  lesson::Layer& layer = scene.layers.front();
  layer.spec = computation.spec;
  layer.weight = {};
  layer.bias = {};
  if (!computation.weight.empty()) {
    layer.weight = quiz::inline_tensor(computation.weight);
  }
  if (!computation.bias.empty()) {
    layer.bias = quiz::inline_tensor(computation.bias);
  }
  put_beside(session, BesideScene::Why::kYours, scene, shift_to(computation, question));
}

// The error map slides over the input: the third of a step's four parts.
void play_descent(Session& session, std::int64_t parts) {
  show(session, lesson::View::kDescent);
  session.clock.granularity = Granularity::kTerm;
  const Timeline timeline = timeline_of(session);
  session.clock.frame = 2 * timeline.ticks_per_part;
  session.clock.run_to = parts * timeline.ticks_per_part - 1;  // the step is still told
  light(session, TensorRole::kWeight, {0, 0, number(session, "i"), number(session, "j")});
}

void play_reveal(Session& session, Reveal kind) {
  const std::int64_t position = asked_position(session);
  switch (kind) {
    case Reveal::kPlayTerms:
    case Reveal::kJoinPartialSums:
    case Reveal::kFrameWinner:
    case Reveal::kSmallWeights:
    case Reveal::kFlatWindow:
      play_terms(session, position);
      return;
    case Reveal::kGreyZeroProducts:
      play_terms(session, number(session, "P"));
      return;
    case Reveal::kHatchPadding:
    case Reveal::kLightTaps:
    case Reveal::kSpreadTaps:
      play_terms(session, 0);
      return;
    case Reveal::kLightCellWeightOutput:
      stand_still(session, position);
      light(session, TensorRole::kInput,
            {0, number(session, "c"), number(session, "a"), number(session, "q")});
      return;
    case Reveal::kLightOutputs:
      stand_still(session, position_shape(session).count() - 1);
      light(session, TensorRole::kInput, {0, 0, number(session, "a"), number(session, "q")});
      return;
    case Reveal::kPaintBestPatch:
      show_scene_with(session, with_best_patch(session));
      play_terms(session, position);
      return;
    case Reveal::kPaintWhite:
      show_scene_with(session,
                      with_input(session, filled(scene_of(session).input.base.shape(), 1)));
      play_terms(session, position);
      return;
    case Reveal::kStripBrackets:
      show(session, lesson::View::kStrip);
      play_row(session);
      return;
    case Reveal::kSlideBracket:
    case Reveal::kWindowThatDoesNotFit:
    case Reveal::kSetInput:
    case Reveal::kFirstAndLastStamp:
      play_row(session);
      return;
    case Reveal::kOverlayMaps:
      put_stride_one_beside(session);
      stand_still(session, position);
      return;
    case Reveal::kCoverageView:
      show(session, lesson::View::kCoverage);
      play_all(session);
      return;
    case Reveal::kAddChannel:
      show_scene_with(session, with_channel(session));
      play(session, 0, 0, Granularity::kChannel);
      return;
    case Reveal::kResizeInput:
      put_larger_beside(session);
      stand_still(session, position_shape(session).count() - 1);
      return;
    case Reveal::kNeuronView:
      show(session, lesson::View::kNeuron);
      stand_still(session, 0);
      return;
    case Reveal::kLightRow:
      show(session, lesson::View::kMatrix);
      stand_still(session, 0);
      return;
    case Reveal::kKernelCaptions:
    case Reveal::kCountOneFilter:
      light(session, TensorRole::kWeight, {0, 0, 0, 0});
      return;
    case Reveal::kGridsAppear:
    case Reveal::kClickEdge:
    case Reveal::kStepRound:
    case Reveal::kSideBySide:
      play_all(session);
      return;
    case Reveal::kDotsInCell:
      stand_still(session, position_shape(session).count() - 1);
      light(session, TensorRole::kOutput, {0, 0, number(session, "y"), number(session, "x")});
      return;
    case Reveal::kLightPyramid:
    case Reveal::kLightField:
      show(session, lesson::View::kReceptiveField);
      play_all(session);
      return;
    case Reveal::kSlideErrors:
      play_descent(session, 3);
      return;
    case Reveal::kUpdateLine:
      play_descent(session, 4);
      return;
  }
}

}  // namespace

void reveal(Session& session) {
  const quiz::Template* asked = quiz::find_template(session.asking->question().template_id);
  if (asked == nullptr) {
    return;
  }
  play_reveal(session, asked->reveal);
  if (!session.asking->beside) {
    put_mistake_beside(session);
  }
}

}  // namespace convscope::session
