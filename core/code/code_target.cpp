#include "core/code/code_target.h"

#include <algorithm>
#include <array>

#include "core/code/writers.h"

namespace convscope::code {
namespace {

constexpr std::int64_t kAnyCount = 500'000'000;  // a protobuf ends at 2 GiB

constexpr std::array kTargets = {
    CodeTarget{"pytorch", ".py", "PyTorch", pytorch_program},
    CodeTarget{"tensorflow", ".py", "TensorFlow", tensorflow_program},
    CodeTarget{"jax", ".py", "JAX", jax_program},
    CodeTarget{"numpy", ".py", "NumPy", numpy_program},
    CodeTarget{"numpy-loops", ".py", "NumPy loops", numpy_loops_program},
    CodeTarget{"cpp", ".cpp", "C++", cpp_program},
    CodeTarget{"onnx", ".onnx", "ONNX", onnx_model, kAnyCount, true},
    CodeTarget{"latex", ".tex", "LaTeX", latex_formulas, kAnyCount, false, true},
};

}  // namespace

std::span<const CodeTarget> code_targets() { return kTargets; }

const CodeTarget* find_code_target(std::string_view word) {
  const auto found = std::ranges::find(kTargets, word, &CodeTarget::word);
  return found == kTargets.end() ? nullptr : &*found;
}

}  // namespace convscope::code
