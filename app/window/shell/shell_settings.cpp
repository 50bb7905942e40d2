// What a Shell remembers from one run to the next.
#include <algorithm>
#include <map>

#include "app/window/shell/shell_state.h"

namespace convscope::window {

void Shell::set_up(const files::Settings& settings) {
  if (settings.scale) {
    state_->ui.scale = static_cast<float>(*settings.scale);
  }
  state_->ui.files.used_folder = settings.dialog_folder;
  state_->ui.files.folder = settings.dialog_folder.value_or("");
  state_->ui.export_choice = settings.exporting.value_or(session::ExportChoice());
  open_sides(settings.lessons_open, settings.inspector_open);
  state_->ui.hints_done = settings.hints_done.value_or(std::vector<std::string>());
  state_->last_lesson = settings.last_lesson;
  state_->last_scene = settings.last_scene;
  state_->ui.finished_lessons = settings.finished_lessons.value_or(std::vector<std::string>());
  state_->ui.lesson_scenes = settings.lesson_scenes.value_or(std::map<std::string, std::int64_t>());
}

void Shell::open_sides(std::optional<bool> lessons, std::optional<bool> inspector) {
  state_->ui.lessons_open = lessons;
  state_->ui.inspector_open = inspector;
}

// A lesson of the course is where one goes on next time; a file of one's own is among the recent
// ones.
void Shell::State::remember_lesson(files::Settings& settings) const {
  const session::Session own = session::own_session(store.session());
  if (!store.path() && !store.empty() && !own.solving &&
      lesson::find_lesson(course, own.document.lesson->id) != nullptr) {
    settings.last_lesson = own.document.lesson->id;
    settings.last_scene = static_cast<double>(own.look.scene);
  }
}

files::Settings Shell::settings() const {
  const session::Session& session = state_->store.session();
  files::Settings settings = {.language = session.look.language,
                              .theme = session.look.theme,
                              .speed = std::min(session.clock.speed, session::kMaxSpeed),
                              .lessons_open = state_->ui.lessons_open,
                              .inspector_open = state_->ui.inspector_open,
                              .guided = session.toggles.guided,
                              .fading = session.toggles.fading,
                              .loop = session.toggles.loop,
                              .reduced_motion = session.toggles.reduced_motion,
                              .scale = state_->ui.scale,
                              .dialog_folder = state_->ui.files.used_folder,
                              .exporting = state_->ui.export_choice == session::ExportChoice()
                                               ? std::nullopt
                                               : std::optional(state_->ui.export_choice),
                              .hints_done = state_->ui.hints_done,
                              .finished_lessons = state_->ui.finished_lessons,
                              .lesson_scenes = state_->ui.lesson_scenes,
                              .last_lesson = state_->last_lesson,
                              .last_scene = state_->last_scene};
  state_->remember_lesson(settings);
  return settings;
}

}  // namespace convscope::window
