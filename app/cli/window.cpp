#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/front.h"
#include "app/cli/still.h"
#include "app/files/lesson_file.h"
#include "app/files/settings_file.h"
#include "app/files/user_folders.h"
#include "app/window/run_window.h"
#include "core/session/update.h"

namespace convscope::cli {

namespace {

// What is remembered, where the command line says nothing else.
Look remembered(Look look, const files::Settings& settings) {
  look.theme = look.theme_given ? look.theme : settings.theme.value_or(look.theme);
  look.language = look.language_given ? look.language : settings.language.value_or(look.language);
  return look;
}

window::WindowOptions options_of(const command::Window& what, const Look& look) {
  window::WindowOptions options;
  options.scale = look.scale;
  options.algorithm = what.algorithm;
  if (const auto folder = files::config_folder()) {
    options.settings_file = *folder / "settings.json";
    files::ReadSettings read = files::read_settings(*options.settings_file);
    options.settings = std::move(read.settings);
    options.settings_problem = std::move(read.problem);
  }
  return options;
}

session::Session first_session(const std::string& lesson, const Look& look,
                               const files::Settings& settings) {
  session::Session session = session_on(lesson, look, session::Granularity::kPosition);
  return settings.speed ? session::update(session, session::action::SetSpeed{*settings.speed})
                        : session;
}

}  // namespace

// Bundled lessons open at once. A file may be large, so the window opens it in the background.
int show_window(const command::Window& what, const Look& asked) {
  const std::string lesson = what.lesson.empty() ? kFirstLesson : what.lesson;
  window::WindowOptions options = options_of(what, asked);
  options.welcome = what.lesson.empty();
  const Look look = remembered(asked, options.settings);
  const std::vector<std::string> bundled = files::bundled_lesson_ids();
  if (std::ranges::find(bundled, lesson) != bundled.end()) {
    return window::run_window(first_session(lesson, look, options.settings), options);
  }
  options.open = lesson;
  return window::run_window(first_session(kFirstLesson, look, options.settings), options);
}

}  // namespace convscope::cli
