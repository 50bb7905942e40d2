#include "core/picture/highlight.h"

#include <algorithm>

#include "core/conv/padding.h"

namespace convscope {

namespace {

// Coordinates of the padded axis that show real cell `cell`: itself, and its copies in the padding.
std::vector<std::int64_t> appearances(std::int64_t cell, std::int64_t size, std::int64_t begin,
                                      std::int64_t end, PaddingMode mode) {
  std::vector<std::int64_t> places;
  for (std::int64_t i = -begin; i < 0; ++i) {
    if (source_index(i, size, mode) == cell) {
      places.push_back(i);
    }
  }
  places.push_back(cell);
  for (std::int64_t i = size; i < size + end; ++i) {
    if (source_index(i, size, mode) == cell) {
      places.push_back(i);
    }
  }
  return places;
}

struct Meeting {
  std::int64_t out;
  std::int64_t tap;
};

// Where on one axis place `i` of the padded input meets a tap of the kernel.
std::vector<Meeting> meetings(std::int64_t i, std::int64_t begin, std::int64_t kernel,
                              std::int64_t stride, std::int64_t dilation, std::int64_t windows) {
  std::vector<Meeting> found;
  for (std::int64_t tap = 0; tap < kernel; ++tap) {
    const std::int64_t offset = i + begin - tap * dilation;
    if (offset >= 0 && offset % stride == 0 && offset / stride < windows) {
      found.push_back({offset / stride, tap});
    }
  }
  return found;
}

std::vector<Meeting> all_meetings(const std::vector<std::int64_t>& places, std::int64_t begin,
                                  std::int64_t kernel, std::int64_t stride, std::int64_t dilation,
                                  std::int64_t windows) {
  std::vector<Meeting> found;
  for (const std::int64_t place : places) {
    const auto more = meetings(place, begin, kernel, stride, dilation, windows);
    found.insert(found.end(), more.begin(), more.end());
  }
  return found;
}

std::vector<Use> uses_of(const Index& cell, const LayerResult& layer, const Step& shown) {
  const LayerSpec& spec = layer.spec;
  const Shape& in = layer.input.shape();
  const Shape& out = layer.output_shape;
  const std::int64_t per_group = in.c / spec.groups;
  const std::int64_t group = shown.output_at.c / (out.c / spec.groups);
  const std::int64_t c = cell.c - group * per_group;
  if (c < 0 || c >= per_group || cell.n != shown.output_at.n) {
    return {};
  }
  const bool real = contains(in, cell);
  const auto rows =
      real ? appearances(cell.y, in.h, layer.pads.top, layer.pads.bottom, spec.padding_mode)
           : std::vector{cell.y};
  const auto columns =
      real ? appearances(cell.x, in.w, layer.pads.left, layer.pads.right, spec.padding_mode)
           : std::vector{cell.x};
  const auto ys =
      all_meetings(rows, layer.pads.top, spec.kernel_size.h, spec.stride.h, spec.dilation.h, out.h);
  const auto xs = all_meetings(columns, layer.pads.left, spec.kernel_size.w, spec.stride.w,
                               spec.dilation.w, out.w);
  std::vector<Use> uses;
  for (const Meeting& y : ys) {
    for (const Meeting& x : xs) {
      if (uses.size() < kMaxHighlights) {
        uses.push_back(
            {{cell.n, shown.output_at.c, y.out, x.out}, {shown.output_at.c, c, y.tap, x.tap}});
      }
    }
  }
  return uses;
}

std::vector<Index> inputs_under(const Index& weight, const LayerResult& layer, const Step& shown) {
  const LayerSpec& spec = layer.spec;
  const Shape& out = layer.output_shape;
  const std::int64_t per_group = layer.input.shape().c / spec.groups;
  const std::int64_t group = weight.n / (out.c / spec.groups);
  std::vector<Index> cells;
  for (std::int64_t y = 0; y < out.h && cells.size() < kMaxHighlights; ++y) {
    for (std::int64_t x = 0; x < out.w && cells.size() < kMaxHighlights; ++x) {
      cells.push_back({shown.output_at.n, group * per_group + weight.c,
                       y * spec.stride.h + weight.y * spec.dilation.h - layer.pads.top,
                       x * spec.stride.w + weight.x * spec.dilation.w - layer.pads.left});
    }
  }
  return cells;
}

template <typename Matches>
std::vector<std::int64_t> terms_where(const Step& step, const Matches& matches) {
  std::vector<std::int64_t> found;
  for (std::size_t i = 0; i < step.terms.size(); ++i) {
    if (matches(step.terms[i])) {
      found.push_back(static_cast<std::int64_t>(i));
    }
  }
  return found;
}

}  // namespace

Highlight highlight_of(const Target& target, const LayerResult& layer, const Step& shown) {
  Highlight lit;
  switch (target.tensor) {
    case TensorRole::kOutput:
      if (contains(layer.output_shape, target.at)) {
        lit.field = step_at(layer.input, layer.weight, layer.bias, layer.spec,
                            position_of(layer.output_shape, target.at));
      }
      break;
    case TensorRole::kInput:
      lit.uses = uses_of(target.at, layer, shown);
      lit.terms = terms_where(shown, [&](const Term& term) { return term.input_at == target.at; });
      break;
    case TensorRole::kWeight:
      if (contains(layer.weight.shape(), target.at)) {
        lit.weight = target.at;
        lit.inputs = inputs_under(target.at, layer, shown);
        lit.terms =
            terms_where(shown, [&](const Term& term) { return term.weight_at == target.at; });
      }
      break;
    case TensorRole::kProduct:
      lit.terms = terms_where(shown, [&](const Term& term) { return term.weight_at == target.at; });
      if (!lit.terms.empty()) {
        lit.weight = target.at;
        lit.inputs = {shown.terms[static_cast<std::size_t>(lit.terms.front())].input_at};
      }
      break;
    case TensorRole::kBias:
    case TensorRole::kStretched:
    case TensorRole::kTurned:
    case TensorRole::kTarget:
      break;
  }
  return lit;
}

std::vector<std::int64_t> never_read(std::int64_t size, std::int64_t kernel, std::int64_t stride,
                                     std::int64_t dilation, std::int64_t begin,
                                     std::int64_t windows) {
  std::vector<bool> read(static_cast<std::size_t>(size), false);
  for (std::int64_t out = 0; out < windows; ++out) {
    for (std::int64_t tap = 0; tap < kernel; ++tap) {
      const std::int64_t i = out * stride + tap * dilation - begin;
      if (i >= 0 && i < size) {
        read[static_cast<std::size_t>(i)] = true;
      }
    }
  }
  std::vector<std::int64_t> unread;
  for (std::int64_t i = 0; i < size; ++i) {
    if (!read[static_cast<std::size_t>(i)]) {
      unread.push_back(i);
    }
  }
  return unread;
}

UnreadCells unread_cells(const LayerResult& layer) {
  constexpr std::int64_t kLargest = 4096;
  const LayerSpec& spec = layer.spec;
  const Shape& in = layer.input.shape();
  if (in.h > kLargest || in.w > kLargest) {
    return {};
  }
  return {never_read(in.h, spec.kernel_size.h, spec.stride.h, spec.dilation.h, layer.pads.top,
                     layer.output_shape.h),
          never_read(in.w, spec.kernel_size.w, spec.stride.w, spec.dilation.w, layer.pads.left,
                     layer.output_shape.w)};
}

}  // namespace convscope
