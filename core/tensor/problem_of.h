// Any exception as a problem, for the doors that let none pass.
#pragma once

#include <exception>

#include "core/tensor/problem.h"

namespace convscope {

// A Failure's own; "out_of_memory" and "unexpected" for what the standard library throws.
Problem problem_of(const std::exception_ptr& exception);

}  // namespace convscope
