// A file that holds several named arrays: what the user chooses from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/tensor/npy.h"

namespace convscope::imports {

struct NamedArray {
  std::string name;                 // "conv1.weight"
  std::string dtype;                // NumPy's name for it: "float32", "bfloat16"; or the file's
  std::vector<std::int64_t> shape;  // empty: a single number
  bool readable = true;             // false: of an unsupported type, such as complex128

  bool operator==(const NamedArray&) const = default;
};

// The names on one line, for error messages; truncated if there are many.
std::string names_of(const std::vector<NamedArray>& arrays);

}  // namespace convscope::imports
