// The cost of encoding a picture, in memory, without the disk.
#include <benchmark/benchmark.h>

#include <span>

#include "app/files/image/gif.h"
#include "core/picture/svg/png_encode.h"
#include "core/picture/svg/svg.h"
#include "tests/bench/stage_bench.h"

namespace convscope {
namespace {

// A frame like the painter's: large uniform areas, and a few hundred colours, some of which move.
files::Pixels frame_at(int time) {
  files::Pixels pixels{1920, 1080, {}};
  pixels.rgba.reserve(static_cast<std::size_t>(pixels.width * pixels.height * 4));
  for (int y = 0; y < pixels.height; ++y) {
    for (int x = 0; x < pixels.width; ++x) {
      const int cell = x < 600 && y < 600 ? (x / 40 + time) * 7 + y / 40 : 0;
      const auto shade = static_cast<std::uint8_t>(cell % 256);
      pixels.rgba.insert(pixels.rgba.end(),
                         {shade, static_cast<std::uint8_t>(255 - shade), 40, 255});
    }
  }
  return pixels;
}

void export_svg(benchmark::State& state) {
  StageBench stage(files::open_lesson(kBenchLessons[state.range(0)]));
  const picture::Picture picture = stage.moving(4, viewport_of_height(1080));
  for (auto _ : state) {
    benchmark::DoNotOptimize(picture::svg::svg_of(picture, stage.metrics));
  }
  state.SetLabel(kBenchLessons[state.range(0)]);
}
BENCHMARK(export_svg)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

void export_png(benchmark::State& state) {
  const files::Pixels frame = frame_at(0);
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        picture::svg::png_of(frame.width, frame.height, std::as_bytes(std::span(frame.rgba))));
  }
}
BENCHMARK(export_png)->Unit(benchmark::kMillisecond);

// One frame of an animation: a quarter of the time for a file of four.
void export_gif_frame(benchmark::State& state) {
  constexpr int kFrames = 4;
  std::vector<files::Pixels> frames;
  for (int time = 0; time < kFrames; ++time) {
    frames.push_back(frame_at(time));
  }
  for (auto _ : state) {
    files::GifWriter writer(frames[0].width, frames[0].height, {25});
    for (const files::Pixels& frame : frames) {
      writer.add(frame);
    }
    benchmark::DoNotOptimize(writer.finish());
  }
  state.SetItemsProcessed(state.iterations() * kFrames);
}
BENCHMARK(export_gif_frame)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace convscope
