// The fast rungs. Each computes in float32 what the exact rung computes in double precision, and
// returns whether every value it wrote is finite: where one is not, an operand was infinite, NaN or
// near overflow, and the caller has the exact rung compute all again. So it does for a layer whose
// kernel reaches so far that one thread would need more than most_scratch(): there a rung that
// always applies returns false, and has written nothing. None depends on the number of threads.
// When run.progress is cancelled they return early; the output is then worthless.
//
// Operands may lie at any address that a float may lie at; no rung reads outside of them.
#pragma once

#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// Whether a rung can compute this; the others can compute anything.
bool direct_applies(const Windows& windows);  // direct.cpp: few channels a group
// winograd.cpp: axes of 2 to 5 taps a phase (winograd_axis.h), scratch memory within bounds.
bool winograd_applies(const Windows& windows);
bool winograd_transposed_applies(const Windows& windows);  // the transpose of these
bool winograd_gradient_applies(const Windows& windows);    // 3x3, stride 1, dilation 1; memory
bool fft_applies(const Windows& windows);                  // fft.cpp: stride 1
bool separable_applies(
    const Correlation& job);  // separable.cpp: direct, and every kernel of rank 1

// Whether kDirect, where it applies, is expected to be faster than kGemm.
bool direct_worth_it(const Windows& windows);

// Whether kWinograd, where it applies, is expected to be faster than a rung near the peak of
// multiply-adds, and its error within bounds: it costs accuracy, so few channels don't take it.
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

// The rung for `job`: `wanted` where it applies, else the fastest; kExact is the caller's.
// job.weight may be null: what an ordinary kernel takes.
Algorithm transposed_algorithm(const Transposed& job, Algorithm wanted);

// transposed.cpp: as correlations of stride 1, one for each phase of the output, on that rung,
// which is not kExact.
bool transposed(const Transposed& job, Algorithm algorithm, const RunOptions& run);

bool gemm_weight_gradient(const WeightGradient& job, const RunOptions& run);
bool winograd_weight_gradient(const WeightGradient& job, const RunOptions& run);

}  // namespace convscope::conv::rungs
