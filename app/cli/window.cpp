#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/front.h"
#include "app/cli/still.h"
#include "app/cli/version.h"
#include "app/files/lesson_file.h"
#include "app/files/user/answer_file.h"
#include "app/files/user/settings_file.h"
#include "app/files/user/user_folders.h"
#include "app/window/run_window.h"
#include "core/session/update.h"

namespace convscope::cli {

namespace {

// The remembered settings, for everything that the command line doesn't set.
Look remembered(Look look, const files::Settings& settings) {
  look.theme = look.theme_given ? look.theme : settings.theme.value_or(look.theme);
  look.language = look.language_given ? look.language : settings.language.value_or(look.language);
  return look;
}

window::WindowOptions options_of(const command::Window& what, const Look& look) {
  window::WindowOptions options;
  options.scale = look.scale;
  if (what.size) {
    options.size = {what.size->width, what.size->height};
  }
  options.algorithm = what.algorithm;
  options.answer_file = files::answer_file();
  if (const auto folder = files::config_folder()) {
    options.settings_file = *folder / "settings.json";
    files::ReadSettings read = files::read_settings(*options.settings_file);
    options.settings = std::move(read.settings);
    options.settings_problem = std::move(read.problem);
  }
  if (const auto folder = files::state_folder()) {
    options.autosave_folder = *folder / "autosave";
  }
  options.program = version_number();
  return options;
}

session::Session first_session(const std::string& lesson, const Look& look,
                               const window::WindowOptions& options) {
  const files::Settings& settings = options.settings;
  session::Session session = session_on(lesson, look, session::Granularity::kPosition);
  if (options.answer_file) {
    session.outcomes = files::past_outcomes(*options.answer_file);
  }
  const auto update = [&](const session::Action& action) {
    session = session::update(session, action);
  };
  if (settings.speed) {
    update(session::action::SetSpeed{*settings.speed});
  }
  const auto set = [&](bool session::Toggles::* toggle, std::optional<bool> on) {
    if (on) {
      update(session::action::Switch{toggle, *on});
    }
  };
  set(&session::Toggles::guided, settings.guided);
  set(&session::Toggles::fading, settings.fading);
  set(&session::Toggles::loop, settings.loop);
  set(&session::Toggles::reduced_motion, settings.reduced_motion);
  return session;
}

}  // namespace

// Bundled lessons open at once. A file may be large, so the window opens it in the background.
int show_window(const command::Window& what, const Look& asked) {
  window::WindowOptions options = options_of(what, asked);
  options.welcome = what.lesson.empty();
  const Look look = remembered(asked, options.settings);
  const std::vector<std::string> bundled = files::bundled_lesson_ids();
  const std::string last = options.settings.last_lesson.value_or("");
  const bool resumes = what.lesson.empty() && std::ranges::find(bundled, last) != bundled.end();
  const std::string lesson = resumes ? last : what.lesson.empty() ? kFirstLesson : what.lesson;
  options.opening = what.opening;
  options.watch = what.watch;
  if (std::ranges::find(bundled, lesson) != bundled.end() && !what.watch) {
    session::Session session = first_session(lesson, look, options);
    if (resumes) {
      session =
          session::update(std::move(session), session::action::SetScene{static_cast<std::int64_t>(
                                                  options.settings.last_scene.value_or(0))});
    }
    return window::run_window(std::move(session), options);
  }
  options.open = lesson;
  return window::run_window(first_session(kFirstLesson, look, options), options);
}

}  // namespace convscope::cli
