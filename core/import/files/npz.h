// NumPy's .npz: a ZIP archive of .npy files.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/import/files/named_arrays.h"

namespace convscope::imports {

// The arrays in it, in the archive's order; members other than .npy are omitted. `file` is its name
// for error messages. Throws Failure "npz_*", "zip_*" or "npy_*" (with the name FILE:MEMBER).
// Allocates memory only for names and shapes.
std::vector<NamedArray> npz_arrays(std::span<const std::byte> bytes, const std::string& file);

// Reads one of them, of at most kMaxTensorValues numbers.
NpyArray read_npz(std::span<const std::byte> bytes, const std::string& name,
                  const std::string& file);

}  // namespace convscope::imports
