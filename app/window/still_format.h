// The formats that the window exports.
#pragma once

#include <string>

namespace convscope::window {

enum class StillFormat { kSvg, kPng };

// By the extension of the name, in upper or lower case. Throws Failure "export_*", which says what
// is accepted.
StillFormat still_format(const std::string& path);

}  // namespace convscope::window
