// The register tile of compute_tile(): R rows of U vectors of sums, which stay in registers over
// all channels. Idea: one column of the kernel at a time, with its weights in registers; every
// loaded vector of input is added to all the sums that read it, up to one per weight.
#include <algorithm>
#include <span>

#include "core/conv/rungs/direct/stencil.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/direct/stencil_tile.cpp"
#include "hwy/foreach_target.h"
// Order matters.
#include "hwy/cache_control.h"
#include "hwy/highway.h"
// Must come after Highway.
#include "core/conv/rungs/direct/stencil_lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

constexpr int kWide = 2;

// U adjacent vectors of columns.
template <int U>
struct Adjacent {
  static constexpr int kCount = U;
  std::int64_t x;
  HWY_INLINE std::int64_t at(int u) const { return x + u * kLanes; }
};

// U vectors of columns at any place.
template <int U>
struct Apart {
  static constexpr int kCount = U;
  std::int64_t x[U];
  HWY_INLINE std::int64_t at(int u) const { return x[u]; }
};

// What a sweep over columns reads and writes.
struct Sweep {
  std::int64_t channels;
  const float* const* rows;
  std::int64_t channel_rows;    // from one channel to the next
  const std::int64_t* offsets;  // of the kernel's columns
  std::int64_t kernel_w;
  std::span<const StencilPiece> pieces;
  const float* packed;
  std::int64_t channel_weights;  // from one channel to the next
  float bias;
  float* const* outputs;
  std::int64_t output_x;  // the output column that is computed at column 0
  const float* ahead;     // rows to prefetch, or null
  std::int64_t ahead_channel;
};

// One channel of a Sweep.
struct Channel {
  const float* const* rows;
  const float* packed;
};
HWY_INLINE Channel channel_of(const Sweep& sweep, std::int64_t c) {
  return {sweep.rows + c * sweep.channel_rows, sweep.packed + c * sweep.channel_weights};
}

// One vector for each row and each place of the tile.
template <int U>
struct Sums {
  Vector at[kRows][U];

  HWY_INLINE explicit Sums(float bias) {
    HWY_UNROLL(8)
    for (int o = 0; o < kRows; ++o) {
      HWY_UNROLL(2)
      for (int u = 0; u < U; ++u) {
        at[o][u] = hn::Set(Lanes(), bias);
      }
    }
  }

  // Multiplies row `row` of a run by the weights of the run's taps in one kernel column.
  template <int Taps>
  HWY_INLINE void add(const Vector (&cells)[U], int row, const Vector* weights) {
    HWY_UNROLL(8)
    for (int o = 0; o < kRows; ++o) {
      if (row - o >= 0 && row - o < Taps) {
        HWY_UNROLL(2)
        for (int u = 0; u < U; ++u) {
          at[o][u] = hn::MulAdd(cells[u], weights[row - o], at[o][u]);
        }
      }
    }
  }

  // Stores, and adds all values to `check`; infinity and NaN persist there.
  template <bool kStream, class Place>
  HWY_INLINE void store(const Sweep& sweep, Place place, Vector& check) const {
    const Lanes d;
    HWY_UNROLL(8)
    for (int o = 0; o < kRows; ++o) {
      HWY_UNROLL(2)
      for (int u = 0; u < U; ++u) {
        float* to = sweep.outputs[o] + sweep.output_x + place.at(u);
        check = hn::Add(check, at[o][u]);
        if constexpr (kStream) {
          hn::Stream(at[o][u], d, to);
        } else {
          hn::StoreU(at[o][u], d, to);
        }
      }
    }
  }
};

template <int U, class Place, class Load>
HWY_INLINE void load_cells(Vector (&cells)[U], const float* row, Place place, std::int64_t offset,
                           Load load, const typename Load::Where (&where)[U]) {
  HWY_UNROLL(2)
  for (int u = 0; u < U; ++u) {
    cells[u] = load(row + place.at(u) + offset, where[u]);
  }
}

template <int Taps, class Place, class Load>
HWY_INLINE void add_taps(Sums<Place::kCount>& sums, const Sweep& sweep, Channel channel,
                         const StencilPiece& piece, Place place, Load load) {
  constexpr int kCount = Place::kCount;
  const float* const* rows = channel.rows + piece.first_row;
  const float* weight = channel.packed + piece.first_weight;
  HWY_UNROLL(1)
  for (std::int64_t j = 0; j < sweep.kernel_w; ++j, weight += Taps) {
    Vector weights[Taps];
    HWY_UNROLL(8)
    for (int t = 0; t < Taps; ++t) {
      weights[t] = hn::Set(Lanes(), weight[t]);
    }
    const std::int64_t offset = sweep.offsets[j];
    typename Load::Where where[kCount];
    HWY_UNROLL(2)
    for (int u = 0; u < kCount; ++u) {
      where[u] = load.where(place.at(u) + offset);
    }
    HWY_UNROLL(16)
    for (int row = 0; row < kRows + Taps - 1; ++row) {
      Vector cells[kCount];
      load_cells(cells, rows[row], place, offset, load, where);
      sums.template add<Taps>(cells, row, weights);
    }
  }
}

// Prefetches what the next place reads of a row. When channels alternate, the hardware doesn't
// recognize that each continues to the right.
HWY_INLINE void fetch_next(const float* row, Adjacent<kWide> place) {
  HWY_UNROLL(2)
  for (int u = 0; u < kWide; ++u) {
    hwy::Prefetch(row + place.at(u) + (kWide + 1) * kLanes);
  }
}
template <class Place>
HWY_INLINE void fetch_next(const float*, Place) {}

// A 3x3 kernel in one go: `weights` in the order in which they are packed.
template <class Place, class Load>
HWY_INLINE void add_3x3(Sums<Place::kCount>& sums, const Sweep& sweep, Channel channel,
                        const Vector (&weights)[9], Place place, Load load) {
  constexpr int kCount = Place::kCount;
  typename Load::Where where[3][kCount];
  HWY_UNROLL(3)
  for (int j = 0; j < 3; ++j) {
    HWY_UNROLL(2)
    for (int u = 0; u < kCount; ++u) {
      where[j][u] = load.where(place.at(u) + sweep.offsets[j]);
    }
  }
  HWY_UNROLL(16)
  for (int row = 0; row < kRows + 2; ++row) {
    fetch_next(channel.rows[row], place);
    HWY_UNROLL(3)
    for (int j = 0; j < 3; ++j) {
      Vector cells[kCount];
      load_cells(cells, channel.rows[row], place, sweep.offsets[j], load, where[j]);
      sums.template add<3>(cells, row, weights + j * 3);
    }
  }
}

HWY_INLINE void load_3x3(Channel channel, Vector (&weights)[9]) {
  HWY_UNROLL(9)
  for (int i = 0; i < 9; ++i) {
    weights[i] = hn::Set(Lanes(), channel.packed[i]);
  }
}

HWY_INLINE bool is_3x3(const Sweep& sweep) {
  return sweep.pieces.size() == 1 && sweep.pieces[0].taps == 3 && sweep.kernel_w == 3;
}

template <class Place, class Load>
HWY_INLINE void add_piece(Sums<Place::kCount>& sums, const Sweep& sweep, Channel channel,
                          const StencilPiece& piece, Place place, Load load) {
  switch (piece.taps) {
    case 1:
      return add_taps<1>(sums, sweep, channel, piece, place, load);
    case 2:
      return add_taps<2>(sums, sweep, channel, piece, place, load);
    case 3:
      return add_taps<3>(sums, sweep, channel, piece, place, load);
    case 4:
      return add_taps<4>(sums, sweep, channel, piece, place, load);
    case 5:
      return add_taps<5>(sums, sweep, channel, piece, place, load);
    case 6:
      return add_taps<6>(sums, sweep, channel, piece, place, load);
    case 7:
      return add_taps<7>(sums, sweep, channel, piece, place, load);
    default:
      return add_taps<8>(sums, sweep, channel, piece, place, load);
  }
}

// Prefetches a share of the rows of the next tile: a tile of a small kernel is done so quickly that
// prefetching has to start early. These rows are contiguous, and prefetched from first to last.
HWY_INLINE void fetch(const Sweep& sweep, std::int64_t channel, Adjacent<kWide> place) {
  if (sweep.ahead != nullptr) {
    const float* ahead = sweep.ahead + channel * sweep.ahead_channel + kRows * place.x;
    HWY_UNROLL(16)
    for (int v = 0; v < kRows * kWide; ++v) {
      fetch_early(ahead + v * kLanes);
    }
  }
}

// Columns [x, x + count), any kernel.
template <bool kStream>
HWY_NOINLINE Vector sweep_wide(const Sweep& shared, std::int64_t x, std::int64_t count) {
  const Sweep sweep = shared;  // a local copy that no store can alias: it stays in registers
  Vector check = hn::Zero(Lanes());
  for (const std::int64_t end = x + count; x < end; x += kWide * kLanes) {
    const Adjacent<kWide> place = {x};
    Sums<kWide> sums(sweep.bias);
    for (std::int64_t c = 0; c < sweep.channels; ++c) {
      fetch(sweep, c, place);
      for (const StencilPiece& piece : sweep.pieces) {
        add_piece(sums, sweep, channel_of(sweep, c), piece, place, WholeLoad<Lanes>());
      }
    }
    sums.template store<kStream>(sweep, place, check);
  }
  return check;
}

// The same for 3x3, where all weights of a channel stay in registers.
template <bool kStream>
HWY_NOINLINE Vector sweep_wide_3x3(const Sweep& shared, std::int64_t x, std::int64_t count) {
  const Sweep sweep = shared;
  Vector check = hn::Zero(Lanes());
  Vector weights[9];
  load_3x3(channel_of(sweep, 0), weights);
  for (const std::int64_t end = x + count; x < end; x += kWide * kLanes) {
    const Adjacent<kWide> place = {x};
    Sums<kWide> sums(sweep.bias);
    std::int64_t c = 0;
    do {
      if (sweep.channels > 1) {
        load_3x3(channel_of(sweep, c), weights);
      }
      fetch(sweep, c, place);
      add_3x3(sums, sweep, channel_of(sweep, c), weights, place, WholeLoad<Lanes>());
    } while (++c < sweep.channels);
    sums.template store<kStream>(sweep, place, check);
  }
  return check;
}

// Separate vectors of columns, any kernel.
template <class Place, class Load>
HWY_NOINLINE Vector compute_any_vectors(const Sweep& sweep, Place place, Load load) {
  Vector check = hn::Zero(Lanes());
  Sums<Place::kCount> sums(sweep.bias);
  for (std::int64_t c = 0; c < sweep.channels; ++c) {
    for (const StencilPiece& piece : sweep.pieces) {
      add_piece(sums, sweep, channel_of(sweep, c), piece, place, load);
    }
  }
  sums.template store<false>(sweep, place, check);
  return check;
}

template <class Place, class Load>
HWY_NOINLINE Vector compute_3x3_vectors(const Sweep& sweep, Place place, Load load) {
  Vector check = hn::Zero(Lanes());
  Sums<Place::kCount> sums(sweep.bias);
  std::int64_t c = 0;
  do {
    const Channel channel = channel_of(sweep, c);
    Vector weights[9];
    load_3x3(channel, weights);
    add_3x3(sums, sweep, channel, weights, place, load);
  } while (++c < sweep.channels);
  sums.template store<false>(sweep, place, check);
  return check;
}

template <class Place, class Load>
Vector compute_vectors(const Sweep& sweep, Place place, Load load) {
  return is_3x3(sweep) ? compute_3x3_vectors(sweep, place, load)
                       : compute_any_vectors(sweep, place, load);
}

template <bool kStream>
Vector compute_wide(const Sweep& sweep, std::int64_t x, std::int64_t count) {
  if (is_3x3(sweep)) {
    return sweep_wide_3x3<kStream>(sweep, x, count);
  }
  return sweep_wide<kStream>(sweep, x, count);
}

// One vector of an output that has fewer columns; only the columns of the output are stored.
template <class Load>
Vector compute_part(Sweep sweep, std::int64_t count, Load load, float* vectors) {
  float* outputs[kRows];
  for (int o = 0; o < kRows; ++o) {
    outputs[o] = vectors + o * kLanes;
  }
  float* const* wanted = sweep.outputs;
  sweep.outputs = outputs;
  const Vector check = compute_vectors(sweep, Adjacent<1>{0}, load);
  for (int o = 0; o < kRows; ++o) {
    std::copy_n(outputs[o], count, wanted[o]);
  }
  return check;
}

// Strips [first, last), in pairs as long as there are two.
Vector compute_masked(const Stencil& stencil, const Sweep& sweep, const StencilStrip* first,
                      const StencilStrip* last, StencilBuffers& buffers) {
  Vector check = hn::Zero(Lanes());
  if constexpr (kMaskedLoads) {
    const BorderLoad<Lanes> load = {stencil.windows.input.w};
    if (first != last && first->count < kLanes) {
      return compute_part(sweep, first->count, load, buffers.vectors());
    }
    for (; last - first >= 2; first += 2) {
      check = hn::Add(check, compute_vectors(sweep, Apart<2>{{first[0].x, first[1].x}}, load));
    }
    if (first != last) {
      check = hn::Add(check, compute_vectors(sweep, Adjacent<1>{first->x}, load));
    }
  }
  return check;
}

Vector compute_copied(const Stencil& stencil, Sweep sweep, const StencilStrip& strip,
                      StencilBuffers& buffers) {
  buffers.copy(stencil, strip);
  sweep.rows = buffers.copied_rows().data();
  sweep.offsets = stencil.columns.copied_offsets.data();
  sweep.output_x = strip.x;
  sweep.ahead = nullptr;
  if (strip.count < kLanes) {
    return compute_part(sweep, strip.count, WholeLoad<Lanes>(), buffers.vectors());
  }
  if (strip.count == kLanes) {
    return compute_vectors(sweep, Adjacent<1>{0}, WholeLoad<Lanes>());
  }
  return compute_wide<false>(sweep, 0, strip.count);
}

bool compute_on_target(const Stencil& stencil, std::int64_t filter, float bias, bool stream,
                       StencilBuffers& buffers) {
  const Windows& w = stencil.windows;
  const StencilColumns& columns = stencil.columns;
  const Sweep sweep = {.channels = w.channels,
                       .rows = buffers.rows.data(),
                       .channel_rows = static_cast<std::int64_t>(stencil.rows.row_offsets.size()),
                       .offsets = columns.offsets.data(),
                       .kernel_w = w.kernel.w,
                       .pieces = stencil.rows.pieces,
                       .packed = buffers.packed() + filter * w.taps(),
                       .channel_weights = w.kernel.h * w.kernel.w,
                       .bias = bias,
                       .outputs = buffers.outputs.data(),
                       .output_x = 0,
                       .ahead = buffers.ahead,
                       .ahead_channel = w.input.h * w.input.w};
  const StencilStrip* masked = columns.masked.data();
  Vector check = compute_masked(stencil, sweep, masked, masked + columns.masked.size(), buffers);
  for (const StencilStrip& strip : columns.copied) {
    check = hn::Add(check, compute_copied(stencil, sweep, strip, buffers));
  }
  const auto wide = stream && columns.aligned ? compute_wide<true> : compute_wide<false>;
  check = hn::Add(check, wide(sweep, columns.inside.x, columns.inside.count));
  // Zero unless infinite or NaN.
  return hn::AllTrue(Lanes(), hn::Eq(hn::Sub(check, check), hn::Zero(Lanes())));
}

StencilShape shape_on_target() {
  // V8 computes one sum after another, and keeps what a tile has loaded until it is done.
  constexpr bool kSpills = HWY_TARGET == HWY_WASM;
  return {kLanes, kRows, kWide * kLanes, kMaskedLoads, kSpills};
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

HWY_EXPORT(compute_on_target);
HWY_EXPORT(shape_on_target);

StencilShape stencil_shape() { return HWY_DYNAMIC_DISPATCH(shape_on_target)(); }

bool compute_tile(const Stencil& stencil, std::int64_t filter, float bias, bool stream,
                  StencilBuffers& buffers) {
  return HWY_DYNAMIC_DISPATCH(compute_on_target)(stencil, filter, bias, stream, buffers);
}

}  // namespace convscope::conv::rungs
#endif
