// The window front.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/files/lesson_file.h"
#include "app/files/user/settings_file.h"
#include "core/conv/algorithm.h"
#include "core/session/session.h"

namespace convscope::window {

struct WindowOptions {
  // What the command line says: stronger than what is remembered, and no choice of the user's.
  struct Size {
    int width = 1280;
    int height = 800;
  };
  std::optional<Size> size = std::nullopt;
  std::optional<float> scale;       // of the interface; else from the window's height and monitor
  std::optional<std::string> open;  // a file to show instead of the session's lesson
  files::OpenOptions opening = {};  // of `open`
  bool watch = false;               // read the files of the lesson again when they change
  bool welcome = false;             // at the first start, say what one can begin with
  conv::Algorithm algorithm = conv::Algorithm::kAuto;
  // What is remembered from earlier runs, where changes are written, and what was wrong there.
  files::Settings settings = {};
  std::optional<std::filesystem::path> settings_file = std::nullopt;
  std::optional<Problem> settings_problem = std::nullopt;
  std::optional<std::filesystem::path> answer_file = std::nullopt;  // where answers are kept
  // Where unsaved work is kept in case the program dies, and the version that writes it.
  std::optional<std::filesystem::path> autosave_folder = std::nullopt;
  std::string program = {};
};

// Shows the session until the window is closed; returns the exit status. Throws Failure
// "no_display" or "no_gl", or what is wrong with the file.
int run_window(session::Session session, const WindowOptions& options);

}  // namespace convscope::window
