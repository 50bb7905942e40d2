// The fast rungs behind one door.
#pragma once

#include <span>

#include "core/conv/layer_spec.h"
#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"
#include "core/tensor/tensor_view.h"

namespace convscope::conv {

// Up to so many products the exact rung takes microseconds. Every layer whose cells can be told
// apart on the screen is below: what the views spell out and what the map holds are the same bits.
inline constexpr std::int64_t kMostExact = 1 << 15;

// The windows of the convolution behind a layer with weights: its own, where explicit pads may be
// negative; or, for kConvTranspose, those of the convolution that the layer is the transpose of,
// whose input is the layer's output and whose output is the layer's input. What output_padding
// added no window reads.
rungs::Windows windows_of(const LayerSpec& spec, const Shape& input);

// Where the taps of that convolution lie in the layer's weight: (K, C/groups, kh, kw), its K and C
// being the layer's C and K for kConvTranspose. A flipped kernel is walked backwards.
struct KernelLayout {
  std::int64_t first = 0;  // the tap on a window's first cell
  rungs::WeightStrides strides;
};
KernelLayout kernel_layout(const LayerSpec& spec, const rungs::Windows& windows);

// conv2d() as strides. `bias` may be empty.
rungs::Correlation correlation_of(float* output, const TensorView& input, const TensorView& weight,
                                  const TensorView& bias, const LayerSpec& spec);

// The rung that computes `job`: `wanted` where it applies, else by the table in correlate.cpp.
// Never kAuto.
Algorithm choose(const rungs::Correlation& job, Algorithm wanted);

// Whether the exact rung is the fastest.
bool is_small(const rungs::Windows& windows);

// The rung for what only kExact, kGemm and Winograd's way compute: `wanted` where it applies, else
// the fastest. `applies` and `worth_it`: Winograd's, as rungs.h has them.
Algorithm choose_dense(const rungs::Windows& windows, Algorithm wanted,
                       bool (*applies)(const rungs::Windows&),
                       bool (*worth_it)(const rungs::Windows&));

// Computes job.output on that rung, which choose() gave. Returns what the rung does (rungs.h).
bool compute(const rungs::Correlation& job, Algorithm algorithm, const RunOptions& run);

// Computes job.output on the chosen rung; where a value is not finite the exact one computes all
// again. False when cancelled.
bool correlate(const rungs::Correlation& job, const RunOptions& run);

// conv2d() of a kernel as it lies (no flip), where explicit pads may be negative: the input is cut.
Tensor correlate(const Tensor& input, const Tensor& weight, const Tensor& bias,
                 const LayerSpec& spec, const RunOptions& run = {});

}  // namespace convscope::conv
