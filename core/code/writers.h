// The writers of the targets, a file each. A program prints the shape of every layer's output and
// then the last map, row by row.
#pragma once

#include <string>

#include "core/code/plan.h"

namespace convscope::code {

std::string pytorch_program(const Plan& plan);
std::string tensorflow_program(const Plan& plan);
std::string jax_program(const Plan& plan);
std::string numpy_program(const Plan& plan);
std::string numpy_loops_program(const Plan& plan);
std::string cpp_program(const Plan& plan);

// A model file. Its input has the scene's values as default: run without feeds it gives the map.
std::string onnx_model(const Plan& plan);

// The size of the output and the sum of a position, for amsmath.
std::string latex_formulas(const Plan& plan);

}  // namespace convscope::code
