#include "core/conv/gradients.h"

#include <cassert>
#include <vector>

#include "core/conv/correlate.h"
#include "core/conv/fresh_tensor.h"
#include "core/conv/rounding.h"
#include "core/conv/rungs/exact_gradients.h"
#include "core/conv/rungs/rungs.h"

namespace convscope {

namespace {

// Where the weight of the convolution behind the layer lies: (K, C/groups, kh, kw), or the same of
// a transposed layer's convolution back, whose filters are the layer's input channels. `first`
// points to tap (0, 0) as it lies on the input.
template <typename Float>
struct Kernel {
  Float* first = nullptr;
  WeightStrides strides;
};

template <typename Float>
Kernel<Float> kernel_of(Float* weight, const LayerSpec& spec, const Windows& windows) {
  const std::int64_t kernel = windows.kernel.h * windows.kernel.w;
  const std::int64_t filter = windows.channels * kernel;
  if (spec.flip) {
    return {weight + kernel - 1, {windows.filters * filter, filter, kernel, -windows.kernel.w, -1}};
  }
  return {weight, {windows.filters * filter, filter, kernel, windows.kernel.w, 1}};
}

}  // namespace

bool gradient_of_input_into(std::span<float> out, const TensorView& grad_out,
                            const TensorView& weight, const LayerSpec& spec, const Shape& input,
                            const RunOptions& run) {
  assert(has_weight(spec.op) && problems(spec, input).empty());
  assert(weight.shape == weight_shape(spec));
  assert(grad_out.shape == output_shape(spec, input));
  assert(static_cast<std::int64_t>(out.size()) == input.count());
  if (spec.op == Op::kConvTranspose) {
    Correlation job;
    job.windows = windows_back(spec, input);
    const auto kernel = kernel_of(weight.data, {}, job.windows);
    job.input = grad_out.data;
    job.weight = kernel.first;
    job.weight_strides = kernel.strides;
    job.output = out.data();
    return correlate(job, run);
  }
  Transposed job;
  job.windows = windows_of(spec, input);
  const auto kernel = kernel_of(weight.data, spec, job.windows);
  job.values = grad_out.data;
  job.weight = kernel.first;
  job.weight_strides = kernel.strides;
  job.output = out.data();
  const bool exact =
      takes_exact(job.windows, run.algorithm) || spec.padding_mode != PaddingMode::kZeros;
  if (exact || !transposed(job, run)) {
    exact_gradient_of_input(job, run);
  }
  return !cancelled(run);
}

Tensor gradient_of_input(const Tensor& grad_out, const Tensor& weight, const LayerSpec& spec,
                         const Shape& input, const RunOptions& run) {
  return fresh_tensor(input, [&](std::span<float> out) {
    return gradient_of_input_into(out, grad_out, weight, spec, input, run);
  });
}

bool gradient_of_weight_into(std::span<float> out, const TensorView& grad_out,
                             const TensorView& input, const LayerSpec& spec,
                             const RunOptions& run) {
  assert(has_weight(spec.op) && problems(spec, input.shape).empty());
  assert(grad_out.shape == output_shape(spec, input.shape));
  assert(static_cast<std::int64_t>(out.size()) == weight_shape(spec).count());
  WeightGradient job;
  if (spec.op == Op::kConvTranspose) {
    job.windows = windows_back(spec, input.shape);
    job.input = grad_out.data;
    job.errors = input.data;
    const auto kernel = kernel_of(out.data(), {}, job.windows);
    job.gradient = kernel.first;
    job.strides = kernel.strides;
  } else {
    job.windows = windows_of(spec, input.shape);
    job.input = input.data;
    job.errors = grad_out.data;
    const auto kernel = kernel_of(out.data(), spec, job.windows);
    job.gradient = kernel.first;
    job.strides = kernel.strides;
  }
  const bool winograd = winograd_gradient_worth_it(job.windows, run.algorithm);
  if (takes_exact(job.windows, run.algorithm) ||
      !(winograd ? winograd_weight_gradient(job, run) : gemm_weight_gradient(job, run))) {
    exact_gradient_of_weight(job, run);
  }
  return !cancelled(run);
}

Tensor gradient_of_weight(const Tensor& grad_out, const Tensor& input, const LayerSpec& spec,
                          const RunOptions& run) {
  return fresh_tensor(weight_shape(spec), [&](std::span<float> out) {
    return gradient_of_weight_into(out, grad_out, input, spec, run);
  });
}

Tensor gradient_of_bias(const Tensor& grad_out) {
  const Shape& shape = grad_out.shape();
  std::vector<float> values;
  for (std::int64_t k = 0; k < shape.c; ++k) {
    double sum = 0.0;
    for (std::int64_t n = 0; n < shape.n; ++n) {
      const float* plane = grad_out.data() + offset_of(shape, {n, k, 0, 0});
      for (std::int64_t p = 0; p < shape.h * shape.w; ++p) {
        sum += plane[p];
      }
    }
    values.push_back(rounded(sum));
  }
  return Tensor({1, 1, 1, shape.c}, std::move(values));
}

}  // namespace convscope
