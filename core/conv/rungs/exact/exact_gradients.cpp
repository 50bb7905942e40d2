#include "core/conv/rungs/exact/exact_gradients.h"

#include <vector>

#include "core/conv/map_rows.h"
#include "core/conv/rounding.h"
#include "core/conv/rungs/tasks.h"
#include "core/conv/window_axis.h"

namespace convscope::conv::rungs {

namespace {

WindowAxes axes_of(const Windows& w) {
  return {
      {w.input.h, w.output.h, w.kernel.h, w.stride.h, w.dilation.h, w.top, 1, w.input.h, w.mode},
      {w.input.w, w.output.w, w.kernel.w, w.stride.w, w.dilation.w, w.left, 1, w.input.w, w.mode}};
}

// The windows [first, last) whose tap reads the input itself: window x reads cell x · stride +
// shift.
struct TapSpan {
  std::int64_t shift = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

// Of every tap of an axis.
std::vector<TapSpan> tap_spans(const WindowAxis& axis) {
  std::vector<TapSpan> spans;
  for (std::int64_t j = 0; j < axis.kernel; ++j) {
    const std::int64_t shift = axis.cell(0, j);
    const auto [first, last] = inside({0, axis.outputs}, axis.stride, shift, axis.size);
    spans.push_back({shift, first, last});
  }
  return spans;
}

// Calls visit(x, source) for every window x whose tap reads an input cell, copies included.
template <typename Visit>
void visit_sources(const WindowAxis& axis, const TapSpan& span, Visit visit) {
  const auto visit_border = [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t x = begin; x < end; ++x) {
      if (const auto source = axis.source(x * axis.stride + span.shift)) {
        visit(x, *source);
      }
    }
  };
  const bool copies = axis.mode != PaddingMode::kZeros;
  if (copies) {
    visit_border(0, span.first);
  }
  for (std::int64_t x = span.first; x < span.last; ++x) {
    visit(x, x * axis.stride + span.shift);
  }
  if (copies) {
    visit_border(span.last, axis.outputs);
  }
}

// The gradient of one plane (n, g, c) of the input: every output adds to the cell of each of its
// terms the term's weight times its own gradient. Unspecified if cancelled.
std::vector<double> input_plane(const Transposed& job, const WindowAxes& axes,
                                const std::vector<TapSpan>& spans, std::int64_t n,
                                std::int64_t group, std::int64_t channel, const RunOptions& run) {
  const auto& [rows, columns] = axes;
  const Windows& w = job.windows;
  const WeightStrides& strides = job.weight_strides;
  std::vector<double> plane(static_cast<std::size_t>(rows.size * columns.size));
  for (std::int64_t k = 0; k < w.filters; ++k) {
    const float* weight =
        job.weight + group * strides.group + k * strides.filter + channel * strides.channel;
    const float* map =
        job.values + ((n * w.groups + group) * w.filters + k) * rows.outputs * columns.outputs;
    for (std::int64_t i = 0; i < rows.kernel; ++i) {
      for (std::int64_t y = 0; y < rows.outputs && !cancelled(run); ++y) {
        const std::int64_t source_y = source_or_zero(rows.cell(y, i), rows.size, rows.mode);
        if (source_y < 0) {
          continue;
        }
        const float* errors = map + y * columns.outputs;
        double* sums = plane.data() + source_y * columns.size;
        for (std::size_t j = 0; j < spans.size(); ++j) {
          const double factor =
              weight[i * strides.row + static_cast<std::int64_t>(j) * strides.column];
          visit_sources(columns, spans[j], [&](std::int64_t x, std::int64_t source) {
            sums[source] += errors[x] * factor;
          });
        }
      }
    }
  }
  return plane;
}

// Adds to sums[j] the gradient of the weight at tap (i, j) from one image: the input under that
// tap, correlated with the filter's errors. Row by row for all j: no addition then waits for the
// one before. Unspecified if cancelled.
void add_weight_sums(const float* errors, const float* input, const WindowAxes& axes,
                     const std::vector<TapSpan>& spans, std::int64_t i, const RunOptions& run,
                     std::vector<double>& sums) {
  std::vector<double> of_image(spans.size());
  for (std::int64_t y = 0; y < axes.rows.outputs && !cancelled(run); ++y) {
    const std::int64_t source_y =
        source_or_zero(axes.rows.cell(y, i), axes.rows.size, axes.rows.mode);
    if (source_y < 0) {
      continue;
    }
    const float* error_row = errors + y * axes.columns.outputs;
    const float* row = input + source_y * axes.columns.size;
    for (std::size_t j = 0; j < spans.size(); ++j) {
      double sum = of_image[j];
      visit_sources(axes.columns, spans[j], [&](std::int64_t x, std::int64_t source) {
        sum += static_cast<double>(error_row[x]) * row[source];
      });
      of_image[j] = sum;
    }
  }
  for (std::size_t j = 0; j < spans.size(); ++j) {
    sums[j] += of_image[j];
  }
}

}  // namespace

void exact_gradient_of_input(const Transposed& job, const RunOptions& run) {
  const Windows& w = job.windows;
  const WindowAxes axes = axes_of(w);
  const std::vector<TapSpan> spans = tap_spans(axes.columns);
  const std::int64_t planes = w.batch * w.groups * w.channels;
  run_tasks(run, planes, threads_for(run, w.products()), [&](std::int64_t map, std::int64_t) {
    const std::vector<double> plane =
        input_plane(job, axes, spans, map / (w.groups * w.channels), map / w.channels % w.groups,
                    map % w.channels, run);
    if (cancelled(run)) {
      return;
    }
    float* result = job.output + map * w.input.h * w.input.w;
    for (const double sum : plane) {
      *result++ = rounded(sum);
    }
  });
}

void exact_gradient_of_weight(const WeightGradient& job, const RunOptions& run) {
  const Windows& w = job.windows;
  const WindowAxes axes = axes_of(w);
  const std::vector<TapSpan> spans = tap_spans(axes.columns);
  const std::int64_t kernels = w.groups * w.filters * w.channels;
  run_tasks(run, kernels, threads_for(run, w.products()), [&](std::int64_t index, std::int64_t) {
    const std::int64_t filter = index / w.channels;  // of all groups
    const std::int64_t group = filter / w.filters;
    const std::int64_t c = index % w.channels;
    float* gradient = job.gradient + group * job.strides.group +
                      filter % w.filters * job.strides.filter + c * job.strides.channel;
    for (std::int64_t i = 0; i < w.kernel.h; ++i) {
      float* to = gradient + i * job.strides.row;
      std::vector<double> sums(spans.size());
      for (std::int64_t n = 0; n < w.batch; ++n) {
        add_weight_sums(
            job.errors + (n * w.groups * w.filters + filter) * w.output.h * w.output.w,
            job.input + ((n * w.groups + group) * w.channels + c) * w.input.h * w.input.w, axes,
            spans, i, run, sums);
      }
      for (const double sum : sums) {
        *to = rounded(sum);
        to += job.strides.column;
      }
    }
  });
}

}  // namespace convscope::conv::rungs
