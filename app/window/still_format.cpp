#include "app/window/still_format.h"

#include "app/files/file_io.h"
#include "core/tensor/problem.h"

namespace convscope::window {

StillFormat still_format(const std::string& path) {
  const std::string extension = files::lower_extension(path);
  if (extension == ".svg") {
    return StillFormat::kSvg;
  }
  if (extension == ".png") {
    return StillFormat::kPng;
  }
  if (extension.empty()) {
    throw Failure({"export_no_ending", "", {{"file", path}}});
  }
  if (extension == ".gif") {
    throw Failure({"export_animation", "", {{"file", path}}});
  }
  throw Failure({"export_format", "", {{"file", path}}});
}

}  // namespace convscope::window
