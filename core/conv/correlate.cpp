#include "core/conv/correlate.h"

#include <utility>

#include "core/conv/fresh_tensor.h"
#include "core/conv/rungs/exact/exact.h"
#include "core/conv/rungs/rungs.h"

namespace convscope::conv {

bool is_small(const rungs::Windows& windows) { return windows.products() <= kMostExact; }

namespace {

bool applies(Algorithm algorithm, const rungs::Correlation& job) {
  switch (algorithm) {
    case Algorithm::kAuto:
      return false;
    case Algorithm::kExact:
    case Algorithm::kGemm:
      return true;
    case Algorithm::kDirect:
      return rungs::direct_applies(job.windows);
    case Algorithm::kWinograd:
      return rungs::winograd_applies(job.windows);
    case Algorithm::kFft:
      return rungs::fft_applies(job.windows);
    case Algorithm::kSeparable:
      return rungs::separable_applies(job);
  }
  return false;
}

// The first row whose condition holds is chosen.
struct Row {
  Algorithm algorithm;
  bool (*worth_it)(const rungs::Windows&);
};
constexpr Row kTable[] = {
    {Algorithm::kExact, is_small},
    {Algorithm::kSeparable,
     [](const rungs::Windows& w) {
       return w.kernel.h * w.kernel.w >= 25 && w.output.h * w.output.w >= 4096;
     }},
    {Algorithm::kFft, rungs::fft_worth_it},
    {Algorithm::kDirect, rungs::direct_worth_it},
    {Algorithm::kWinograd, rungs::winograd_worth_it},
    {Algorithm::kGemm, [](const rungs::Windows&) { return true; }},
};

Algorithm fastest(const rungs::Correlation& job) {
  for (const Row& row : kTable) {
    if (row.worth_it(job.windows) && applies(row.algorithm, job)) {
      return row.algorithm;
    }
  }
  return Algorithm::kGemm;
}

}  // namespace

rungs::Windows windows_of(const LayerSpec& spec, const Shape& input) {
  const Pads pads = resolved_pads(spec, input);
  const Shape output = output_shape(spec, input);
  rungs::Windows windows = {.batch = input.n,
                            .groups = spec.groups,
                            .channels = spec.in_channels / spec.groups,
                            .filters = spec.out_channels / spec.groups,
                            .input = {input.h, input.w},
                            .output = {output.h, output.w},
                            .kernel = spec.kernel_size,
                            .stride = spec.stride,
                            .dilation = spec.dilation,
                            .top = pads.top,
                            .left = pads.left,
                            .mode = spec.padding_mode};
  if (spec.op == Op::kConvTranspose) {
    std::swap(windows.channels, windows.filters);
    std::swap(windows.input, windows.output);
    windows.mode = PaddingMode::kZeros;
  }
  return windows;
}

KernelLayout kernel_layout(const LayerSpec& spec, const rungs::Windows& windows) {
  const std::int64_t kernel = windows.kernel.h * windows.kernel.w;
  const std::int64_t filter = windows.channels * kernel;
  const bool flip = spec.op == Op::kConv && spec.flip;
  const std::int64_t way = flip ? -1 : 1;
  return {flip ? kernel - 1 : 0,
          {windows.filters * filter, filter, kernel, way * windows.kernel.w, way}};
}

rungs::Correlation correlation_of(float* output, const TensorView& input, const TensorView& weight,
                                  const TensorView& bias, const LayerSpec& spec) {
  rungs::Correlation job;
  job.windows = windows_of(spec, input.shape);
  const KernelLayout kernel = kernel_layout(spec, job.windows);
  job.input = input.data;
  job.weight = weight.empty() ? nullptr : weight.data + kernel.first;
  job.weight_strides = kernel.strides;
  job.bias = bias.empty() ? nullptr : bias.data;
  job.output = output;
  return job;
}

Algorithm choose(const rungs::Correlation& job, Algorithm wanted) {
  return applies(wanted, job) ? wanted : fastest(job);
}

Algorithm choose_dense(const rungs::Windows& windows, Algorithm wanted,
                       bool (*applies)(const rungs::Windows&),
                       bool (*worth_it)(const rungs::Windows&)) {
  if (wanted == Algorithm::kExact || wanted == Algorithm::kGemm) {
    return wanted;
  }
  if (wanted == Algorithm::kWinograd && applies(windows)) {
    return wanted;
  }
  if (is_small(windows)) {
    return Algorithm::kExact;
  }
  return worth_it(windows) && applies(windows) ? Algorithm::kWinograd : Algorithm::kGemm;
}

bool compute(const rungs::Correlation& job, Algorithm algorithm, const RunOptions& run) {
  switch (algorithm) {
    case Algorithm::kAuto:
    case Algorithm::kExact:
      rungs::exact(job, run);
      return true;
    case Algorithm::kDirect:
      return rungs::direct(job, run);
    case Algorithm::kGemm:
      return rungs::gemm(job, run);
    case Algorithm::kWinograd:
      return rungs::winograd(job, run);
    case Algorithm::kFft:
      return rungs::fft(job, run);
    case Algorithm::kSeparable:
      return rungs::separable(job, run);
  }
  return true;
}

bool correlate(const rungs::Correlation& job, const RunOptions& run) {
  if (!compute(job, choose(job, run.algorithm), run) && !cancelled(run)) {
    rungs::exact(job, run);
  }
  return !cancelled(run);
}

Tensor correlate(const Tensor& input, const Tensor& weight, const Tensor& bias,
                 const LayerSpec& spec, const RunOptions& run) {
  return fresh_tensor(output_shape(spec, input.shape()), [&](std::span<float> out) {
    return correlate(correlation_of(out.data(), input, weight, bias, spec), run);
  });
}

}  // namespace convscope::conv
