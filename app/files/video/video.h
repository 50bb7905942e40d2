// Films through the user's ffmpeg: MP4 (H.264) and WebM (VP9).
#pragma once

#include <string>

#include "app/files/footage.h"

namespace convscope::files {

// Throw Failure "ffmpeg_missing", or "ffmpeg_failed" with its last line if it ends before its work.
std::string mp4_of(const Footage& footage);
std::string webm_of(const Footage& footage);

}  // namespace convscope::files
