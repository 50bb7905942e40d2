// Shapes: any (N, G·C, H, W) -> (N, G·K, OH, OW). Best from about 8 filters per group on.
//
// Idea: convolution as a matrix product, (K, C·kh·kw) by (C·kh·kw, OH·OW), whose right side is
// never materialized. A block of rows of the padded input is packed once (band.h; without padding
// it is read in place), and every row of that matrix is the packed block at some offset. Register
// tiles of filters x positions (tile-inl.h) run over it; weights are read in place. No operand is
// reordered beyond that, and the output is written once, in place.
//
// Scratch: one packed block per thread, about kBlockFloats or four rows of the input with their
// padding; and, if there are so many channels that they are processed in pieces, the block's sums.
// Uses no more threads than fit in most_scratch().
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/dense/gemm.cpp"  // this file
#include "hwy/foreach_target.h"
// must come after foreach_target.h
#include "core/conv/rungs/dense/gemm.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/rungs/all_finite.h"
#include "core/conv/rungs/dense/band.h"
#include "core/conv/rungs/dense/padding_cuts.h"
#include "core/conv/rungs/dense/panel_gemm.h"
#include "core/conv/rungs/dense/tile-inl.h"
#include "core/conv/rungs/dense/tiles.h"
#include "core/conv/rungs/rungs.h"
#include "core/conv/rungs/scratch.h"
#include "core/conv/rungs/tasks.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

// A packed block of about 256 KB stays in the second-level cache with the weights.
inline constexpr std::int64_t kBlockFloats = 1 << 16;
// This many floats of input under one tile still stream from the second-level cache fast enough.
inline constexpr std::int64_t kTileInputFloats = 1 << 15;

int lane_count() { return static_cast<int>(hn::Lanes(FloatTag())); }

// The number of blocks of up to kTileFilters that a group's filters are split into evenly.
std::int64_t filter_blocks(std::int64_t filters) { return ceil_div(filters, kTileFilters); }

// Common to all blocks of one size, packed or read in place.
struct BlockPlan {
  struct Part {
    std::vector<Tap> taps;
    Tiles tiles;
  };
  BandLayout layout;
  std::vector<Part> parts;
  std::int64_t slack = 0;  // floats that the last vectors read past the last window
};

struct Job {
  std::span<const Correlation> parts;
  PhaseAxis rows;
  PhaseAxis columns;
  std::int64_t output_h = 0;  // of the largest part
  std::int64_t output_w = 0;
  Block block;  // the size of all but the last blocks
  std::int64_t row_blocks = 0;
  std::int64_t column_blocks = 0;
  std::int64_t slack = 0;         // floats that a vector may read past the last position
  std::int64_t channel_step = 0;  // channels per pass over a tile
  std::int64_t filter_parts = 1;  // tasks that share a block, each with some of the filters
  bool may_be_in_place = false;   // for blocks away from the upper and lower edges
  // [in place][the last row of blocks][the last column of blocks]: the last blocks may be smaller,
  // and some parts are a cell shorter than others.
  BlockPlan plans[2][2][2];

  const Windows& windows() const { return parts.front().windows; }
  Block block_at(std::int64_t row_block, std::int64_t column_block) const {
    const std::int64_t y = row_block * block.rows;
    const std::int64_t x = column_block * block.columns;
    return {y, x, std::min(block.rows, output_h - y), std::min(block.columns, output_w - x)};
  }
  const BlockPlan& plan_for(const Block& any, bool in_place) const {
    return plans[in_place][any.y + any.rows == output_h][any.x + any.columns == output_w];
  }
  BlockPlan& plan_for(const Block& any, bool in_place) {
    return plans[in_place][any.y + any.rows == output_h][any.x + any.columns == output_w];
  }
};

// The windows of a part inside a block: phases of a transposed layer may differ in size by one.
Block clipped(const Block& block, const Correlation& part) {
  const Size2& output = part.windows.output;
  return {block.y, block.x, std::min(block.rows, output.h - block.y),
          std::min(block.columns, output.w - block.x)};
}

BlockPlan plan_of(const Job& job, const Block& block, bool in_place) {
  const Windows& w = job.windows();
  BlockPlan plan;
  const BlockSize size = {block.rows, block.columns, block.columns == job.output_w};
  plan.layout = layout_of(job.rows, job.columns, w, size, job.slack);
  if (in_place) {
    plan.layout.pitch = w.input.w;
    plan.layout.channel = plan.layout.plane = w.input.h * w.input.w;
  }
  for (const Correlation& part : job.parts) {
    const Block own = clipped(block, part);
    const std::int64_t blocks = filter_blocks(part.windows.filters);
    const int most = kVectorsOf[ceil_div(part.windows.filters, blocks)];
    plan.parts.push_back(
        {taps_of(plan.layout, part), tiles_of_block(own.rows, own.columns, plan.layout.pitch,
                                                    part.windows.output.w, lane_count(), most)});
    plan.slack = std::max(plan.slack, plan.parts.back().tiles.overhang);
  }
  return plan;
}

// The number of vectors of all blocks if they have up to `rows` rows.
std::int64_t vectors_with(const Job& job, std::int64_t pitch, std::int64_t rows) {
  const std::int64_t columns = job.block.columns;
  const auto vectors = [&](std::int64_t r) {
    return std::min(ceil_div((r - 1) * pitch + columns, lane_count()),
                    r * ceil_div(columns, lane_count()));
  };
  const std::int64_t rest = job.output_h % rows;
  return job.output_h / rows * vectors(rows) + (rest > 0 ? vectors(rest) : 0);
}

// Chooses blocks that fit the cache, waste few lanes, and are enough for all threads, whatever
// their number.
void choose_blocks(Job& job) {
  const Windows& w = job.windows();
  const auto phases = static_cast<std::int64_t>(job.rows.phases.size() * job.columns.phases.size());
  const std::int64_t plane_row = w.channels * phases;
  const std::int64_t reach = job.rows.reach;
  const std::int64_t widest = std::max<std::int64_t>(240, kBlockFloats / (plane_row * (reach + 4)));
  job.block.columns = ceil_div(job.output_w, ceil_div(job.output_w, widest));
  if (job.block.columns < job.output_w) {
    job.block.columns = ceil_div(job.block.columns, lane_count()) * lane_count();
  }
  const std::int64_t row_floats = plane_row * (job.block.columns + job.columns.reach);
  const std::int64_t fitting = std::max<std::int64_t>(4, kBlockFloats / row_floats - reach);
  // In place, at most the last block has to be packed, so it is kept small; packed blocks cost the
  // rows that they share.
  const std::int64_t images = w.batch * w.groups;
  const bool large = w.products() >= 1 << 22;
  const std::int64_t wanted = !large ? 1 : job.may_be_in_place ? 8 : ceil_div(8, images);
  const std::int64_t most = ceil_div(
      job.output_h, std::max(ceil_div(job.output_h, fitting), std::min(wanted, job.output_h)));
  job.block.rows = most;
  const BlockSize size = {most, job.block.columns, job.block.columns == job.output_w};
  const std::int64_t pitch = layout_of(job.rows, job.columns, w, size, job.slack).pitch;
  for (std::int64_t rows = most - 1; rows >= std::max<std::int64_t>(1, most * 2 / 3); --rows) {
    if (vectors_with(job, pitch, rows) < vectors_with(job, pitch, job.block.rows)) {
      job.block.rows = rows;
    }
  }
  // With a kernel of long reach, blocks may be smaller than their borders.
  while (plane_row * (job.block.rows + reach) * (job.block.columns + job.columns.reach) >
             most_scratch(w) &&
         (job.block.rows > 1 || job.block.columns > lane_count())) {
    if (job.block.rows > 1) {
      job.block.rows = ceil_div(job.block.rows, 2);
    } else {
      job.block.columns = round_up(ceil_div(job.block.columns, 2), lane_count());
    }
  }
  job.row_blocks = ceil_div(job.output_h, job.block.rows);
  job.column_blocks = ceil_div(job.output_w, job.block.columns);
  // Tasks that share a block each pack it themselves, so there are few of them in that case.
  const std::int64_t tasks = images * job.row_blocks * job.column_blocks;
  job.filter_parts = std::clamp<std::int64_t>((job.may_be_in_place ? 16 : 4) / tasks, 1,
                                              std::max<std::int64_t>(1, w.filters / 16));
}

Job job_of(std::span<const Correlation> parts) {
  Job job;
  job.parts = parts;
  job.rows = row_axis(parts);
  job.columns = column_axis(parts);
  for (const Correlation& part : parts) {
    job.output_h = std::max(job.output_h, part.windows.output.h);
    job.output_w = std::max(job.output_w, part.windows.output.w);
  }
  job.slack = lane_count();
  const Windows& w = job.windows();
  job.may_be_in_place = job.rows.stride == 1 && job.columns.stride == 1 && job.columns.shift >= 0 &&
                        job.output_w + job.columns.shift + job.columns.reach <= w.input.w;
  choose_blocks(job);
  const std::int64_t channel_floats =
      (job.rows.reach + 1) * static_cast<std::int64_t>(job.rows.phases.size()) * 4 * lane_count();
  const std::int64_t pieces =
      ceil_div(w.channels, std::max<std::int64_t>(1, kTileInputFloats / channel_floats));
  job.channel_step = ceil_div(w.channels, pieces);
  for (const std::int64_t row_block : {std::int64_t{0}, job.row_blocks - 1}) {
    for (const std::int64_t column_block : {std::int64_t{0}, job.column_blocks - 1}) {
      const Block block = job.block_at(row_block, column_block);
      for (const bool in_place : {false, true}) {
        BlockPlan& plan = job.plan_for(block, in_place);
        if (plan.parts.empty() && (!in_place || job.may_be_in_place)) {
          plan = plan_of(job, block, in_place);
        }
      }
    }
  }
  return job;
}

// A task's share: one block of one group of one image, and some filters.
struct Share {
  std::int64_t n = 0;
  std::int64_t group = 0;
  Block block;
  std::int64_t filter_part = 0;
};

Share share_at(const Job& job, std::int64_t index) {
  Share share;
  share.filter_part = index % job.filter_parts;
  index /= job.filter_parts;
  const std::int64_t column_block = index % job.column_blocks;
  index /= job.column_blocks;
  const std::int64_t row_block = index % job.row_blocks;
  index /= job.row_blocks;
  share.group = index % job.windows().groups;
  share.n = index / job.windows().groups;
  share.block = job.block_at(row_block, column_block);
  return share;
}

// The scratch memory of one thread.
struct Memory {
  Scratch band;
  Scratch sums;
  HWY_ALIGN float check[hn::MaxLanes(FloatTag())] = {};
};

// Computes one part's filters over all tiles of the block, the channels in pieces. `input`: the
// block at its first position, laid out by the plan.
void compute_part(const Job& job, const Share& share, const BlockPlan& block_plan,
                  std::size_t index, const float* input, Memory& memory) {
  const Correlation& part = job.parts[index];
  const Windows& w = part.windows;
  const BandLayout& layout = block_plan.layout;
  const auto& [taps, tiles] = block_plan.parts[index];
  const std::int64_t blocks = filter_blocks(w.filters);
  const std::int64_t first_block = blocks * share.filter_part / job.filter_parts;
  const std::int64_t last_block = blocks * (share.filter_part + 1) / job.filter_parts;
  const std::int64_t map = w.output.h * w.output.w;
  const std::int64_t first_map = (share.n * w.groups + share.group) * w.filters;
  float* output = part.output + first_map * map + share.block.y * w.output.w + share.block.x;
  TileCall call;
  call.input_channel = layout.channel;
  call.taps = taps.data();
  call.tap_count = static_cast<std::int64_t>(taps.size());
  call.weight_channel = part.weight_strides.channel;
  call.filter_stride = part.weight_strides.filter;
  call.output_stride = map;
  call.segments = tiles.segments.data();
  call.check = memory.check;
  for (std::int64_t c = 0; c < w.channels; c += job.channel_step) {
    call.channels = std::min(job.channel_step, w.channels - c);
    call.first = c == 0;
    call.last = c + call.channels == w.channels;
    for (const TilePlace& tile : tiles.places) {
      call.input = input + c * layout.channel + tile.position;
      call.first_segment = tiles.first_segment.data() + tile.first_vector;
      for (std::int64_t block = first_block; block < last_block; ++block) {
        const std::int64_t filter = w.filters * block / blocks;
        const std::int64_t filters = w.filters * (block + 1) / blocks - filter;
        call.weight = part.weight_at(share.group, filter, c);
        call.bias = part.bias != nullptr ? part.bias + share.group * w.filters + filter : nullptr;
        call.sums = memory.sums.data() +
                    (filter * tiles.vectors() + tile.first_vector * filters) * lane_count();
        call.output = output + filter * map;
        tile_function(static_cast<int>(filters), tile.vectors)(call);
      }
    }
  }
}

void compute_share(const Job& job, const Share& share, Memory& memory) {
  const Windows& w = job.windows();
  const bool in_place =
      job.may_be_in_place && lies_inside(job.rows, job.columns, w, share.block, share.n,
                                         share.group, job.plan_for(share.block, true).slack);
  const BlockPlan& plan = job.plan_for(share.block, in_place);
  const float* input = nullptr;
  if (in_place) {
    const std::int64_t channel = (share.n * w.groups + share.group) * w.channels;
    input = job.parts.front().input + channel * w.input.h * w.input.w +
            (share.block.y + job.rows.shift) * w.input.w + share.block.x + job.columns.shift;
  } else {
    if (memory.band.data() == nullptr) {
      memory.band = Scratch(job.plan_for(job.block_at(0, 0), false).layout.size);
    }
    pack_band(plan.layout, job.parts.front(), share.block, share.n, share.group,
              memory.band.data());
    input = memory.band.data();
  }
  for (std::size_t i = 0; i < job.parts.size(); ++i) {
    const Block own = clipped(share.block, job.parts[i]);
    if (own.rows > 0 && own.columns > 0) {
      compute_part(job, share, plan, i, input, memory);
    }
  }
}

// Floats for the sums of a block, if they are kept between pieces of channels.
std::int64_t sums_size(const Job& job) {
  if (job.channel_step >= job.windows().channels) {
    return 0;
  }
  std::int64_t most = 0;
  for (std::size_t i = 0; i < job.parts.size(); ++i) {
    std::int64_t vectors = 0;
    for (const auto& rows : job.plans) {
      for (const auto& columns : rows) {
        for (const BlockPlan& plan : columns) {
          vectors = plan.parts.empty() ? vectors : std::max(vectors, plan.parts[i].tiles.vectors());
        }
      }
    }
    most = std::max(most, vectors * job.parts[i].windows.filters * lane_count());
  }
  return most;
}

// As many threads as memory allows.
std::int64_t most_threads(const Job& job) {
  return most_scratch(job.windows()) /
         (job.plan_for(job.block_at(0, 0), false).layout.size + sums_size(job));
}

}  // namespace

bool gemm_fits(const Correlation& job) { return most_threads(job_of({&job, 1})) > 0; }

bool gemm_parts(std::span<const Correlation> parts, const RunOptions& run) {
  const Job job = job_of(parts);
  std::int64_t products = 0;
  for (const Correlation& part : parts) {
    products += part.windows.products();
  }
  const std::int64_t threads = std::min(threads_for(run, products), most_threads(job));
  if (threads == 0) {
    return false;
  }
  std::vector<Memory> memories(static_cast<std::size_t>(threads));
  for (Memory& memory : memories) {
    memory.sums = Scratch(sums_size(job));
  }
  const Windows& w = job.windows();
  const std::int64_t tasks =
      w.batch * w.groups * job.row_blocks * job.column_blocks * job.filter_parts;
  run_tasks(run, tasks, threads, [&](std::int64_t index, std::int64_t worker) {
    compute_share(job, share_at(job, index), memories[static_cast<std::size_t>(worker)]);
  });
  return std::all_of(memories.begin(), memories.end(), [](const Memory& memory) {
    return std::none_of(std::begin(memory.check), std::end(memory.check),
                        [](float lane) { return std::isnan(lane); });
  });
}

}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

namespace {

HWY_EXPORT(gemm_fits);
HWY_EXPORT(gemm_parts);

// Whether panel_gemm() is expected to be faster than reading the packed input in place: the copies
// have to be used by enough filters.
bool panels_worth_it(const Windows& w) {
  return w.filters >= 24 || (w.filters >= 16 && w.products() >= 1 << 20);
}

bool weights_are_finite(const Correlation& job) {
  return all_finite({job.weights_begin(), static_cast<std::size_t>(job.windows.weights())});
}

// A layer that reads one cell per window needs no rows: the whole map is treated as one.
Correlation without_rows(const Correlation& job) {
  const Windows& w = job.windows;
  Correlation flat = job;
  if (w.is_pointwise()) {
    flat.windows.input = flat.windows.output = {1, w.input.h * w.input.w};
  }
  return flat;
}

}  // namespace

namespace {

GemmOrder order_of_part(const Correlation& job) {
  if (panels_worth_it(job.windows)) {
    const PanelForm form = panel_form(job);
    if (form != PanelForm::kNone) {
      return form == PanelForm::kWithRest ? GemmOrder::kWithRest : GemmOrder::kPlain;
    }
  }
  return HWY_DYNAMIC_DISPATCH(gemm_fits)(without_rows(job)) ? GemmOrder::kPlain : GemmOrder::kNone;
}

}  // namespace

GemmOrder gemm_order(const Correlation& job) {
  const PaddingCuts cuts = padding_cuts(job.windows);
  if (cuts.rows.empty()) {
    return order_of_part(job);
  }
  GemmOrder order = GemmOrder::kPlain;
  for (const PaddingCut& rows : cuts.rows) {
    for (const PaddingCut& columns : cuts.columns) {
      const GemmOrder part = order_of_part(part_of(job, rows, columns, nullptr));
      if (part == GemmOrder::kNone) {
        return part;
      }
      order = part == GemmOrder::kWithRest ? part : order;
    }
  }
  return order;
}

bool gemm_parts(std::span<const Correlation> parts, const RunOptions& run) {
  const auto by_panels = [](const Correlation& part) {
    return panels_worth_it(part.windows) && panel_form(part) != PanelForm::kNone;
  };
  if (std::all_of(parts.begin(), parts.end(), by_panels)) {
    bool finite = true;
    for (const Correlation& part : parts) {
      finite = finite && panel_gemm(part, run);
    }
    return finite;
  }
  return HWY_DYNAMIC_DISPATCH(gemm_parts)(parts, run);
}

namespace {

// One part after another (padding_cuts.h). The products that are left out are zeros, unless a
// weight isn't finite.
bool gemm_in_parts(const Correlation& job, const PaddingCuts& cuts, const RunOptions& run) {
  const Windows& w = job.windows;
  if (!weights_are_finite(job)) {
    return false;
  }
  const std::int64_t planes = w.batch * w.groups * w.filters;
  const Scratch maps(planes * w.output.h * w.output.w);
  for (const PaddingCut& rows : cuts.rows) {
    for (const PaddingCut& columns : cuts.columns) {
      const Correlation part = part_of(job, rows, columns, maps.data());
      if (!gemm_parts({&part, 1}, run)) {
        return false;
      }
      const Size2& size = part.windows.output;
      const float* from = maps.data();
      for (std::int64_t plane = 0; plane < planes; ++plane) {
        float* to = job.output + (plane * w.output.h + rows.begin) * w.output.w + columns.begin;
        for (std::int64_t y = 0; y < size.h; ++y) {
          std::copy_n(from, size.w, to);
          from += size.w;
          to += w.output.w;
        }
      }
    }
  }
  return true;
}

}  // namespace

bool gemm(const Correlation& job, const RunOptions& run) {
  const PaddingCuts cuts = padding_cuts(job.windows);
  if (!cuts.rows.empty()) {
    return gemm_in_parts(job, cuts, run);
  }
  const Correlation flat = without_rows(job);
  return gemm_parts({&flat, 1}, run);
}

}  // namespace convscope::conv::rungs
#endif  // HWY_ONCE
