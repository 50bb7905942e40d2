// Shapes: any (N, G·C, H, W) -> (N, G·K, OH, OW). Best from about 16 filters per group on.
//
// Idea: the product of the filters, (K, C·kh·kw), and the windows, (C·kh·kw, OH·OW), with the
// latter copied to panels: the cells that one tap reads for the positions of a tile lie side by
// side, and those of the next tap follow. A panel of a piece of the taps stays in the caches next
// to the core while all filters pass over it; the weights are read once per tile, in order. The
// first filters copy the panel in passing where a window is one cell. Positions run on from row to
// row of the output, so that only the last vector of a block may be incomplete, whatever the stride
// and the padding; a few positions past the last vector are computed with the taps in the lanes.
//
// Scratch: per thread a piece of the padded input (windows that all lie inside are read in place),
// a panel, and the sums of incomplete tiles; the weights, if a filter's taps don't lie side by side
// in the order c, i, j.
#include "core/conv/rungs/dense/panel_gemm.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/rungs/scratch.h"
#include "core/conv/rungs/tasks.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/dense/panel_gemm.cpp"
#include "hwy/foreach_target.h"
// Must come after foreach_target.h.
#include "core/conv/rungs/dense/panel_write-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

struct PanelMemory {
  Scratch floats;
  float* band = nullptr;
  float* panel = nullptr;
  float* sums = nullptr;
  float* rest_cells = nullptr;
  float* rest_sums = nullptr;
  HWY_ALIGN float check[kPanelLanes] = {};
};

// Copies the cells of a piece for the positions that are left, and begins their sums. `cells`: of
// the first window.
void begin_rest(const PanelPlan& plan, const PanelShare& share, const BandLayout& layout,
                const std::vector<Tap>& taps, const float* cells, std::int64_t channels, bool first,
                PanelMemory& memory) {
  const Windows& w = plan.windows();
  for (std::int64_t r = 0; r < plan.rest; ++r) {
    const std::int64_t position = w.output.h * w.output.w - plan.rest + r;
    const float* from = cells + position / w.output.w * layout.pitch + position % w.output.w;
    float* to = memory.rest_cells + r * plan.piece_taps();
    for (std::int64_t c = 0; c < channels; ++c) {
      for (const Tap& tap : taps) {
        *to++ = from[tap.input];
      }
      from += layout.channel;
    }
    for (std::int64_t k = share.first_filter; first && k < share.last_filter; ++k) {
      memory.rest_sums[k * plan.rest + r] =
          plan.job.bias != nullptr ? plan.job.bias[share.group * w.filters + k] : 0.0F;
    }
  }
}

// Adds a piece to the sums of the positions that are left, for the filters of a call.
void multiply_rest(const PanelPlan& plan, const PanelCall& call, std::int64_t filter,
                   std::int64_t filters, PanelMemory& memory) {
  for (std::int64_t r = 0; r < plan.rest; ++r) {
    const float* cells = memory.rest_cells + r * plan.piece_taps();
    std::int64_t f = 0;
    for (; f + 4 <= filters; f += 4) {
      add_products<4>(call.weight + f * call.filter_stride, call.filter_stride, cells, call.taps,
                      memory.rest_sums + (filter + f) * plan.rest + r, plan.rest);
    }
    for (; f < filters; ++f) {
      add_products<1>(call.weight + f * call.filter_stride, call.filter_stride, cells, call.taps,
                      memory.rest_sums + (filter + f) * plan.rest + r, plan.rest);
    }
  }
}

// Writes those sums to the output.
void end_rest(const PanelPlan& plan, const PanelShare& share, PanelMemory& memory) {
  const Windows& w = plan.windows();
  const std::int64_t map = w.output.h * w.output.w;
  float* output = plan.job.output + (share.n * w.groups + share.group) * w.filters * map + map;
  for (std::int64_t k = share.first_filter; k < share.last_filter; ++k) {
    for (std::int64_t r = 0; r < plan.rest; ++r) {
      const float sum = memory.rest_sums[k * plan.rest + r];
      output[k * map - plan.rest + r] = sum;
      memory.check[0] += sum - sum;
    }
  }
}

// Adds a piece of the channels for tiles of the same width, whose panels follow each other. A
// filter passes over all of them, as neighbouring results share lines of the cache. `cells`: of the
// first window; null if the panels are written already.
void multiply_tiles(const PanelPlan& plan, const PanelShare& share,
                    std::span<const PanelTile> tiles, std::int64_t channel, std::int64_t channels,
                    const float* cells, const float* weights, PanelMemory& memory) {
  const Windows& w = plan.windows();
  const std::int64_t taps = plan.taps();
  const std::int64_t map = w.output.h * w.output.w;
  const int vectors = tiles.front().vectors;
  const std::int64_t width = vectors * kPanelLanes;
  float* output = plan.job.output + (share.n * w.groups + share.group) * w.filters * map +
                  share.block.y * w.output.w;
  PanelCall call;
  call.taps = channels * taps;
  call.first = channel == 0;
  call.last = channel + channels == w.channels;
  call.check = memory.check;
  call.source_stride = plan.layout.channel;
  call.filter_stride = plan.reorder ? w.taps() : plan.job.weight_strides.filter;
  const float* weight = plan.reorder ? weights + share.group * w.filters * w.taps() + channel * taps
                                     : plan.job.weight_at(share.group, 0, channel);
  const float* bias = plan.job.bias != nullptr ? plan.job.bias + share.group * w.filters : nullptr;
  const std::int64_t count = share.last_filter - share.first_filter;
  const std::int64_t blocks = ceil_div(count, std::int64_t{filters_beside(vectors)});
  for (std::int64_t b = 0; b < blocks; ++b) {
    const std::int64_t filter = share.first_filter + count * b / blocks;
    const std::int64_t filters = share.first_filter + count * (b + 1) / blocks - filter;
    const PanelFunction multiply = panel_function<false>(static_cast<int>(filters), vectors);
    const PanelFunction copy = panel_function<true>(static_cast<int>(filters), vectors);
    call.weight = weight + filter * call.filter_stride;
    call.ahead = b + 1 < blocks ? call.weight + filters * call.filter_stride : weight;
    call.bias = bias != nullptr ? bias + filter : nullptr;
    call.panel = memory.panel;
    for (const PanelTile& tile : tiles) {
      const bool whole = tile.count == width;
      call.output_stride = whole ? map : width;
      call.output = whole ? output + tile.first + filter * map : memory.sums + filter * width;
      if (b == 0 && whole && cells != nullptr) {
        const bool is_last = tile.first + 2 * width > map;
        call.source = cells + tile.first;
        call.source_ahead = is_last ? call.source : call.source + width;
        copy(call);
      } else {
        multiply(call);
      }
      call.panel += call.taps * width;
    }
    if (plan.rest > 0 &&
        tiles.back().first + tiles.back().count + plan.rest == share.block.rows * w.output.w) {
      multiply_rest(plan, call, filter, filters, memory);
    }
  }
  const PanelTile& last = tiles.back();
  if (last.count < width && call.last) {
    for (std::int64_t k = share.first_filter; k < share.last_filter; ++k) {
      std::copy_n(memory.sums + k * width, last.count, output + last.first + k * map);
    }
  }
}

// The cells of a share as its tiles find them: packed, or where they are in the input.
struct PanelCells {
  BandLayout layout;
  std::vector<PanelTile> tiles;
  std::vector<Tap> taps;

  PanelCells(const PanelPlan& plan, const PanelShare& share, bool in_place) : layout(plan.layout) {
    const Size2& input = plan.windows().input;
    if (in_place) {
      layout.pitch = input.w;
      layout.channel = layout.plane = input.h * input.w;
    }
    const std::vector<PanelTile> all =
        tiles_of(share.block, share.block.rows * share.block.columns - plan.rest, layout.pitch);
    const auto size = static_cast<std::int64_t>(all.size());
    tiles.assign(all.begin() + size * share.tile_part / plan.tile_parts,
                 all.begin() + size * (share.tile_part + 1) / plan.tile_parts);
    taps = taps_of(layout, plan.job);
  }
};

// Whether no window of a share reaches beyond the input.
bool reads_in_place(const PanelPlan& plan, const PanelShare& share) {
  constexpr auto kNoSlack = std::numeric_limits<std::int64_t>::min();
  return plan.flat ||
         lies_inside(plan.rows, plan.columns, plan.windows(), share.block, 0, 0, kNoSlack);
}

// The channels at the end of a share in which vectors might read past the end of the input.
std::int64_t careful_channels(const PanelPlan& plan, const PanelShare& share) {
  const Windows& w = plan.windows();
  const std::int64_t plane = w.input.h * w.input.w;
  const std::int64_t row = share.block.y + share.block.rows - 1 + plan.rows.shift + plan.rows.reach;
  const std::int64_t last =
      row * w.input.w + w.output.w - 1 + plan.columns.shift + plan.columns.reach;
  const std::int64_t planes_behind =
      ((w.batch - share.n) * w.groups - share.group - 1) * w.channels;
  const std::int64_t missing = kPanelLanes - (planes_behind + 1) * plane + last + 1;
  return std::clamp<std::int64_t>(ceil_div(missing, plane), 0, w.channels);
}

void compute_share(const PanelPlan& plan, const PanelShare& share, const float* weights,
                   PanelMemory& memory) {
  const Windows& w = plan.windows();
  const std::int64_t plane = w.input.h * w.input.w;
  const float* input = plan.job.input + (share.n * w.groups + share.group) * w.channels * plane;
  Correlation part = plan.job;
  part.windows.batch = part.windows.groups = 1;
  const bool in_place = reads_in_place(plan, share);
  const std::int64_t careful = in_place ? careful_channels(plan, share) : 0;
  const PanelCells cells(plan, share, in_place);
  for (std::int64_t c = 0; c < w.channels; c += plan.piece) {
    const std::int64_t channels = std::min(plan.piece, w.channels - c);
    part.input = input + c * plane;
    part.windows.channels = channels;
    const float* first =
        in_place ? part.input + (share.block.y + plan.rows.shift) * w.input.w + plan.columns.shift
                 : memory.band;
    if (!in_place) {
      BandLayout layout = plan.layout;
      layout.size = channels * layout.channel + kMostPanelVectors * kPanelLanes;
      pack_band(layout, part, share.block, 0, 0, memory.band);
    }
    const bool has_rest = plan.rest > 0 && share.tile_part + 1 == plan.tile_parts;
    if (has_rest) {
      begin_rest(plan, share, cells.layout, cells.taps, first, channels, c == 0, memory);
    }
    for (std::span<const PanelTile> rest = cells.tiles; !rest.empty();) {
      const std::int64_t panel = channels * plan.taps() * rest.front().vectors * kPanelLanes;
      const auto most = static_cast<std::size_t>(std::max<std::int64_t>(1, kPanelFloats / panel));
      std::size_t count = 1;
      while (count < std::min(most, rest.size()) && rest[count].vectors == rest.front().vectors) {
        ++count;
      }
      for (std::size_t t = 0; t < count; ++t) {
        // Whole tiles of a flat map are copied in passing.
        if (!plan.flat || rest[t].count < rest[t].vectors * kPanelLanes) {
          write_panel(rest[t], first, cells.layout.channel, channels,
                      careful - (w.channels - c - channels), cells.taps,
                      memory.panel + static_cast<std::int64_t>(t) * panel);
        }
      }
      multiply_tiles(plan, share, rest.first(count), c, channels, plan.flat ? first : nullptr,
                     weights, memory);
      rest = rest.subspan(count);
    }
    if (has_rest && c + channels == w.channels) {
      end_rest(plan, share, memory);
    }
  }
}

// Whether every window is one cell of the input: what a stride leaves out is never read.
bool reads_samples(const Windows& w) {
  return w.kernel == Size2{1, 1} && w.stride != Size2{1, 1} && w.top == 0 && w.left == 0 &&
         (w.output.h - 1) * w.stride.h < w.input.h && (w.output.w - 1) * w.stride.w < w.input.w;
}

// The cells that are read, as the input of a layer without a stride.
Correlation sampled(const Correlation& job, const float* samples) {
  Correlation layer = job;
  layer.input = samples;
  layer.windows.input = layer.windows.output;
  layer.windows.stride = {1, 1};
  return layer;
}

// Copies them for one plane of the input.
void write_samples(const Correlation& job, std::int64_t plane, float* samples) {
  const Windows& w = job.windows;
  const float* row = job.input + plane * w.input.h * w.input.w;
  float* to = samples + plane * w.output.h * w.output.w;
  for (std::int64_t y = 0; y < w.output.h; ++y) {
    for (std::int64_t x = 0; x < w.output.w; ++x) {
      *to++ = row[x * w.stride.w];
    }
    row += w.stride.h * w.input.w;
  }
}

PanelForm panel_form_on_target(const Correlation& job) {
  const Windows& w = job.windows;
  if (reads_samples(w)) {
    const Correlation layer = sampled(job, nullptr);
    const std::int64_t samples = layer.windows.inputs();
    return most_threads(plan_panels(layer, 1)) > 0 && samples <= most_scratch(w) / 4
               ? panel_form_on_target(layer)
               : PanelForm::kNone;
  }
  const PanelPlan plan = plan_panels(job, 1);
  if (most_threads(plan) == 0) {
    return PanelForm::kNone;
  }
  return plan.rest > 0 ? PanelForm::kWithRest : PanelForm::kPlain;
}

bool panel_gemm_on_target(const Correlation& job, const RunOptions& run) {
  const Windows& w = job.windows;
  if (reads_samples(w)) {
    const std::int64_t planes = w.batch * w.groups * w.channels;
    const Scratch samples(planes * w.output.h * w.output.w);
    run_pass(run, planes, threads_for(run, 8 * planes * w.output.h * w.output.w),
             [&](std::int64_t plane, std::int64_t) { write_samples(job, plane, samples.data()); });
    return panel_gemm_on_target(sampled(job, samples.data()), run);
  }
  std::int64_t threads = threads_for(run, w.products());
  const PanelPlan plan = plan_panels(job, threads);
  threads = std::min(threads, most_threads(plan));
  if (threads == 0) {
    return false;
  }
  const Scratch weights = plan.reorder ? Scratch(w.weights()) : Scratch();
  if (plan.reorder) {
    const std::int64_t blocks = ceil_div(w.filters, kCopiedFilters);
    run_pass(run, w.groups * blocks, threads, [&](std::int64_t index, std::int64_t) {
      write_weights(job, index / blocks, index % blocks * kCopiedFilters, weights.data());
    });
  }
  std::vector<PanelMemory> memories(static_cast<std::size_t>(threads));
  for (PanelMemory& memory : memories) {
    memory.floats = Scratch(plan.thread_floats());
    memory.panel = memory.floats.data();
    memory.band = memory.panel + plan.panel_floats();
    memory.sums = memory.band + plan.band_floats();
    memory.rest_cells = memory.sums + plan.sums_floats();
    memory.rest_sums = memory.rest_cells + plan.rest * plan.piece_taps();
  }
  const std::int64_t tasks = w.batch * w.groups * plan.blocks * plan.filter_parts * plan.tile_parts;
  run_tasks(run, tasks, threads, [&](std::int64_t index, std::int64_t worker) {
    compute_share(plan, share_at(plan, index), weights.data(),
                  memories[static_cast<std::size_t>(worker)]);
  });
  return std::all_of(memories.begin(), memories.end(), [](const PanelMemory& memory) {
    return std::none_of(std::begin(memory.check), std::end(memory.check),
                        [](float lane) { return std::isnan(lane); });
  });
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

namespace {
HWY_EXPORT(panel_form_on_target);
HWY_EXPORT(panel_gemm_on_target);
}  // namespace

PanelForm panel_form(const Correlation& job) {
  return HWY_DYNAMIC_DISPATCH(panel_form_on_target)(job);
}

bool panel_gemm(const Correlation& job, const RunOptions& run) {
  return HWY_DYNAMIC_DISPATCH(panel_gemm_on_target)(job, run);
}

}  // namespace convscope::conv::rungs
#endif  // HWY_ONCE
