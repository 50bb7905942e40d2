// The fast rungs. Each computes in float32 what the exact rung computes in double precision, and
// returns whether every value it wrote is finite: if not, an operand was infinite, NaN or near
// overflow, and the caller lets the exact rung compute everything again. The same happens for a
// layer whose kernel reaches so far that one thread would need more than most_scratch(): a rung
// that always applies then returns false without writing anything. No result depends on the number
// of threads. When run.progress is cancelled, rungs return early; the contents of the output are
// then unspecified.
//
// Operands may be at any address valid for a float; no rung reads outside them.
#pragma once

#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// Whether a rung can compute this; the rungs not listed can compute anything.
bool direct_applies(const Windows& windows);  // direct.cpp: few channels a group
// winograd.cpp: 2 to 5 taps per phase on each axis (winograd_axis.h), scratch memory within limits.
bool winograd_applies(const Windows& windows);
bool winograd_transposed_applies(const Windows& windows);  // the transpose of `windows`
bool winograd_gradient_applies(const Windows& windows);    // 3x3, stride 1, dilation 1; memory
bool fft_applies(const Windows& windows);                  // fft.cpp: stride 1
bool separable_applies(
    const Correlation& job);  // separable.cpp: direct, and every kernel of rank 1

// Whether kDirect, where it applies, is expected to be faster than kGemm.
bool direct_worth_it(const Windows& windows);

// Whether kDirect adds up the products of a window in the same order for these two, which differ
// in the size of their output or in the number of filters, groups and images.
bool direct_sums_alike(const Windows& a, const Windows& b);

// Whether kWinograd, where it applies, is expected to be faster than a rung near the peak of
// multiply-adds, with an error within bounds: it is less accurate, so it is not used for few
// channels.
bool winograd_worth_it(const Windows& windows);
bool winograd_transposed_worth_it(const Windows& windows);
bool winograd_gradient_worth_it(const Windows& windows);

// Whether kFft is expected to be faster than a rung near the peak of multiply-adds.
bool fft_worth_it(const Windows& windows);

bool direct(const Correlation& job, const RunOptions& run);
bool gemm(const Correlation& job, const RunOptions& run);
bool winograd(const Correlation& job, const RunOptions& run);
bool fft(const Correlation& job, const RunOptions& run);
bool separable(const Correlation& job, const RunOptions& run);

bool winograd_transposed(const Transposed& job, const RunOptions& run);

// The rung for `job`: `wanted` if it applies, otherwise the fastest; callers handle kExact
// themselves. A null job.weight stands for an ordinary kernel.
Algorithm transposed_algorithm(const Transposed& job, Algorithm wanted);

// transposed.cpp: as correlations of stride 1, one for each phase of the output, on `algorithm`,
// which is not kExact.
bool transposed(const Transposed& job, Algorithm algorithm, const RunOptions& run);

bool gemm_weight_gradient(const WeightGradient& job, const RunOptions& run);
bool winograd_weight_gradient(const WeightGradient& job, const RunOptions& run);

}  // namespace convscope::conv::rungs
