#include "core/conv/training/gradients.h"

#include <cassert>
#include <vector>

#include "core/conv/correlate.h"
#include "core/conv/fresh_tensor.h"
#include "core/conv/rounding.h"
#include "core/conv/rungs/exact/exact_gradients.h"
#include "core/conv/rungs/rungs.h"

namespace convscope::conv {

namespace {

// For kConvTranspose: the convolution that it is the transpose of.
rungs::Correlation as_correlation(float* out, const TensorView& grad_out, const TensorView& weight,
                                  const LayerSpec& spec, const Shape& input) {
  const rungs::Windows windows = windows_of(spec, input);
  const KernelLayout kernel = kernel_layout(spec, windows);
  return {.windows = windows,
          .input = grad_out.data,
          .weight = weight.empty() ? nullptr : weight.data + kernel.first,
          .weight_strides = kernel.strides,
          .output = out};
}

rungs::Transposed as_transposed(float* out, const TensorView& grad_out, const TensorView& weight,
                                const LayerSpec& spec, const Shape& input) {
  const rungs::Correlation forward = as_correlation(nullptr, {}, weight, spec, input);
  return {.windows = forward.windows,
          .values = grad_out.data,
          .weight = forward.weight,
          .weight_strides = forward.weight_strides,
          .output = out};
}

Algorithm input_algorithm(const rungs::Transposed& job, Algorithm wanted) {
  return job.windows.mode == PaddingMode::kZeros ? rungs::transposed_algorithm(job, wanted)
                                                 : Algorithm::kExact;
}

Algorithm weight_algorithm(const rungs::Windows& windows, Algorithm wanted) {
  return choose_dense(windows, wanted, rungs::winograd_gradient_applies,
                      rungs::winograd_gradient_worth_it);
}

// Whether a fast rung computed it with only finite values.
bool compute_fast(const rungs::WeightGradient& job, const RunOptions& run) {
  switch (weight_algorithm(job.windows, run.algorithm)) {
    case Algorithm::kExact:
      return false;
    case Algorithm::kWinograd:
      return rungs::winograd_weight_gradient(job, run);
    default:
      return rungs::gemm_weight_gradient(job, run);
  }
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
    return correlate(as_correlation(out.data(), grad_out, weight, spec, input), run);
  }
  const rungs::Transposed job = as_transposed(out.data(), grad_out, weight, spec, input);
  const Algorithm algorithm = input_algorithm(job, run.algorithm);
  if (algorithm == Algorithm::kExact ||
      (!rungs::transposed(job, algorithm, run) && !cancelled(run))) {
    rungs::exact_gradient_of_input(job, run);
  }
  return !cancelled(run);
}

Algorithm gradient_of_input_algorithm(const TensorView& weight, const LayerSpec& spec,
                                      const Shape& input, Algorithm wanted) {
  if (spec.op == Op::kConvTranspose) {
    return choose(as_correlation(nullptr, {}, weight, spec, input), wanted);
  }
  return input_algorithm(as_transposed(nullptr, {}, weight, spec, input), wanted);
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
  const rungs::Windows windows = windows_of(spec, input.shape);
  const KernelLayout kernel = kernel_layout(spec, windows);
  const bool back = spec.op == Op::kConvTranspose;
  const rungs::WeightGradient job = {.windows = windows,
                                     .input = back ? grad_out.data : input.data,
                                     .errors = back ? input.data : grad_out.data,
                                     .gradient = out.data() + kernel.first,
                                     .strides = kernel.strides};
  if (!compute_fast(job, run) && !cancelled(run)) {
    rungs::exact_gradient_of_weight(job, run);
  }
  return !cancelled(run);
}

Algorithm gradient_of_weight_algorithm(const LayerSpec& spec, const Shape& input,
                                       Algorithm wanted) {
  return weight_algorithm(windows_of(spec, input), wanted);
}

Tensor gradient_of_weight(const Tensor& grad_out, const Tensor& input, const LayerSpec& spec,
                          const RunOptions& run) {
  return fresh_tensor(weight_shape(spec), [&](std::span<float> out) {
    return gradient_of_weight_into(out, grad_out, input, spec, run);
  });
}

Tensor gradient_of_bias(const TensorView& grad_out) {
  const Shape& shape = grad_out.shape;
  std::vector<float> values;
  for (std::int64_t k = 0; k < shape.c; ++k) {
    double sum = 0.0;
    for (std::int64_t n = 0; n < shape.n; ++n) {
      const float* plane = grad_out.data + offset_of(shape, {n, k, 0, 0});
      for (std::int64_t p = 0; p < shape.h * shape.w; ++p) {
        sum += plane[p];
      }
    }
    values.push_back(rounded(sum));
  }
  return Tensor({1, 1, 1, shape.c}, std::move(values));
}

}  // namespace convscope::conv
