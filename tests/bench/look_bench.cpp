// A stretch of a brush stroke, and a comparison, on a photo of 12 megapixels: what the window does
// before its next frame, and what the engine does for the map. The goal is a frame of 60 Hz, 16.7
// ms.
#include <benchmark/benchmark.h>

#include <utility>

#include "core/derive/derived.h"
#include "core/derive/difference.h"
#include "core/derive/plan.h"
#include "core/derive/statistics.h"
#include "core/session/comparing.h"
#include "core/session/update.h"
#include "core/tensor/random.h"

namespace convscope {
namespace {

constexpr std::int64_t kThreadsOfLook = 2;
constexpr int kWarmUp = 4;

session::Session photo_session() {
  lesson::Layer layer;
  layer.spec.in_channels = 3;
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

session::action::Paint stretch(std::int64_t round) {
  const std::int64_t x = 100 + 20 * (round % 180);
  return {.target = {session::TensorRole::kInput, {0, 0, 1500, x}},
          .to = {0, 0, 1500, x + 20},
          .size = 60,
          .value = static_cast<float>(round),
          .all_channels = true,
          .commit = false};
}

// A stroke of 180 stretches, again and again over itself.
void brush_stroke_session(benchmark::State& state) {
  session::Session session = photo_session();
  std::int64_t round = 0;
  for (auto _ : state) {
    session = session::update(std::move(session), stretch(++round));
  }
  state.counters["cells"] = static_cast<double>(session::scene_of(session).input.edits.size());
}
BENCHMARK(brush_stroke_session)->Unit(benchmark::kMillisecond)->UseRealTime();

// The same with the new input, its map and its colours. The first stretches provide the memory that
// later ones use again.
void brush_stroke(benchmark::State& state) {
  session::Session session = photo_session();
  const conv::RunOptions run = {.threads = kThreadsOfLook};
  derive::Derived derived = derive::derive(session::scene_of(session), run);
  std::int64_t round = 0;
  const auto change = [&] {
    session = session::update(std::move(session), stretch(++round));
    derived = derive::derive(session::scene_of(session), run, std::move(derived));
  };
  for (int i = 0; i < kWarmUp; ++i) {
    change();
  }
  for (auto _ : state) {
    change();
  }
}
BENCHMARK(brush_stroke)->Unit(benchmark::kMillisecond)->UseRealTime();

// The same while the padding is compared: two maps and their difference.
void compare_stroke(benchmark::State& state) {
  session::Session session =
      session::update(photo_session(), session::action::Compare{session::Comparison::kPadding});
  const conv::RunOptions run = {.threads = kThreadsOfLook};
  derive::Derived first = derive::derive(session::scene_of(session), run);
  derive::Derived second;
  derive::Differences differences;
  derive::Difference shown;
  std::int64_t round = 0;
  const auto change = [&] {
    session = session::update(std::move(session), stretch(++round));
    first = derive::derive(session::scene_of(session), run, std::move(first));
    const auto beside = session::beside_of(session);
    const Shared<lesson::Scene>& other = beside->lesson->scenes.front();
    second = derive::derive(other, run, derive::with_input_of(std::move(second), first, *other));
    shown = differences.of(first.layers[0].map, second.layers[0].map);
  };
  for (int i = 0; i < kWarmUp; ++i) {
    change();
  }
  for (auto _ : state) {
    change();
  }
  state.counters["different"] = static_cast<double>(shown.told[0].different);
}
BENCHMARK(compare_stroke)->Unit(benchmark::kMillisecond)->UseRealTime();

// What a change costs the window while two settings are compared: finding the second scene, and the
// difference of the maps.
void compare_scene(benchmark::State& state) {
  session::Session session =
      session::update(photo_session(), session::action::Compare{session::Comparison::kPadding});
  for (auto _ : state) {
    benchmark::DoNotOptimize(session::beside_of(session));
  }
}
BENCHMARK(compare_scene)->Unit(benchmark::kMillisecond)->UseRealTime();

void compare_difference(benchmark::State& state) {
  const session::Session session =
      session::update(photo_session(), session::action::Compare{session::Comparison::kPadding});
  const conv::RunOptions run = {.threads = kThreadsOfLook};
  const derive::Derived first = derive::derive(session::scene_of(session), run);
  const derive::Derived second =
      derive::derive(session::beside_of(session)->lesson->scenes.front(), run);
  derive::Differences differences;
  derive::Difference shown;
  for (auto _ : state) {
    derive::LayerMap other = second.layers[0].map;
    other.version = derive::first_version();  // nothing is known of it, so all is subtracted
    shown = differences.of(first.layers[0].map, other);
  }
}
BENCHMARK(compare_difference)->Unit(benchmark::kMillisecond)->UseRealTime();

void map_statistics(benchmark::State& state) {
  const Tensor map = random_tensor({1, 1, 3000, 4000}, {.seed = 3});
  for (auto _ : state) {
    benchmark::DoNotOptimize(derive::statistics_of(map, 0, 1, {-2, 2}, derive::ValueRange{-6, 6}));
  }
}
BENCHMARK(map_statistics)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace convscope
