// The program from its arguments to its exit status.
#pragma once

#include <iosfwd>
#include <span>
#include <string>

#include "core/lesson/lesson.h"
#include "core/tensor/problem.h"

namespace convscope::cli {

// 1 the input was bad, 2 wrong usage, 3 this machine (or this version) can't.
int exit_status_of(const Problem& problem);

// Runs one command line. A Failure becomes one line on `err`, in the language of --lang.
int run_program(std::span<const std::string> arguments, lesson::Language environment,
                std::ostream& out, std::ostream& err);

}  // namespace convscope::cli
