#include "core/conv/correlate.h"

#include "core/conv/fresh_tensor.h"
#include "core/conv/rungs/exact.h"
#include "core/conv/rungs/rungs.h"

namespace convscope {

namespace {

bool applies(Algorithm algorithm, const Correlation& job) {
  switch (algorithm) {
    case Algorithm::kAuto:
      return false;
    case Algorithm::kExact:
    case Algorithm::kGemm:
      return true;
    case Algorithm::kDirect:
      return direct_applies(job.windows);
    case Algorithm::kWinograd:
      return winograd_applies(job.windows);
    case Algorithm::kFft:
      return fft_applies(job.windows);
    case Algorithm::kSeparable:
      return separable_applies(job);
  }
  return false;
}

// The table: the first row that holds.
Algorithm fastest(const Correlation& job) {
  const Windows& w = job.windows;
  const std::int64_t kernel = w.kernel.h * w.kernel.w;
  const std::int64_t map = w.output.h * w.output.w;
  struct Row {
    Algorithm algorithm;
    bool worth_it;
  };
  const Row table[] = {
      {Algorithm::kExact, w.products() <= kMostExact},
      {Algorithm::kSeparable, kernel >= 25 && map >= 4096},
      {Algorithm::kFft, fft_worth_it(w)},
      {Algorithm::kDirect, direct_worth_it(w)},
      {Algorithm::kWinograd, winograd_worth_it(w)},
      {Algorithm::kGemm, true},
  };
  for (const Row& row : table) {
    if (row.worth_it && applies(row.algorithm, job)) {
      return row.algorithm;
    }
  }
  return Algorithm::kGemm;
}

// Returns whether all values are finite.
bool compute(const Correlation& job, Algorithm algorithm, const RunOptions& run) {
  switch (algorithm) {
    case Algorithm::kAuto:
    case Algorithm::kExact:
      exact(job, run);
      return true;
    case Algorithm::kDirect:
      return direct(job, run);
    case Algorithm::kGemm:
      return gemm(job, run);
    case Algorithm::kWinograd:
      return winograd(job, run);
    case Algorithm::kFft:
      return fft(job, run);
    case Algorithm::kSeparable:
      return separable(job, run);
  }
  return true;
}

}  // namespace

bool winograd_gradient_worth_it(const Windows& windows, Algorithm wanted) {
  if (!winograd_gradient_applies(windows) || wanted == Algorithm::kWinograd) {
    return winograd_gradient_applies(windows);
  }
  // Every kernel comes from 36 points; that has to pay off over the tiles of 4x4.
  const std::int64_t tiles =
      windows.batch * ((windows.output.h + 3) / 4) * ((windows.output.w + 3) / 4);
  return wanted == Algorithm::kAuto && windows.channels >= 16 && windows.filters >= 16 &&
         tiles >= 16 && tiles >= windows.channels / 4;
}

Windows windows_of(const LayerSpec& spec, const Shape& input) {
  const Pads pads = resolved_pads(spec, input);
  const Shape output = output_shape(spec, input);
  Windows windows;
  windows.batch = input.n;
  windows.groups = spec.groups;
  windows.channels = spec.in_channels / spec.groups;
  windows.filters = spec.out_channels / spec.groups;
  windows.input = {input.h, input.w};
  windows.output = {output.h, output.w};
  windows.kernel = spec.kernel_size;
  windows.stride = spec.stride;
  windows.dilation = spec.dilation;
  windows.top = pads.top;
  windows.left = pads.left;
  windows.mode = spec.padding_mode;
  return windows;
}

Windows windows_back(const LayerSpec& spec, const Shape& input) {
  const Pads cut = resolved_pads(spec, input);
  const Shape output = output_shape(spec, input);
  Windows windows;
  windows.batch = input.n;
  windows.groups = spec.groups;
  windows.channels = spec.out_channels / spec.groups;
  windows.filters = spec.in_channels / spec.groups;
  windows.input = {output.h, output.w};
  windows.output = {input.h, input.w};
  windows.kernel = spec.kernel_size;
  windows.stride = spec.stride;
  windows.dilation = spec.dilation;
  windows.top = cut.top;
  windows.left = cut.left;
  return windows;
}

Correlation correlation_of(float* output, const TensorView& input, const TensorView& weight,
                           const TensorView& bias, const LayerSpec& spec) {
  Correlation job;
  job.windows = windows_of(spec, input.shape);
  job.input = input.data;
  job.weight = weight.data;
  job.bias = bias.empty() ? nullptr : bias.data;
  job.output = output;
  const std::int64_t kernel = weight.shape.h * weight.shape.w;
  job.weight_strides = {job.windows.filters * weight.shape.c * kernel, weight.shape.c * kernel,
                        kernel, weight.shape.w, 1};
  if (spec.flip) {
    job.weight += kernel - 1;
    job.weight_strides.row = -weight.shape.w;
    job.weight_strides.column = -1;
  }
  return job;
}

Algorithm choose(const Correlation& job, Algorithm wanted) {
  return applies(wanted, job) ? wanted : fastest(job);
}

bool takes_exact(const Windows& windows, Algorithm wanted) {
  return wanted == Algorithm::kExact ||
         (wanted == Algorithm::kAuto && windows.products() <= kMostExact);
}

bool correlate_fast(const Correlation& job, const RunOptions& run) {
  const Algorithm chosen = choose(job, run.algorithm);
  return compute(job, chosen == Algorithm::kExact ? Algorithm::kGemm : chosen, run);
}

bool correlate(const Correlation& job, const RunOptions& run) {
  if (!compute(job, choose(job, run.algorithm), run) && !cancelled(run)) {
    exact(job, run);
  }
  return !cancelled(run);
}

Tensor correlate(const Tensor& input, const Tensor& weight, const Tensor& bias,
                 const LayerSpec& spec, const RunOptions& run) {
  return fresh_tensor(output_shape(spec, input.shape()), [&](std::span<float> out) {
    return correlate(correlation_of(out.data(), input, weight, bias, spec), run);
  });
}

}  // namespace convscope
