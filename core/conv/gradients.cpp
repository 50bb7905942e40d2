#include "core/conv/gradients.h"

#include <cassert>
#include <memory>
#include <utility>
#include <vector>

#include "core/conv/correlate.h"
#include "core/conv/map_rows.h"
#include "core/conv/parallel.h"
#include "core/conv/rounding.h"
#include "core/conv/turned.h"
#include "core/conv/window_axis.h"

namespace convscope {

namespace {

// Calls visit(x, source) for every window x whose tap j shows an own cell, copies included.
template <typename Visit>
void visit_sources(const WindowAxis& axis, std::int64_t j, Visit visit) {
  const std::int64_t shift = axis.cell(0, j);
  const auto [first, last] = inside({0, axis.outputs}, axis.stride, shift, axis.size);
  const auto visit_border = [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t x = begin; x < end; ++x) {
      if (const auto source = axis.source(x * axis.stride + shift)) {
        visit(x, *source);
      }
    }
  };
  visit_border(0, first);
  for (std::int64_t x = first; x < last; ++x) {
    visit(x, x * axis.stride + shift);
  }
  visit_border(last, axis.outputs);
}

const float* row_of(const Tensor& tensor, std::int64_t n, std::int64_t c, std::int64_t y) {
  return tensor.data() + offset_of(tensor.shape(), {n, c, y, 0});
}

// The gradient of one plane (n, channel) of the input: every output gives each of its terms' cells
// the term's weight. `weight` as it lies on the input.
std::vector<double> input_plane(const Tensor& grad_out, const Tensor& weight, const LayerSpec& spec,
                                const WindowAxes& axes, std::int64_t n, std::int64_t channel) {
  const auto& [rows, columns] = axes;
  const std::int64_t group_channels = spec.in_channels / spec.groups;
  const std::int64_t group_filters = spec.out_channels / spec.groups;
  const std::int64_t first_filter = channel / group_channels * group_filters;
  std::vector<double> plane(static_cast<std::size_t>(rows.size * columns.size));
  for (std::int64_t k = first_filter; k < first_filter + group_filters; ++k) {
    for (std::int64_t i = 0; i < rows.kernel; ++i) {
      for (std::int64_t y = 0; y < rows.outputs; ++y) {
        const auto source_y = rows.source(rows.cell(y, i));
        if (!source_y) {
          continue;
        }
        const float* errors = row_of(grad_out, n, k, y);
        double* sums = plane.data() + *source_y * columns.size;
        for (std::int64_t j = 0; j < columns.kernel; ++j) {
          const double factor = weight.at({k, channel % group_channels, i, j});
          visit_sources(columns, j, [&](std::int64_t x, std::int64_t source) {
            sums[source] += errors[x] * factor;
          });
        }
      }
    }
  }
  return plane;
}

Tensor conv_gradient_of_input(const Tensor& grad_out, const Tensor& weight, const LayerSpec& spec,
                              const Shape& input) {
  const WindowAxes axes = window_axes(spec, input);
  const std::int64_t plane_size = input.h * input.w;
  const std::shared_ptr<float[]> results(new float[static_cast<std::size_t>(input.count())]);
  const auto compute = [&](std::int64_t map) {
    const std::vector<double> plane =
        input_plane(grad_out, weight, spec, axes, map / input.c, map % input.c);
    float* result = results.get() + map * plane_size;
    for (const double sum : plane) {
      *result++ = rounded(sum);
    }
  };
  const bool worth_threads = work_count(spec, input) > (1 << 20);
  parallel_for(input.n * input.c, worth_threads ? core_count() : 1, compute);
  return Tensor(input, results);
}

// The weight of tap (i, j) of (k, c): the input under that tap, correlated with the filter's
// errors.
double weight_sum(const Tensor& errors, const Tensor& input, const WindowAxes& axes,
                  const Index& errors_map, std::int64_t channel, const Index& tap) {
  double sum = 0.0;
  for (std::int64_t y = 0; y < axes.rows.outputs; ++y) {
    const auto source_y = axes.rows.source(axes.rows.cell(y, tap.y));
    if (!source_y) {
      continue;
    }
    const float* error_row = row_of(errors, errors_map.n, errors_map.c, y);
    const float* row = row_of(input, errors_map.n, channel, *source_y);
    visit_sources(axes.columns, tap.x, [&](std::int64_t x, std::int64_t source) {
      sum += static_cast<double>(error_row[x]) * row[source];
    });
  }
  return sum;
}

// (K, C/groups, kh, kw) as it lies on the input.
Tensor conv_gradient_of_weight(const Tensor& grad_out, const Tensor& input, const LayerSpec& spec) {
  const WindowAxes axes = window_axes(spec, input.shape());
  const Shape shape = weight_shape(spec);
  const std::int64_t group_filters = spec.out_channels / spec.groups;
  const auto compute = [&](std::int64_t row, float* results) {
    const Index at = row_index(shape, row);
    const std::int64_t channel = at.n / group_filters * shape.c + at.c;
    for (std::int64_t j = 0; j < shape.w; ++j) {
      double sum = 0.0;
      for (std::int64_t n = 0; n < input.shape().n; ++n) {
        sum += weight_sum(grad_out, input, axes, {n, at.n, 0, 0}, channel, {0, 0, at.y, j});
      }
      results[j] = rounded(sum);
    }
  };
  const std::int64_t work = grad_out.shape().count() * shape.c * shape.h * shape.w;
  return map_rows(shape, work, nullptr, compute);
}

// The convolution that a transposed one is the transpose of: from its output back to its input.
// What output_padding added is cut off again.
LayerSpec convolution_back(const LayerSpec& spec, const Shape& input) {
  const Pads cut = resolved_pads(spec, input);
  LayerSpec back = spec;
  back.op = Op::kConv;
  back.flip = false;
  std::swap(back.in_channels, back.out_channels);
  back.padding = PaddingRule::kExplicit;
  back.pads = {cut.top, cut.bottom - spec.output_padding.h, cut.left,
               cut.right - spec.output_padding.w};
  return back;
}

}  // namespace

Tensor gradient_of_input(const Tensor& grad_out, const Tensor& weight, const LayerSpec& spec,
                         const Shape& input) {
  assert(has_weight(spec.op) && problems(spec, input).empty());
  assert(weight.shape() == weight_shape(spec));
  assert(grad_out.shape() == output_shape(spec, input));
  if (spec.op == Op::kConvTranspose) {
    return correlate(grad_out, weight, Tensor(), convolution_back(spec, input));
  }
  return conv_gradient_of_input(grad_out, spec.flip ? turned(weight) : weight, spec, input);
}

Tensor gradient_of_weight(const Tensor& grad_out, const Tensor& input, const LayerSpec& spec) {
  assert(has_weight(spec.op) && problems(spec, input.shape()).empty());
  assert(grad_out.shape() == output_shape(spec, input.shape()));
  if (spec.op == Op::kConvTranspose) {
    return conv_gradient_of_weight(input, grad_out, convolution_back(spec, input.shape()));
  }
  const Tensor gradient = conv_gradient_of_weight(grad_out, input, spec);
  return spec.flip ? turned(gradient) : gradient;
}

Tensor gradient_of_bias(const Tensor& grad_out) {
  const Shape& shape = grad_out.shape();
  std::vector<float> values;
  for (std::int64_t k = 0; k < shape.c; ++k) {
    double sum = 0.0;
    for (std::int64_t n = 0; n < shape.n; ++n) {
      const float* plane = row_of(grad_out, n, k, 0);
      for (std::int64_t p = 0; p < shape.h * shape.w; ++p) {
        sum += plane[p];
      }
    }
    values.push_back(rounded(sum));
  }
  return Tensor({1, 1, 1, shape.c}, std::move(values));
}

}  // namespace convscope
