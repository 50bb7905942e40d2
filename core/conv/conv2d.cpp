#include "core/conv/conv2d.h"

#include <cassert>

#include "core/conv/correlate.h"
#include "core/conv/fresh_tensor.h"
#include "core/conv/rungs/dense/gemm.h"
#include "core/conv/rungs/fft/fft_plan.h"
#include "core/conv/rungs/rungs.h"

namespace convscope::conv {

bool conv2d_into(std::span<float> out, const TensorView& input, const TensorView& weight,
                 const TensorView& bias, const LayerSpec& spec, const RunOptions& run) {
  assert(spec.op == Op::kConv && problems(spec, input.shape).empty());
  assert(weight.shape == weight_shape(spec));
  assert(static_cast<std::int64_t>(out.size()) == output_shape(spec, input.shape).count());
  return correlate(correlation_of(out.data(), input, weight, bias, spec), run);
}

Tensor conv2d(const Tensor& input, const Tensor& weight, const Tensor& bias, const LayerSpec& spec,
              const RunOptions& run) {
  return fresh_tensor(output_shape(spec, input.shape()), [&](std::span<float> out) {
    return conv2d_into(out, input, weight, bias, spec, run);
  });
}

Algorithm conv2d_algorithm(const TensorView& weight, const LayerSpec& spec, const Shape& input,
                           Algorithm wanted) {
  return choose(correlation_of(nullptr, {input, nullptr}, weight, {}, spec), wanted);
}

// The limit on scratch memory depends on the size of the operands, so a job with fewer filters may
// get other tiles, or another rung.
bool filters_stand_alone(const TensorView& weight, const LayerSpec& spec, const Shape& input,
                         std::int64_t count, Algorithm algorithm) {
  const rungs::Correlation all = correlation_of(nullptr, {input, nullptr}, weight, {}, spec);
  rungs::Correlation alone = all;
  alone.windows.batch = 1;
  alone.windows.groups = 1;
  alone.windows.filters = count;
  if (choose(alone, algorithm) != algorithm) {
    return false;
  }
  switch (algorithm) {
    case Algorithm::kFft:
      return rungs::fft_plan(alone.windows)->tile == rungs::fft_plan(all.windows)->tile;
    case Algorithm::kDirect:
      return rungs::direct_sums_alike(alone.windows, all.windows);
    case Algorithm::kGemm:
      return rungs::gemm_order(alone) == rungs::gemm_order(all);
    default:
      return true;
  }
}

}  // namespace convscope::conv
