#include "core/conv/rungs/direct/stencil.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "core/conv/ceil_div.h"
#include "core/conv/map_rows.h"
#include "core/conv/padding.h"

namespace convscope::conv::rungs {

namespace {

// The most columns of a strip that is copied because of the stride.
constexpr std::int64_t kWidestCopy = 8;  // in units of StencilShape::wide

// Planes of this many floats don't fit the second-level cache.
constexpr std::int64_t kFetchedPlane = std::int64_t{1} << 18;

// The distance in floats from the last vector boundary.
std::int64_t phase_of(const float* address, std::int64_t lanes) {
  return static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(address) / sizeof(float)) %
         lanes;
}

StencilRows plan_rows(const Windows& w, std::int64_t tile_rows) {
  // Outputs `step` rows apart read input rows `advance` apart, as do kernel rows `apart` apart.
  std::int64_t advance = std::lcm(w.stride.h, w.dilation.h);
  std::int64_t apart = advance / w.dilation.h;
  StencilRows plan;
  plan.step = advance / w.stride.h;
  // If the output has fewer rows than that, no input rows are shared.
  if (plan.step > 1 && plan.step * tile_rows > 2 * w.output.h) {
    plan.step = 1;
    advance = w.stride.h;
    apart = w.kernel.h;
  }
  std::int64_t weights = 0;
  const auto add_piece = [&](std::int64_t first, std::int64_t taps) {
    plan.pieces.push_back({taps, static_cast<std::int64_t>(plan.row_offsets.size()), weights});
    weights += taps * w.kernel.w;
    for (std::int64_t t = 0; t < taps; ++t) {
      plan.kernel_rows.push_back(first + t * apart);
    }
    for (std::int64_t row = 0; row < tile_rows + taps - 1; ++row) {
      plan.row_offsets.push_back(first * w.dilation.h + row * advance);
    }
  };
  for (std::int64_t c = 0; c < std::min(apart, w.kernel.h); ++c) {
    const std::int64_t taps = ceil_div(w.kernel.h - c, apart);
    // Parts of nearly equal size.
    const std::int64_t parts = ceil_div(taps, StencilPiece::kMostTaps);
    for (std::int64_t part = 0; part < parts; ++part) {
      const std::int64_t begin = taps * part / parts;
      add_piece(c + begin * apart, taps * (part + 1) / parts - begin);
    }
  }
  return plan;
}

// Strips of one vector each for [begin, end), the last one moved back if it would leave the output.
void add_vectors(std::vector<StencilStrip>& strips, std::int64_t begin, std::int64_t end,
                 std::int64_t width, std::int64_t lanes) {
  const std::int64_t count = std::min(lanes, width);
  for (std::int64_t x = begin; x < end; x += lanes) {
    strips.push_back({std::min(x, width - count), count});
  }
}

// The strips for windows with a stride of one cell.
void add_unit_strips(StencilColumns& plan, const Windows& w, const StencilShape& shape,
                     const float* output) {
  const std::int64_t span = (w.kernel.w - 1) * w.dilation.w;
  const Columns within = {std::clamp<std::int64_t>(w.left, 0, w.output.w),
                          std::clamp<std::int64_t>(w.input.w + w.left - span, 0, w.output.w)};
  plan.aligned = w.output.w % shape.lanes == 0;
  std::int64_t begin = within.begin;
  if (plan.aligned) {
    begin += (2 * shape.lanes - phase_of(output, shape.lanes) - begin % shape.lanes) % shape.lanes;
  }
  const std::int64_t count =
      std::max<std::int64_t>(0, within.end - begin) / shape.wide * shape.wide;
  begin = count == 0 ? w.output.w : begin;
  plan.inside = {begin, count};
  auto& border = w.mode == PaddingMode::kZeros && shape.masked_loads ? plan.masked : plan.copied;
  add_vectors(border, 0, begin, w.output.w, shape.lanes);
  add_vectors(border, begin + count, w.output.w, w.output.w, shape.lanes);
}

void add_strided_strips(StencilColumns& plan, const Windows& w, const StencilShape& shape) {
  std::int64_t x = 0;
  while (w.output.w - x >= shape.wide) {
    const std::int64_t wides = std::min(kWidestCopy, (w.output.w - x) / shape.wide);
    plan.copied.push_back({x, wides * shape.wide});
    x += wides * shape.wide;
  }
  add_vectors(plan.copied, x, w.output.w, w.output.w, shape.lanes);
}

StencilColumns plan_columns(const Windows& w, const StencilShape& shape, const float* output) {
  StencilColumns plan;
  if (w.stride.w == 1) {
    add_unit_strips(plan, w, shape, output);
  } else {
    add_strided_strips(plan, w, shape);
  }
  // The size of the copies must not depend on the output's address.
  const bool copies = w.stride.w > 1 || w.mode != PaddingMode::kZeros || !shape.masked_loads;
  std::int64_t columns = copies ? shape.lanes : 0;
  for (const StencilStrip& strip : plan.copied) {
    columns = std::max({columns, strip.count, shape.lanes});
  }
  plan.phase_pitch = columns == 0 ? 0 : columns + (w.kernel.w - 1) * w.dilation.w / w.stride.w;
  for (std::int64_t j = 0; j < w.kernel.w; ++j) {
    const std::int64_t cell = j * w.dilation.w;
    plan.offsets.push_back(cell - w.left);
    auto phase = std::find(plan.phases.begin(), plan.phases.end(), cell % w.stride.w);
    if (phase == plan.phases.end()) {
      phase = plan.phases.insert(phase, cell % w.stride.w);
    }
    plan.copied_offsets.push_back((phase - plan.phases.begin()) * plan.phase_pitch +
                                  cell / w.stride.w);
  }
  return plan;
}

// to[q] = cell first + q · stride of the row as extended by the padding.
void copy_cells(const Windows& w, const float* row, std::int64_t first, std::int64_t count,
                float* to) {
  const std::int64_t stride = w.stride.w;
  const auto copy_padded = [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t q = begin; q < end; ++q) {
      const auto source = source_index(first + q * stride, w.input.w, w.mode);
      to[q] = source ? row[*source] : 0.0F;
    }
  };
  const Columns real = inside({0, count}, stride, first, w.input.w);
  copy_padded(0, real.begin);
  if (stride == 1 && real.count() > 0) {
    std::memcpy(to + real.begin, row + first + real.begin,
                static_cast<std::size_t>(real.count()) * sizeof(float));
  } else if (stride == 2) {
    for (std::int64_t q = real.begin; q < real.end; ++q) {
      to[q] = row[first + q * 2];
    }
  } else {
    for (std::int64_t q = real.begin; q < real.end; ++q) {
      to[q] = row[first + q * stride];
    }
  }
  copy_padded(real.end, count);
}

// Where each part of the buffers starts.
struct Layout {
  explicit Layout(const Stencil& stencil) {
    const Windows& w = stencil.windows;
    const StencilShape shape = stencil_shape();
    discarded = aligned_count(w.input.w);
    vectors = discarded + aligned_count(w.output.w + shape.lanes);
    packed = vectors + aligned_count(shape.rows * shape.lanes);
    copies = packed + aligned_count(w.filters * w.taps());
    end = copies + stencil.tile_rows() * stencil.columns.copied_row();
  }
  std::int64_t discarded;
  std::int64_t vectors;
  std::int64_t packed;
  std::int64_t copies;
  std::int64_t end;
};

}  // namespace

StencilRows stencil_rows_of(const Windows& windows) {
  return plan_rows(windows, stencil_shape().rows);
}

Stencil stencil_of(const Windows& windows, const float* output) {
  const StencilShape shape = stencil_shape();
  Stencil stencil;
  stencil.windows = windows;
  stencil.rows = stencil_rows_of(windows);
  stencil.columns = plan_columns(windows, shape, output);
  stencil.discarded_phase = phase_of(output, shape.lanes);
  return stencil;
}

void pack_weights(const Stencil& stencil, const float* weight, const WeightStrides& strides,
                  float* packed) {
  const Windows& w = stencil.windows;
  const auto pack_kernel = [&](const float* kernel) {
    const std::int64_t* row = stencil.rows.kernel_rows.data();
    for (const StencilPiece& piece : stencil.rows.pieces) {
      for (std::int64_t j = 0; j < w.kernel.w; ++j) {
        for (std::int64_t t = 0; t < piece.taps; ++t) {
          *packed++ = kernel[row[t] * strides.row + j * strides.column];
        }
      }
      row += piece.taps;
    }
  };
  for (std::int64_t k = 0; k < w.filters; ++k) {
    for (std::int64_t c = 0; c < w.channels; ++c) {
      pack_kernel(weight + k * strides.filter + c * strides.channel);
    }
  }
}

StencilBuffers::StencilBuffers(const Stencil& stencil)
    : rows(static_cast<std::size_t>(stencil.tile_rows())),
      outputs(static_cast<std::size_t>(stencil_shape().rows)),
      scratch_(floats(stencil)) {
  const Layout layout(stencil);
  zeros_ = scratch_.data();
  discarded_ = scratch_.data() + layout.discarded + stencil.discarded_phase;
  vectors_ = scratch_.data() + layout.vectors;
  packed_ = scratch_.data() + layout.packed;
  copies_ = scratch_.data() + layout.copies;
  std::fill_n(zeros_, stencil.windows.input.w, 0.0F);
  for (std::size_t p = 0; p < rows.size(); ++p) {
    copied_rows_.push_back(copies_ + static_cast<std::int64_t>(p) * stencil.columns.copied_row());
  }
}

std::int64_t StencilBuffers::floats(const Stencil& stencil) { return Layout(stencil).end; }

void StencilBuffers::copy(const Stencil& stencil, const StencilStrip& strip) {
  const Windows& w = stencil.windows;
  const StencilColumns& columns = stencil.columns;
  const std::int64_t count =
      std::max(strip.count, stencil_shape().lanes) + (w.kernel.w - 1) * w.dilation.w / w.stride.w;
  for (std::size_t p = 0; p < rows.size(); ++p) {
    float* to = copies_ + static_cast<std::int64_t>(p) * columns.copied_row();
    for (const std::int64_t phase : columns.phases) {
      copy_cells(w, rows[p], strip.x * w.stride.w - w.left + phase, count, to);
      to += columns.phase_pitch;
    }
  }
}

void name_inputs(const Stencil& stencil, const float* planes, std::int64_t y,
                 StencilBuffers& buffers) {
  const Windows& w = stencil.windows;
  const std::int64_t first = y * w.stride.h - w.top;
  const float** name = buffers.rows.data();
  for (std::int64_t c = 0; c < w.channels; ++c) {
    const float* plane = planes + c * w.input.h * w.input.w;
    for (const std::int64_t offset : stencil.rows.row_offsets) {
      const std::int64_t row = first + offset;
      if (row >= 0 && row < w.input.h) {
        *name++ = plane + row * w.input.w;
      } else {
        const auto source = source_index(row, w.input.h, w.mode);
        *name++ = source ? plane + *source * w.input.w : buffers.zeros();
      }
    }
  }
  // With a stride, the next tile's rows don't directly follow this tile's rows.
  const std::int64_t tile_rows = stencil_shape().rows;
  const std::int64_t next = first + tile_rows + (w.kernel.h - 1) * w.dilation.h;
  const bool fetch = stencil.rows.step == 1 && w.stride.h == 1 && next >= 0 &&
                     next + tile_rows <= w.input.h && w.input.h * w.input.w >= kFetchedPlane;
  buffers.ahead = fetch ? planes + next * w.input.w : nullptr;
}

void name_outputs(const Stencil& stencil, float* plane, std::int64_t y, StencilBuffers& buffers) {
  const Windows& w = stencil.windows;
  for (std::size_t o = 0; o < buffers.outputs.size(); ++o) {
    const std::int64_t row = y + static_cast<std::int64_t>(o) * stencil.rows.step;
    buffers.outputs[o] = row < w.output.h ? plane + row * w.output.w : buffers.discarded();
  }
}

}  // namespace convscope::conv::rungs
