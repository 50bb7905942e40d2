// A layer's tensors as NumPy files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/derive/derived.h"
#include "core/lesson/lesson.h"

namespace convscope::cli {

// Writes input.npy, weight.npy, bias.npy (K; zeros for a layer without bias) and output.npy into
// `folder`, which is made if need be, and returns their paths; of a layer without weights only
// input.npy and output.npy. All of them are written or none:
// after a failure the folder is as it was, except that files of these names may be gone. Throws
// Failure.
std::vector<std::string> write_arrays(const derive::LayerResult& layer, bool one_dimensional,
                                      const std::filesystem::path& folder);

}  // namespace convscope::cli
