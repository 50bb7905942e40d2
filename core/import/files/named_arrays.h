// A file that holds several named arrays: what the user chooses from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
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

// What the header of an .npy says; `start` are its first bytes, `place` its name for the message.
// Throws Failure "npy_*" unless only its type can't be read.
NamedArray npy_array(std::span<const std::byte> start, std::string name, const std::string& place);

// The names in one line, for a problem that says what there is; cut short if they are many.
std::string names_of(const std::vector<NamedArray>& arrays);

}  // namespace convscope::imports
