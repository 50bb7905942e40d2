#include "core/picture/flat/subject.h"

#include <algorithm>

#include "core/conv/window_axis.h"

namespace convscope::picture::flat {

namespace {

// Cells beyond the padded input that the last window of an axis reaches.
std::int64_t overhang(std::int64_t windows, std::int64_t stride, std::int64_t reach,
                      std::int64_t padded) {
  return std::max<std::int64_t>((windows - 1) * stride + reach - padded, 0);
}

}  // namespace

conv::Pads equivalent_pads(const derive::LayerResult& own) {
  return conv::resolved_pads(own.equivalent.spec, own.equivalent.input.shape());
}

derive::LayerResult subject_of(const derive::LayerResult& own) {
  derive::LayerResult subject;
  subject.spec = own.equivalent.spec;
  subject.input = own.equivalent.input;
  subject.weight = own.equivalent.weight;
  subject.bias = own.bias;
  subject.output_shape = own.output_shape;
  subject.output = own.output;
  subject.input_range = own.input_range;
  subject.weight_range = own.weight_range;
  subject.output_range = own.output_range;
  subject.output_colors = own.output_colors;
  const Shape& in = subject.input.shape();
  const conv::Size2 reach = conv::dilated_kernel(subject.spec);
  conv::Pads pads = equivalent_pads(own);
  pads.bottom +=
      overhang(own.output_shape.h, subject.spec.stride.h, reach.h, in.h + pads.top + pads.bottom);
  pads.right +=
      overhang(own.output_shape.w, subject.spec.stride.w, reach.w, in.w + pads.left + pads.right);
  for (std::int64_t* side : {&pads.top, &pads.bottom, &pads.left, &pads.right}) {
    *side = std::max<std::int64_t>(*side, 0);
  }
  subject.pads = pads;
  return subject;
}

std::vector<conv::Term> window_taps(const derive::LayerResult& own, const conv::Step& step) {
  if (step.fold != conv::Fold::kCopy) {
    return step.terms;
  }
  const auto [rows, columns] = conv::window_axes(own.spec, own.input.shape());
  std::vector<conv::Term> taps;
  for (std::int64_t i = 0; i < rows.kernel; ++i) {
    for (std::int64_t j = 0; j < columns.kernel; ++j) {
      const Index& copied = step.terms.front().input_at;
      conv::Term tap;
      tap.input_at = {copied.n, copied.c, rows.cell(step.output_at.y, i),
                      columns.cell(step.output_at.x, j)};
      tap.weight_at = {step.output_at.c, 0, i, j};
      tap.source = tap.input_at;
      tap.has_source = contains(own.input.shape(), tap.input_at);
      tap.padding = !tap.has_source;
      tap.input = tap.has_source ? own.input.at(tap.input_at) : 0.0F;
      tap.product = tap.input;
      taps.push_back(tap);
    }
  }
  return taps;
}

}  // namespace convscope::picture::flat
