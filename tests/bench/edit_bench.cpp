// Changes one weight of a filter on a photo of 12 megapixels: from the action to the map and its
// colours. The goal is one frame at 60 Hz, 16.7 ms, on two threads.
#include <benchmark/benchmark.h>

#include <utility>

#include "core/conv/conv2d.h"
#include "core/derive/derived.h"
#include "core/derive/difference.h"
#include "core/session/comparing.h"
#include "core/session/update.h"
#include "core/tensor/random.h"

namespace convscope {
namespace {

constexpr std::int64_t kThreads = 2;

// 3x3 filters over the colours of a photo, padded to its size.
session::Session photo_session(std::int64_t filters) {
  lesson::Layer layer;
  layer.spec.in_channels = 3;
  layer.spec.out_channels = filters;
  layer.spec.padding = conv::PaddingRule::kSame;
  layer.weight.base = random_tensor(conv::weight_shape(layer.spec), {.seed = 2});
  layer.weight.source = lesson::SeededSource{{.seed = 2}};
  lesson::Scene scene;
  scene.input.base = random_tensor({1, 3, 3000, 4000}, {.seed = 1});
  scene.input.source = lesson::SeededSource{{.seed = 1}};
  scene.layers = {layer};
  lesson::Lesson lesson;
  lesson.id = "photo";
  lesson.scenes = {scene};
  return session::open_session(std::move(lesson), session::Theme::kDark,
                               lesson::Language::kEnglish);
}

// Always in the same filter, as in a drag.
session::action::SetValue edit(std::int64_t round) {
  return {{session::TensorRole::kWeight, {0, 1, 1, 1}}, static_cast<float>(round % 1000), false};
}

void weight_edit(benchmark::State& state) {
  session::Session session = photo_session(state.range(0));
  const conv::RunOptions run = {.threads = kThreads};
  derive::Derived derived = derive::derive(session::scene_of(session), run);
  Tensor shown = derived.layers[0].output;
  const auto change = [&](std::int64_t round) {
    session = session::update(std::move(session), edit(round));
    derived = derive::derive(session::scene_of(session), run, std::move(derived));
    shown = derived.layers[0].output;  // the window releases the previous map
  };
  change(1);  // the first edit allocates the memory that later edits reuse
  std::int64_t round = 1;
  for (auto _ : state) {
    change(++round);
  }
  state.counters["maps"] = static_cast<double>(derived.layers[0].map.computed);
  state.SetLabel(std::string(conv::name_of(*derived.layers[0].algorithm)));
}
BENCHMARK(weight_edit)
    ->Arg(1)
    ->Arg(4)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// The parts of that time: the engine writing to existing memory...
void weight_edit_engine(benchmark::State& state) {
  const session::Session session = photo_session(1);
  const lesson::Layer& layer = session::layer_of(session);
  const Tensor& input = session::scene_of(session).input.base;
  std::vector<float> out(
      static_cast<std::size_t>(conv::output_shape(layer.spec, input.shape()).count()));
  for (auto _ : state) {
    conv::conv2d_into(out, input, layer.weight.base, Tensor(), layer.spec, {.threads = kThreads});
    benchmark::ClobberMemory();
  }
}
BENCHMARK(weight_edit_engine)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// ...and surveying the values for the colours. The rest of weight_edit is the session.
void weight_edit_colors(benchmark::State& state) {
  const Tensor map = random_tensor({1, 1, 3000, 4000}, {.seed = 3});
  for (auto _ : state) {
    const std::vector<derive::MapSurvey> surveys = derive::surveys_of(map, {.threads = kThreads});
    benchmark::DoNotOptimize(derive::range_of(surveys));
    benchmark::DoNotOptimize(derive::color_range(surveys));
  }
}
BENCHMARK(weight_edit_colors)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// The same while comparing, with the difference of the maps: with the lesson's own numbers, which
// stay, or with other paddings, whose map changes as well.
void weight_edit_compared(benchmark::State& state) {
  const bool both = state.range(0) != 0;
  session::Session session = photo_session(1);
  session = session::update(std::move(session), edit(0));
  session = session::update(std::move(session),
                            session::action::Compare{both ? session::Comparison::kPadding
                                                          : session::Comparison::kLesson});
  const conv::RunOptions run = {.threads = kThreads};
  derive::Derived first = derive::derive(session::scene_of(session), run);
  derive::Derived second;
  derive::Differences differences;
  derive::Difference shown;
  const auto change = [&](std::int64_t round) {
    session = session::update(std::move(session), edit(round));
    first = derive::derive(session::scene_of(session), run, std::move(first));
    const std::optional<session::BesideScene> beside = session::beside_of(session);
    const Shared<lesson::Scene>& scene = beside->lesson->scenes.front();
    second = derive::derive(*scene, run, derive::with_input_of(std::move(second), first, *scene));
    shown = differences.of(first.layers[0].map, second.layers[0].map);
  };
  change(1);
  change(2);
  std::int64_t round = 2;
  for (auto _ : state) {
    change(++round);
  }
  state.SetLabel(both ? "other padding" : "the lesson");
}
BENCHMARK(weight_edit_compared)
    ->Arg(0)
    ->Arg(1)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// The cost of memory that the system has to provide first.
void weight_edit_fresh_memory(benchmark::State& state) {
  const session::Session session = photo_session(1);
  for (auto _ : state) {
    benchmark::DoNotOptimize(derive::derive(session::scene_of(session), {.threads = kThreads}));
  }
}
BENCHMARK(weight_edit_fresh_memory)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace convscope
