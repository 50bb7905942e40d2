#include "core/picture/step/highlight.h"

#include <algorithm>

#include "core/conv/analysis/as_convolution.h"
#include "core/conv/operators/operator.h"
#include "core/conv/padding.h"

namespace convscope::picture::step {

namespace {

// Coordinates of the padded axis that show real cell `cell`: itself, and its copies in the padding.
std::vector<std::int64_t> appearances(std::int64_t cell, std::int64_t size, std::int64_t begin,
                                      std::int64_t end, conv::PaddingMode mode) {
  std::vector<std::int64_t> places;
  for (std::int64_t i = -begin; i < 0; ++i) {
    if (conv::source_index(i, size, mode) == cell) {
      places.push_back(i);
    }
  }
  places.push_back(cell);
  for (std::int64_t i = size; i < size + end; ++i) {
    if (conv::source_index(i, size, mode) == cell) {
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

// The windows of a layer over its stage input.
struct Windows {
  conv::LayerSpec spec;
  Shape in;
  Shape out;
  conv::Pads pads;  // negative where the stage input is cut

  std::int64_t channels() const { return in.c / spec.groups; }
  // The first channel of the group that filter k reads.
  std::int64_t first_channel(std::int64_t k) const {
    return k / (out.c / spec.groups) * channels();
  }
};

Windows windows_of(const derive::LayerResult& layer) {
  const Shape in = conv::equivalent_input_shape(layer.spec, layer.input.shape());
  const conv::LayerSpec spec = conv::equivalent_spec(layer.spec, layer.input.shape());
  return {spec, in, layer.output_shape, conv::resolved_pads(spec, in)};
}

// Whether `tap` of the window has a part in map k: each map of an unfold copies one.
bool takes_part(const conv::LayerSpec& spec, std::int64_t k, const Meeting& y, const Meeting& x) {
  const conv::Size2 kernel = spec.kernel_size;
  return !conv::operator_of(spec.op).unfolds ||
         k % (kernel.h * kernel.w) == y.tap * kernel.w + x.tap;
}

// `cell` of the stage input.
std::vector<Use> uses_of(const Index& cell, const derive::LayerResult& layer,
                         const conv::Step& shown) {
  const Windows w = windows_of(layer);
  const conv::LayerSpec& spec = w.spec;
  const std::int64_t k = shown.output_at.c;
  const std::int64_t c = cell.c - w.first_channel(k);
  if (c < 0 || c >= w.channels() || cell.n != shown.output_at.n) {
    return {};
  }
  const bool real = contains(w.in, cell);
  const auto rows = real ? appearances(cell.y, w.in.h, w.pads.top, w.pads.bottom, spec.padding_mode)
                         : std::vector{cell.y};
  const auto columns =
      real ? appearances(cell.x, w.in.w, w.pads.left, w.pads.right, spec.padding_mode)
           : std::vector{cell.x};
  const auto ys =
      all_meetings(rows, w.pads.top, spec.kernel_size.h, spec.stride.h, spec.dilation.h, w.out.h);
  const auto xs = all_meetings(columns, w.pads.left, spec.kernel_size.w, spec.stride.w,
                               spec.dilation.w, w.out.w);
  std::vector<Use> uses;
  for (const Meeting& y : ys) {
    for (const Meeting& x : xs) {
      if (uses.size() < kMaxHighlights && takes_part(spec, k, y, x)) {
        uses.push_back(
            {{cell.n, k, y.out, x.out}, conv::own_weight_at(layer.spec, {k, c, y.tap, x.tap})});
      }
    }
  }
  return uses;
}

// `weight` as it lies on the stage input.
std::vector<Index> inputs_under(const Index& weight, const derive::LayerResult& layer,
                                const conv::Step& shown) {
  const Windows w = windows_of(layer);
  const conv::LayerSpec& spec = w.spec;
  std::vector<Index> cells;
  for (std::int64_t y = 0; y < w.out.h && cells.size() < kMaxHighlights; ++y) {
    for (std::int64_t x = 0; x < w.out.w && cells.size() < kMaxHighlights; ++x) {
      cells.push_back({shown.output_at.n, w.first_channel(weight.n) + weight.c,
                       y * spec.stride.h + weight.y * spec.dilation.h - w.pads.top,
                       x * spec.stride.w + weight.x * spec.dilation.w - w.pads.left});
    }
  }
  return cells;
}

template <typename Matches>
std::vector<std::int64_t> terms_where(const conv::Step& step, const Matches& matches) {
  std::vector<std::int64_t> found;
  for (std::size_t i = 0; i < step.terms.size(); ++i) {
    if (matches(step.terms[i])) {
      found.push_back(static_cast<std::int64_t>(i));
    }
  }
  return found;
}

}  // namespace

std::optional<session::Target> hover_on_stage(const session::Session& session) {
  const std::optional<session::Target>& hover = session.transient.hover;
  const bool here = hover && (hover->layer < 0 || hover->layer == session.look.layer);
  return here ? hover : std::nullopt;
}

Highlight highlight_of(const session::Target& target, const derive::LayerResult& layer,
                       const conv::Step& shown) {
  Highlight lit;
  switch (target.tensor) {
    case session::TensorRole::kOutput:
      if (contains(layer.output_shape, target.at)) {
        lit.field = conv::step_at(layer.input, layer.weight, layer.bias, layer.spec,
                                  conv::position_of(layer.output_shape, target.at));
      }
      break;
    case session::TensorRole::kInput: {
      const Index place = conv::equivalent_input_at(layer.spec, target.at);
      lit.uses = uses_of(place, layer, shown);
      lit.terms =
          terms_where(shown, [&](const conv::Term& term) { return term.input_at == place; });
      break;
    }
    case session::TensorRole::kWeight:
      if (contains(layer.weight.shape(), target.at)) {
        lit.weight = target.at;
        lit.inputs = inputs_under(conv::equivalent_weight_at(layer.spec, target.at), layer, shown);
        lit.terms =
            terms_where(shown, [&](const conv::Term& term) { return term.weight_at == target.at; });
      }
      break;
    case session::TensorRole::kZeroInserted:
      if (const auto own = conv::own_input_at(layer.spec, layer.input.shape(), target.at)) {
        return highlight_of({session::TensorRole::kInput, *own}, layer, shown);
      }
      break;
    case session::TensorRole::kFlipped:
      return highlight_of(
          {session::TensorRole::kWeight, conv::own_weight_at(layer.spec, target.at)}, layer, shown);
    case session::TensorRole::kProduct:
      lit.terms =
          terms_where(shown, [&](const conv::Term& term) { return term.weight_at == target.at; });
      if (!lit.terms.empty()) {
        lit.weight = target.at;
        lit.inputs = {shown.terms[static_cast<std::size_t>(lit.terms.front())].input_at};
      }
      break;
    case session::TensorRole::kBias:
    case session::TensorRole::kTarget:
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

UnreadCells unread_cells(const derive::LayerResult& layer) {
  constexpr std::int64_t kLargest = 4096;
  const Windows w = windows_of(layer);
  if (w.in.h > kLargest || w.in.w > kLargest) {
    return {};
  }
  const conv::LayerSpec& spec = w.spec;
  return {
      never_read(w.in.h, spec.kernel_size.h, spec.stride.h, spec.dilation.h, w.pads.top, w.out.h),
      never_read(w.in.w, spec.kernel_size.w, spec.stride.w, spec.dilation.w, w.pads.left, w.out.w)};
}

DroppedPadding dropped_padding(const derive::LayerResult& layer) {
  const Windows w = windows_of(layer);
  const conv::Size2 reach = conv::dilated_kernel(w.spec);
  const auto dropped = [](std::int64_t size, std::int64_t used, std::int64_t padding) {
    return std::clamp<std::int64_t>(size - used, 0, std::max<std::int64_t>(padding, 0));
  };
  return {dropped(w.in.h + w.pads.top + w.pads.bottom, (w.out.h - 1) * w.spec.stride.h + reach.h,
                  w.pads.bottom),
          dropped(w.in.w + w.pads.left + w.pads.right, (w.out.w - 1) * w.spec.stride.w + reach.w,
                  w.pads.right)};
}

}  // namespace convscope::picture::step
