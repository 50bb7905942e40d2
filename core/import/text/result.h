// The result of reading a user's text: the value, or the problem with it. Half-typed text is
// normal, so it is not an exception here; readers of whole files throw Failure.
#pragma once

#include <variant>

#include "core/tensor/problem.h"

namespace convscope::imports {

template <typename Value>
using Result = std::variant<Value, Problem>;

template <typename Value>
bool ok(const Result<Value>& result) {
  return result.index() == 0;
}

// Runs a reader that throws Failure.
template <typename Reader>
auto as_result(Reader reader) -> Result<decltype(reader())> {
  try {
    return reader();
  } catch (const Failure& failure) {
    return failure.problem();
  }
}

}  // namespace convscope::imports
