// The rungs of the engine: the different ways to compute the same layer.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace convscope::conv {

// kAuto chooses by shape (correlate.cpp). Each of the others has a file in core/conv/rungs.
enum class Algorithm {
  kAuto,
  kExact,      // sums in double precision: the bits of the reference; any layer, any operands
  kDirect,     // few channels, in registers: image filters, depthwise layers
  kGemm,       // implicit im2col in register tiles: dense, grouped and pointwise layers
  kWinograd,   // 2 to 5 taps an axis: 36 products for each tile of 5x5 to 2x2 outputs
  kFft,        // tiles in the frequency domain: large kernels
  kSeparable,  // a kernel of rank 1, as a column and a row
};

inline constexpr Algorithm kAlgorithms[] = {
    Algorithm::kAuto,     Algorithm::kExact, Algorithm::kDirect,    Algorithm::kGemm,
    Algorithm::kWinograd, Algorithm::kFft,   Algorithm::kSeparable,
};

// The word for it on the command line: "auto", "exact", "direct", ...
std::string_view name_of(Algorithm algorithm);
std::optional<Algorithm> algorithm_named(std::string_view name);

}  // namespace convscope::conv
