#include "core/conv/algorithm.h"

namespace convscope::conv {

std::string_view name_of(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::kAuto:
      return "auto";
    case Algorithm::kExact:
      return "exact";
    case Algorithm::kDirect:
      return "direct";
    case Algorithm::kGemm:
      return "gemm";
    case Algorithm::kWinograd:
      return "winograd";
    case Algorithm::kFft:
      return "fft";
    case Algorithm::kSeparable:
      return "separable";
  }
  return "";
}

std::optional<Algorithm> algorithm_named(std::string_view name) {
  for (const Algorithm algorithm : kAlgorithms) {
    if (name_of(algorithm) == name) {
      return algorithm;
    }
  }
  return std::nullopt;
}

}  // namespace convscope::conv
