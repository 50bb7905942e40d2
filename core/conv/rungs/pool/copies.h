// Layers that copy cells: one of the input becomes one of the output, or none.
#pragma once

#include <cstdint>

namespace convscope::conv::rungs {

// max(0, x); NaN stays. `stream`: past the caches; flush_copies() follows the last row.
void relu_row(const float* from, std::int64_t count, bool stream, float* to);

// to[x] = from[x · stride].
void copy_row(const float* from, std::int64_t count, std::int64_t stride, bool stream, float* to);

void flush_copies();

}  // namespace convscope::conv::rungs
