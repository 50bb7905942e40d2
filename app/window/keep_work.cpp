#include "app/window/keep_work.h"

#include <filesystem>
#include <system_error>
#include <utility>

namespace convscope::window {
namespace {

namespace fs = std::filesystem;

bool is_own(const panels::FileWrite& write, const Store& store) {
  std::error_code error;
  return write.kind == panels::FileWrite::Kind::kLesson && store.path() &&
         fs::equivalent(write.path, *store.path(), error) && !error;
}

bool is_saving(const panels::UiState& ui) {
  return ui.files.mode != panels::FileDialog::Mode::kClosed || ui.replacing || ui.write;
}

void leave(panels::UiState& ui, Store& store) {
  const std::optional<std::string> open = std::move(ui.leaving->open);
  std::optional<lesson::Lesson> made = std::move(ui.leaving->made);
  ui.leaving.reset();
  ui.files.mode = panels::FileDialog::Mode::kClosed;
  if (made) {
    store.dispatch(session::action::Opened{*std::move(made)});
  } else if (open) {
    store.dispatch(session::action::Open{*open});
  } else {
    ui.quit = true;
  }
}

}  // namespace

std::optional<panels::FileWrite> take_write(panels::UiState& ui, const Store& store) {
  std::optional<panels::FileWrite> write = std::exchange(ui.write, std::nullopt);
  std::error_code error;
  if (write && !write->replace && fs::exists(write->path, error) && !is_own(*write, store)) {
    ui.replacing = std::exchange(write, std::nullopt);
  }
  return write;
}

void settle_leaving(panels::UiState& ui, Store& store) {
  if (!ui.leaving) {
    return;
  }
  if (!store.unsaved() || ui.leaving->answer == panels::Leaving::Answer::kDiscard) {
    leave(ui, store);
  } else if (ui.leaving->answer == panels::Leaving::Answer::kSave && !is_saving(ui)) {
    ui.leaving.reset();
  }
}

}  // namespace convscope::window
