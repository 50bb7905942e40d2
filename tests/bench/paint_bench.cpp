// The painter, headless. The label names the renderer: llvmpipe is the slowest in use.
#include <benchmark/benchmark.h>

#include <memory>

#include "app/paint/headless.h"
#include "app/paint/painter.h"
#include "core/tensor/problem.h"
#include "core/tensor/random.h"
#include "tests/bench/stage_bench.h"

namespace convscope {
namespace {

// Null if there is no headless GL.
std::unique_ptr<paint::HeadlessContext> context_or_skip(benchmark::State& state) {
  try {
    return std::make_unique<paint::HeadlessContext>();
  } catch (const Failure& failure) {
    state.SkipWithError(failure.problem().code.c_str());
    return nullptr;
  }
}

// Measures up to the last pixel: without reading back, GL would only have queued the commands.
void draw_and_read(const paint::Painter& painter) { benchmark::DoNotOptimize(painter.read()); }

void paint_stage(benchmark::State& state) {
  const auto context = context_or_skip(state);
  if (!context) {
    return;
  }
  StageBench stage(files::open_lesson(kBenchLessons[state.range(0)]));
  paint::Painter painter(stage.metrics);
  const picture::Picture picture = stage.moving(4, viewport_of_height(state.range(1)));
  painter.draw(picture);  // creates glyphs and tiles once
  draw_and_read(painter);
  for (auto _ : state) {
    painter.draw(picture);
    draw_and_read(painter);
  }
  state.SetLabel(std::string(kBenchLessons[state.range(0)]) + ", " + paint::gl_renderer());
}
BENCHMARK(paint_stage)
    ->ArgsProduct({{0, 1, 2}, {720, 1080, 2160}})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// The cost of reading back alone.
void paint_nothing(benchmark::State& state) {
  const auto context = context_or_skip(state);
  if (!context) {
    return;
  }
  const picture::TextMetrics metrics = files::bundled_metrics();
  paint::Painter painter(metrics);
  const picture::Viewport viewport = viewport_of_height(state.range(0));
  const picture::Picture picture{viewport.width, viewport.height, {0, 0, 0, 255}, {}, {}};
  for (auto _ : state) {
    painter.draw(picture);
    draw_and_read(painter);
  }
}
BENCHMARK(paint_nothing)
    ->Arg(720)
    ->Arg(1080)
    ->Arg(2160)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// A photo of 50 megapixels as one grid over the whole stage: the first time, and again.
picture::Picture photo_picture() {
  Tensor photo = random_tensor({1, 3, 5774, 8660}, {.seed = 1});
  const picture::Viewport viewport = viewport_of_height(1080);
  picture::TensorGrid grid;
  grid.rect = grid.visible = {0, 0, viewport.width, viewport.height};
  grid.tensor = std::move(photo);
  grid.scale.kind = picture::ColorScale::Kind::kRgb;
  return {viewport.width, viewport.height, {0, 0, 0, 255}, {grid}, {}};
}

void paint_photo(benchmark::State& state) {
  const auto context = context_or_skip(state);
  if (!context) {
    return;
  }
  const bool first = state.range(0) != 0;
  const picture::TextMetrics metrics = files::bundled_metrics();
  const picture::Picture picture = photo_picture();
  auto painter = std::make_unique<paint::Painter>(metrics);
  painter->draw(picture);
  for (auto _ : state) {
    if (first) {
      state.PauseTiming();
      painter = std::make_unique<paint::Painter>(metrics);
      state.ResumeTiming();
    }
    painter->draw(picture);
    draw_and_read(*painter);
  }
  state.SetLabel(first ? "first" : "again");
}
BENCHMARK(paint_photo)
    ->Arg(1)
    ->Arg(0)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace convscope
