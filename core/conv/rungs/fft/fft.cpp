// Shapes: stride 1, any dilation, few channels; worth it for kernels from about 10x10 on.
// Idea: overlap-save. Tiles of the input are transformed, multiplied by the kernel's spectrum and
// transformed back; the outputs whose windows lie inside the tile are correct. Two tiles form one
// complex tile, as its real and its imaginary part: since the kernel is real, their results stay
// separate. A tile is stored in strips, as many columns wide as a vector has lanes; the columns of
// a strip are transformed side by side. For the rows, blocks are transposed into a line that stays
// in the first-level cache, where the row transform, the multiplication and the inverse are done
// together (fft_lines-inl.h). The first pass over the columns reads the input in place, the last
// one writes the output. Channels are summed before the inverse transform.
// Scratch: 2·h·w floats for a tile of h·w, one such tile for each kernel's spectrum, and one for
// each channel plus two lines per thread; fewer threads or smaller tiles if that exceeds
// most_scratch().
#include <algorithm>
#include <atomic>

#include "core/conv/rungs/fft/fft_patch.h"
#include "core/conv/rungs/fft/fft_plan.h"
#include "core/conv/rungs/rungs.h"
#include "core/conv/rungs/scratch.h"
#include "core/conv/rungs/tasks.h"
#include "hwy/cache_control.h"

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/fft/fft.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
// clang-format on

#include "core/conv/rungs/fft/fft_lines-inl.h"
#include "core/conv/rungs/transpose-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

// A complex tile in memory; the entries of a strip are its rows.
struct Tile {
  const FftPlan& plan;
  const FftTwiddles& twiddles;
  float* values;

  std::int64_t strips() const { return plan.tile.w / kLanes; }
  float* at(std::int64_t strip, std::int64_t row) const {
    return values + (strip * (plan.tile.h + FftPlan::kGap) + row) * kEntry;
  }
};

// Reads rows into the tile and does the first pass over its columns.
template <int kRadix>
void gather(const Tile& tile, const FftRows& real, const FftRows& imaginary) {
  const Lane d;
  const std::int64_t part = tile.plan.tile.h / kRadix;
  const float* twiddles = tile.twiddles.of(tile.plan.tile.h);
  alignas(64) float buffers[2][kRadix][kFftLongest];
  for (std::int64_t j = 0; j < part; ++j) {
    const float* re[kRadix];
    const float* im[kRadix];
    for (int k = 0; k < kRadix; ++k) {
      re[k] = real.row(j + k * part, buffers[0][k]);
      im[k] = imaginary.row(j + k * part, buffers[1][k]);
    }
    for (std::int64_t strip = 0; strip < tile.strips(); ++strip) {
      Complex z[kRadix];
      for (int k = 0; k < kRadix; ++k) {
        z[k] = {hn::LoadU(d, re[k] + strip * kLanes), hn::LoadU(d, im[k] + strip * kLanes)};
      }
      dft(z);
      twist(z, j, twiddles);
      store_all(z, tile.at(strip, j), part);
    }
  }
}

void transform_columns(const Tile& tile, const FftRows& real, const FftRows& imaginary) {
  const std::int64_t height = tile.plan.tile.h;
  const std::int64_t radix = fft_radix(height);
  radix == 8 ? gather<8>(tile, real, imaginary) : gather<4>(tile, real, imaginary);
  const std::int64_t part = height / radix;
  for (std::int64_t strip = 0; strip < tile.strips(); ++strip) {
    for (std::int64_t row = 0; row < height; row += part) {
      forward(tile.at(strip, row), part, tile.twiddles);
    }
  }
}

// Transposes a square of entries.
HWY_INLINE void copy_transposed(const float* from, float* to) {
  for (std::int64_t half = 0; half < kEntry; half += kLanes) {
    transpose_square(Lane(), from + half, kEntry, to + half, kEntry);
  }
}

// Copies as many rows of the tile as there are lanes into a line; line_to_rows() copies the first
// `columns` values back.
void rows_to_line(const Tile& tile, std::int64_t row, float* line) {
  for (std::int64_t strip = 0; strip < tile.strips(); ++strip) {
    copy_transposed(tile.at(strip, row), line + strip * kLanes * kEntry);
  }
}

void line_to_rows(const float* line, std::int64_t columns, const Tile& tile, std::int64_t row) {
  for (std::int64_t x = 0; x < columns; x += kLanes) {
    copy_transposed(line + x * kEntry, tile.at(x / kLanes, row));
  }
}

// Writes a row of results, each times `scale` plus `bias`. Returns `check`, with NaN in it if a
// value is not finite.
HWY_INLINE Vector deliver(const float* results, std::int64_t count, float scale, float bias,
                          float* output, Vector check) {
  const Lane d;
  const Vector factor = hn::Set(d, scale);
  const Vector term = hn::Set(d, bias);
  const auto deliver_vector = [&](const float* from, float* to) HWY_ATTR {
    const Vector value = hn::MulAdd(hn::LoadU(d, from), factor, term);
    check = hn::MulAdd(value, hn::Zero(d), check);
    hn::StoreU(value, d, to);
  };
  if (count < kLanes) {
    alignas(64) float few[2 * kLanes] = {};
    std::copy_n(results, count, few);
    deliver_vector(few, few + kLanes);
    std::copy_n(few + kLanes, count, output);
    return check;
  }
  for (std::int64_t x = 0; x + kLanes <= count; x += kLanes) {
    deliver_vector(results + x, output + x);
  }
  if (count % kLanes != 0) {  // the last ones, some of them again
    deliver_vector(results + count - kLanes, output + count - kLanes);
  }
  return check;
}

// Where the results of a tile go.
struct Results {
  const Correlation& job;
  FftPlace place;
  std::int64_t map;  // of the output, counted over groups and batch

  float* row(std::int64_t y) const {
    const Windows& w = job.windows;
    return job.output + (map * w.output.h + place.y + y) * w.output.w + place.x;
  }
  float bias() const {
    return job.bias == nullptr ? 0.0F : job.bias[map % (job.windows.groups * job.windows.filters)];
  }

  // The hardware does not prefetch rows this short.
  void prefetch(std::int64_t y) const {
    if (y < place.rows) {
      const float* begin = row(y);
      for (std::int64_t x = 0; x < place.columns; x += 16) {
        hwy::Prefetch(begin + x);
      }
      hwy::Prefetch(begin + place.columns - 1);
    }
  }
};

std::int64_t columns_of(const Results (&results)[2]) {
  return std::max(results[0].place.columns, results[1].place.columns);
}

// The last pass over the columns, which writes the results to the output. Returns whether all are
// finite.
template <int kRadix>
bool scatter(const Tile& tile, const Results (&results)[2]) {
  const Lane d;
  const Size2 size = tile.plan.tile;
  const std::int64_t part = size.h / kRadix;
  const float* twiddles = tile.twiddles.of(size.h);
  const float scale = 1.0F / static_cast<float>(size.h * size.w);
  const std::int64_t columns = columns_of(results);
  alignas(64) float rows[2][kRadix][kFftLongest + kLanes];
  Vector check = hn::Zero(d);
  for (std::int64_t j = 0; j < part; ++j) {
    for (std::int64_t x = 0; x < columns; x += kLanes) {
      Complex z[kRadix];
      load_all(z, tile.at(x / kLanes, j), part);
      twist(z, j, twiddles);
      dft(z);
      for (int k = 0; k < kRadix; ++k) {
        hn::Store(z[k].im, d, rows[0][k] + x);
        hn::Store(z[k].re, d, rows[1][k] + x);
      }
    }
    for (int t = 0; t < 2; ++t) {
      const Results& to = results[t];
      for (int k = 0; k < kRadix; ++k) {
        const std::int64_t y = j + k * part;
        if (y < to.place.rows) {
          to.prefetch(y + 1);
          check = deliver(rows[t][k], to.place.columns, scale, to.bias(), to.row(y), check);
        }
      }
    }
  }
  return hn::AllTrue(d, hn::Eq(check, check));
}

bool results_from(const Tile& tile, const Results (&results)[2]) {
  const std::int64_t height = tile.plan.tile.h;
  const std::int64_t radix = fft_radix(height);
  const std::int64_t part = height / radix;
  for (std::int64_t x = 0; x < columns_of(results); x += kLanes) {
    for (std::int64_t row = 0; row < height; row += part) {
      inverse(tile.at(x / kLanes, row), part, tile.twiddles);
    }
  }
  return radix == 8 ? scatter<8>(tile, results) : scatter<4>(tile, results);
}

}  // namespace

// A kernel's spectrum, in the order in which tiles use its lines.
void transform_kernel(const FftWork& work, std::int64_t index, float* scratch) {
  const FftPlan& plan = work.plan;
  const std::int64_t channels = work.job.windows.channels;
  const Tile tile{plan, work.twiddles, scratch};
  transform_columns(tile, FftKernel(work.job, plan, index / channels, index % channels),
                    FftZeros());
  float* line = work.spectra + index * plan.spectrum_floats();
  for (std::int64_t row = 0; row < plan.tile.h; row += kLanes) {
    rows_to_line(tile, row, line);
    forward(line, plan.tile.w, work.twiddles);
    line += plan.tile.w * kEntry;
  }
}

// Two tiles of one output map (counted over groups and batch). Returns whether all values are
// finite.
bool convolve_pair(const FftWork& work, std::int64_t map, std::int64_t pair, float* scratch) {
  const Correlation& job = work.job;
  const FftPlan& plan = work.plan;
  const Windows& w = job.windows;
  const FftPlace places[2] = {fft_place(w, plan, 2 * pair), fft_place(w, plan, 2 * pair + 1)};
  const Results results[2] = {{job, places[0], map}, {job, places[1], map}};
  const std::int64_t n = plan.tile.w;
  float* line = scratch;
  float* sums = line + n * kEntry;
  const auto tile_of = [&](std::int64_t c) {
    return Tile{plan, work.twiddles, sums + n * kEntry + c * plan.tile_floats()};
  };
  for (std::int64_t c = 0; c < w.channels; ++c) {
    const std::int64_t plane = map / w.filters * w.channels + c;
    transform_columns(tile_of(c), FftPatch(job, plan, places[0], plane),
                      FftPatch(job, plan, places[1], plane));
  }
  const std::int64_t filter = map % (w.groups * w.filters);
  const float* kernels = work.spectra + filter * w.channels * plan.spectrum_floats();
  for (std::int64_t row = 0; row < plan.tile.h; row += kLanes) {
    const float* spectrum = kernels + row * n * 2;
    if (w.channels == 1) {
      rows_to_line(tile_of(0), row, sums);
      convolve(sums, n, spectrum, work.twiddles);
    } else {
      for (std::int64_t c = 0; c < w.channels; ++c) {
        rows_to_line(tile_of(c), row, line);
        forward(line, n, work.twiddles);
        multiply(line, n, spectrum + c * plan.spectrum_floats(), c == 0, sums);
      }
      inverse(sums, n, work.twiddles);
    }
    line_to_rows(sums, columns_of(results), tile_of(0), row);
  }
  return results_from(tile_of(0), results);
}

}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

HWY_EXPORT(transform_kernel);
HWY_EXPORT(convolve_pair);

bool fft_applies(const Windows& windows) { return fft_plan(windows).has_value(); }

bool fft_worth_it(const Windows& windows) {
  const auto plan = fft_plan(windows);
  // Nanoseconds: 16 lanes at 3.7 GHz and 85 % would be 0.02. Less, because some processors multiply
  // twice as many at a time, but don't transform twice as fast.
  constexpr double kProduct = 0.015;
  return plan && plan->cost < kProduct * static_cast<double>(windows.products());
}

bool fft(const Correlation& job, const RunOptions& run) {
  const Windows& w = job.windows;
  const FftPlan plan = *fft_plan(w);
  const std::int64_t threads = std::min(
      plan.room(most_scratch(w)), threads_for(run, static_cast<std::int64_t>(plan.cost) * 16));
  const std::int64_t floats = plan.worker_floats();
  const Scratch scratch(threads * floats);
  const Scratch spectra(plan.spectra * plan.spectrum_floats());
  const FftWork work{job, plan, FftTwiddles(plan.tile), spectra.data()};
  const auto transform = HWY_DYNAMIC_DISPATCH(transform_kernel);
  const auto convolve = HWY_DYNAMIC_DISPATCH(convolve_pair);
  run_pass(run, plan.spectra, threads, [&](std::int64_t index, std::int64_t worker) {
    transform(work, index, scratch.data() + worker * floats);
  });
  std::atomic<bool> finite = true;
  run_tasks(run, w.batch * w.groups * w.filters * plan.pairs, threads,
            [&](std::int64_t index, std::int64_t worker) {
              if (!convolve(work, index / plan.pairs, index % plan.pairs,
                            scratch.data() + worker * floats)) {
                finite = false;
              }
            });
  return finite;
}

}  // namespace convscope::conv::rungs
#endif
