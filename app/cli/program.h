// Runs the program: arguments in, exit status out.
#pragma once

#include <iosfwd>
#include <span>
#include <string>

#include "core/lesson/lesson.h"
#include "core/tensor/problem.h"

namespace convscope::cli {

// 1: bad input, 2: wrong usage, 3: not possible on this machine or in this version.
int exit_status_of(const Problem& problem);

// Runs one command line. A Failure becomes one line on `err`, in the language of --lang.
int run_program(std::span<const std::string> arguments, lesson::Language environment,
                std::ostream& out, std::ostream& err);

}  // namespace convscope::cli
