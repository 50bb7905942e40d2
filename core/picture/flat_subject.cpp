#include "core/picture/flat_subject.h"

#include <algorithm>

#include "core/conv/window_axis.h"

namespace convscope {

namespace {

// Cells behind the padded input that the last window of an axis reaches into.
std::int64_t overhang(std::int64_t windows, std::int64_t stride, std::int64_t reach,
                      std::int64_t padded) {
  return std::max<std::int64_t>((windows - 1) * stride + reach - padded, 0);
}

}  // namespace

Pads stage_pads(const LayerResult& own) {
  return resolved_pads(own.stage.spec, own.stage.input.shape());
}

LayerResult subject_of(const LayerResult& own) {
  LayerResult subject;
  subject.spec = own.stage.spec;
  subject.input = own.stage.input;
  subject.weight = own.stage.weight;
  subject.bias = own.bias;
  subject.output_shape = own.output_shape;
  subject.output = own.output;
  subject.input_range = own.input_range;
  subject.weight_range = own.weight_range;
  subject.output_range = own.output_range;
  subject.output_colors = own.output_colors;
  const Shape& in = subject.input.shape();
  const Size2 reach = dilated_kernel(subject.spec);
  Pads pads = stage_pads(own);
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

std::vector<Term> window_taps(const LayerResult& own, const Step& step) {
  if (step.fold != Fold::kCopy) {
    return step.terms;
  }
  const auto [rows, columns] = window_axes(own.spec, own.input.shape());
  std::vector<Term> taps;
  for (std::int64_t i = 0; i < rows.kernel; ++i) {
    for (std::int64_t j = 0; j < columns.kernel; ++j) {
      const Index& copied = step.terms.front().input_at;
      Term tap;
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

}  // namespace convscope
