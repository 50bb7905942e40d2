#include "app/window/keep/memory.h"

#include <algorithm>
#include <utility>

#include "app/files/system/file_io.h"

namespace convscope::window {
namespace {

namespace fs = std::filesystem;

// Somebody who turns a knob is left alone until they are done.
constexpr double kPause = 1;

}  // namespace

Memory::Memory(std::optional<fs::path> file, files::Settings known)
    : file_(std::move(file)), written_(known), wanted_(std::move(known)) {}

void Memory::watch(const files::Settings& shown, const std::optional<std::string>& path,
                   double now) {
  const files::Settings& seen = seen_ ? *seen_ : shown;
  const auto follow = [&](auto member) {
    if (shown.*member != seen.*member) {
      wanted_.*member = shown.*member;
      changed_at_ = now;
    }
  };
  follow(&files::Settings::language);
  follow(&files::Settings::theme);
  follow(&files::Settings::speed);
  follow(&files::Settings::lessons_open);
  follow(&files::Settings::inspector_open);
  follow(&files::Settings::guided);
  follow(&files::Settings::fading);
  follow(&files::Settings::loop);
  follow(&files::Settings::reduced_motion);
  follow(&files::Settings::scale);
  follow(&files::Settings::window);
  follow(&files::Settings::dialog_folder);
  follow(&files::Settings::hints_done);
  follow(&files::Settings::finished_lessons);
  follow(&files::Settings::last_lesson);
  follow(&files::Settings::last_scene);
  if (path && path != seen_path_) {
    files::remember_file(wanted_, files::absolute_utf8(*path));
    changed_at_ = now;
  }
  seen_ = shown;
  seen_path_ = path;
}

std::optional<double> Memory::due_in(double now) const {
  if (!file_ || wanted_ == written_) {
    return std::nullopt;
  }
  return std::max(0.0, changed_at_ + kPause - now);
}

void Memory::save() {
  if (!file_ || wanted_ == written_) {
    return;
  }
  const files::Settings before = std::exchange(written_, wanted_);
  files::write_settings(*file_, before, wanted_);
}

}  // namespace convscope::window
