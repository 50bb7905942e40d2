// A layer's tensors as NumPy files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/derive/derived.h"
#include "core/lesson/lesson.h"

namespace convscope::cli {

// Writes input.npy, weight.npy, bias.npy (K; zeros for a layer without bias) and output.npy into
// `folder`, creating it if necessary, and returns their paths. A layer without weights has only
// input.npy and output.npy. Writes all of them or none; after a failure, older files with these
// names may be gone. Throws Failure.
std::vector<std::string> write_arrays(const derive::LayerResult& layer, bool one_dimensional,
                                      const std::filesystem::path& folder);

}  // namespace convscope::cli
