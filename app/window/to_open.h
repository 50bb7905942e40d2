// What is to be opened in the background.
#pragma once

#include <optional>
#include <string>

#include "app/files/lesson_file.h"
#include "core/lesson/lesson.h"
#include "core/tensor/shared.h"

namespace convscope::window {

// What is to be opened: a LESSON of the command line, or (`autosave`) the work that a dead program
// left in this file; or (`refresh`) what the files of an open lesson hold now.
struct ToOpen {
  std::string what;
  bool autosave = false;
  bool keep_place = false;  // a lesson that is open: step, scene and view stay as they are
  files::OpenOptions options = {};
  std::optional<Shared<lesson::Lesson>> refresh = std::nullopt;
};
}  // namespace convscope::window
