// Entry point to the fast rungs: chooses one and runs it.
#pragma once

#include <span>

#include "core/conv/layer_spec.h"
#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"
#include "core/tensor/tensor_view.h"

namespace convscope::conv {

// Up to this many products the exact rung takes microseconds. Every layer whose cells can be told
// apart on the screen is below this limit, so the steps on the screen and the map agree bit for
// bit.
inline constexpr std::int64_t kMostExact = 1 << 15;

// The windows of the convolution behind a layer with weights: its own, where explicit pads may be
// negative; or, for kConvTranspose, those of the convolution that the layer is the transpose of:
// its input is the layer's output, its output the layer's input. No window reads the cells that
// output_padding adds.
rungs::Windows windows_of(const LayerSpec& spec, const Shape& input);

// Where the taps of that convolution are stored in the layer's weight: (K, C/groups, kh, kw), where
// K and C are the layer's C and K for kConvTranspose. A flipped kernel is read backwards.
struct KernelLayout {
  std::int64_t first = 0;  // the tap over a window's first cell
  rungs::WeightStrides strides;
};
KernelLayout kernel_layout(const LayerSpec& spec, const rungs::Windows& windows);

// conv2d() in terms of strides. `bias` may be empty.
rungs::Correlation correlation_of(float* output, const TensorView& input, const TensorView& weight,
                                  const TensorView& bias, const LayerSpec& spec);

// The rung for `job`: `wanted` if it applies, otherwise by the table in correlate.cpp. Never kAuto.
Algorithm choose(const rungs::Correlation& job, Algorithm wanted);

// Whether the exact rung is the fastest.
bool is_small(const rungs::Windows& windows);

// The rung for jobs that only kExact, kGemm and kWinograd can compute: `wanted` if it applies,
// otherwise the fastest. `applies` and `worth_it` are the functions for kWinograd in rungs.h.
Algorithm choose_dense(const rungs::Windows& windows, Algorithm wanted,
                       bool (*applies)(const rungs::Windows&),
                       bool (*worth_it)(const rungs::Windows&));

// Computes job.output on the rung chosen by choose(). Returns the rung's result (rungs.h).
bool compute(const rungs::Correlation& job, Algorithm algorithm, const RunOptions& run);

// Computes job.output on the chosen rung; if any value is not finite, the exact rung computes
// everything again. False if cancelled.
bool correlate(const rungs::Correlation& job, const RunOptions& run);

// conv2d() without flip, where explicit pads may be negative (the input is cropped).
Tensor correlate(const Tensor& input, const Tensor& weight, const Tensor& bias,
                 const LayerSpec& spec, const RunOptions& run = {});

}  // namespace convscope::conv
