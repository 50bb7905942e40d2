// Which sizes a format can hold, and the sentences when one can't.
#pragma once

#include <string>

#include "app/files/image/pixels.h"
#include "core/tensor/problem.h"

namespace convscope::files {

inline Failure wrong_frame_size(const char* format, int width, int height, int limit) {
  return Failure({"frame_size",
                  "",
                  {{"format", std::string(format)},
                   {"width", std::int64_t{width}},
                   {"height", std::int64_t{height}},
                   {"limit", std::int64_t{limit}}}});
}

// Throws unless each side lies in 1..limit.
inline void check_frame_size(const char* format, int width, int height, int limit) {
  if (width < 1 || height < 1 || width > limit || height > limit) {
    throw wrong_frame_size(format, width, height, limit);
  }
}

inline Failure encoding_failed(const char* format, const std::string& reason) {
  return Failure({"encoding_failed", "", {{"format", std::string(format)}, {"reason", reason}}});
}

}  // namespace convscope::files
