// The fast rungs behind one door.
#pragma once

#include <span>

#include "core/conv/layer_spec.h"
#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"
#include "core/tensor/tensor_view.h"

namespace convscope {

// Up to so many products the exact rung takes microseconds. Every layer whose cells can be told
// apart on the screen is below: what the views spell out and what the map holds are the same bits.
inline constexpr std::int64_t kMostExact = 1 << 15;

inline bool cancelled(const RunOptions& run) {
  return run.progress != nullptr && run.progress->cancel;
}

// The windows of a kConv layer on `input`; explicit pads may be negative.
Windows windows_of(const LayerSpec& spec, const Shape& input);

// The windows of the convolution that a kConvTranspose layer is the transpose of: its input is the
// layer's output, its output the layer's input. What output_padding added no window reads.
Windows windows_back(const LayerSpec& spec, const Shape& input);

// conv2d() as strides; a flipped kernel is walked backwards. `bias` may be empty.
Correlation correlation_of(float* output, const TensorView& input, const TensorView& weight,
                           const TensorView& bias, const LayerSpec& spec);

// Whether the gradient of the weight takes Winograd's way: `wanted` asks for it, or leaves the
// choice open and it pays. It costs accuracy, so small channel counts don't take it.
bool winograd_gradient_worth_it(const Windows& windows, Algorithm wanted);

// The rung that computes `job`: `wanted` where it applies, else by the table in correlate.cpp.
// Never kAuto.
Algorithm choose(const Correlation& job, Algorithm wanted);

// Whether a gradient or a transposed layer takes the exact rung: `wanted`, or left open and small.
bool takes_exact(const Windows& windows, Algorithm wanted);

// Computes job.output on the chosen rung, or on kGemm in the place of kExact; returns whether all
// values are finite (rungs.h).
bool correlate_fast(const Correlation& job, const RunOptions& run);

// Computes job.output on the chosen rung; where a value is not finite the exact one computes all
// again. False when cancelled.
bool correlate(const Correlation& job, const RunOptions& run);

// conv2d() of a kernel as it lies (no flip), where explicit pads may be negative: the input is cut.
Tensor correlate(const Tensor& input, const Tensor& weight, const Tensor& bias,
                 const LayerSpec& spec, const RunOptions& run = {});

}  // namespace convscope
