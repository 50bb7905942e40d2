#include <benchmark/benchmark.h>

#include "tests/bench/stage_bench.h"

namespace convscope {
namespace {

// Another position every time, as when a lesson plays.
void compose_moving(benchmark::State& state) {
  StageBench stage(open_lesson(kBenchLessons[state.range(0)]));
  const Canvas canvas = canvas_of_height(1080);
  std::int64_t position = 0;
  std::size_t records = 0;
  for (auto _ : state) {
    const Picture picture = stage.moving(position++ % 9, canvas);
    records = picture.records.size();
    benchmark::DoNotOptimize(picture);
  }
  state.SetLabel(kBenchLessons[state.range(0)]);
  state.counters["records"] = static_cast<double>(records);
}
BENCHMARK(compose_moving)->DenseRange(0, 2)->Unit(benchmark::kMicrosecond);

void lesson_load(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(open_lesson(kBenchLessons[state.range(0)]));
  }
  state.SetLabel(kBenchLessons[state.range(0)]);
}
BENCHMARK(lesson_load)->DenseRange(0, 2)->Unit(benchmark::kMicrosecond);

void measure_fonts(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(bundled_metrics());
  }
}
BENCHMARK(measure_fonts)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace convscope
