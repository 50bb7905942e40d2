// Tensors as files: a layer's as NumPy files in a folder, or what a format holds as one file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/command_line.h"
#include "core/code/numbers/number_format.h"
#include "core/derive/derived.h"
#include "core/lesson/lesson.h"
#include "core/session/session.h"

namespace convscope::cli {

// Writes input.npy, weight.npy, bias.npy (K; zeros for a layer without bias) and output.npy into
// `folder`, creating it if necessary, and returns their paths. A layer without weights has only
// input.npy and output.npy. Writes all of them or none; after a failure, older files with these
// names may be gone. Throws Failure.
std::vector<std::string> write_arrays(const derive::LayerResult& layer, bool one_dimensional,
                                      const std::filesystem::path& folder);

// The format of `out`, by its ending; null where it is to be a folder: one that exists, or a name
// without an ending. Throws "usage_run_format" for another ending, which may be a mistyped one.
const code::NumberFormat* number_format_of(const std::filesystem::path& out);

// Writes the layer's tensor that `what` asks for, or all tensors of the scene, into the file
// what.out. Throws Failure.
void write_numbers(const command::Run& what, const code::NumberFormat& format,
                   const session::Session& session, const derive::Derived& derived);

}  // namespace convscope::cli
