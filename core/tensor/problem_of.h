// Turns any exception into a problem, for the boundaries that let no exception pass.
#pragma once

#include <exception>

#include "core/tensor/problem.h"

namespace convscope {

// A Failure's own problem; "out_of_memory" or "unexpected" for standard library exceptions.
Problem problem_of(const std::exception_ptr& exception);

}  // namespace convscope
