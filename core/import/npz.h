// NumPy's .npz: a ZIP archive of .npy files.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/import/named_arrays.h"

namespace convscope::imports {

// What it holds, in the archive's order; members that are no .npy are left out. `file` is its name
// for the message. Throws Failure "npz_*", "zip_*" or "npy_*" (named FILE:MEMBER). Takes memory
// only for names and shapes.
std::vector<NamedArray> npz_arrays(std::span<const std::byte> bytes, const std::string& file);

// One of them, of at most kMaxTensorValues numbers.
NpyArray read_npz(std::span<const std::byte> bytes, const std::string& name,
                  const std::string& file);

}  // namespace convscope::imports
