#include <benchmark/benchmark.h>

#include <iterator>
#include <utility>

#include "core/lesson/enum_names.h"
#include "core/lesson/json/lesson_json.h"
#include "tests/bench/stage_bench.h"

namespace convscope {
namespace {

// A different position every time, as when a lesson plays.
void compose_moving(benchmark::State& state) {
  StageBench stage(files::open_lesson(kBenchLessons[state.range(0)]));
  const picture::Viewport viewport = viewport_of_height(1080);
  std::int64_t position = 0;
  std::size_t records = 0;
  for (auto _ : state) {
    picture::Picture picture = stage.moving(position++ % 9, viewport);
    records = picture.records.size();
    benchmark::DoNotOptimize(picture);
  }
  state.SetLabel(kBenchLessons[state.range(0)]);
  state.counters["records"] = static_cast<double>(records);
}
BENCHMARK(compose_moving)->DenseRange(0, 2)->Unit(benchmark::kMicrosecond);

// Each view with a lesson that uses it.
constexpr std::pair<lesson::View, const char*> kLessonOfView[] = {
    {lesson::View::kFlat, "conv2d-3-to-5"},  {lesson::View::kVolume, "conv2d-3-to-5"},
    {lesson::View::kStrip, "valid-vs-same"}, {lesson::View::kNeuron, "linear-layer"},
    {lesson::View::kMatrix, "im2col"},       {lesson::View::kDescent, "weights-are-learned"},
    {lesson::View::kCoverage, "never-read"}, {lesson::View::kReceptiveField, "receptive-field"},
};
static_assert(std::size(kLessonOfView) == lesson::kViews.size());

void compose_view(benchmark::State& state) {
  const auto [view, lesson] = kLessonOfView[state.range(0)];
  StageBench stage(files::open_lesson(lesson));
  stage.show(view);
  if (stage.session.look.view != view) {
    state.SkipWithError("the lesson has no such view");
    return;
  }
  const picture::Viewport viewport = viewport_of_height(1080);
  std::int64_t position = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(stage.moving(position++ % 9, viewport));
  }
  state.SetLabel(std::string(lesson::kViews[static_cast<std::size_t>(state.range(0))].first));
}
BENCHMARK(compose_view)->DenseRange(0, lesson::kViews.size() - 1)->Unit(benchmark::kMicrosecond);

// Two views, the code strip and a reference map, all for the same long sum.
void compose_crowded(benchmark::State& state) {
  StageBench stage(
      lesson::parse_lesson(R"({"format": 1, "id": "crowded", "title": "Crowded", "scenes": [{
      "input": {"seed": 1, "shape": [256, 12, 12]},
      "layers": [{"op": "conv2d", "weight": {"seed": 2, "shape": [1, 256, 3, 3]}}],
      "view": ["flat", "volume"], "code": "loop",
      "claim": {"label": "as printed", "seed": 3, "shape": [1, 10, 10]}}]})",
                           "crowded.json", {}));
  const picture::Viewport viewport = viewport_of_height(1080);
  std::int64_t position = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(stage.moving(position++ % 9, viewport));
  }
}
BENCHMARK(compose_crowded)->Unit(benchmark::kMicrosecond);

void lesson_load(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(files::open_lesson(kBenchLessons[state.range(0)]));
  }
  state.SetLabel(kBenchLessons[state.range(0)]);
}
BENCHMARK(lesson_load)->DenseRange(0, 2)->Unit(benchmark::kMicrosecond);

void measure_fonts(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(files::bundled_metrics());
  }
}
BENCHMARK(measure_fonts)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace convscope
