#include "app/window/keep/keep_work.h"

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
  panels::Leaving leaving = *std::exchange(ui.leaving, std::nullopt);
  ui.files.mode = panels::FileDialog::Mode::kClosed;
  ui.welcome.reset();  // something has been chosen, here or elsewhere
  if (leaving.made) {
    store.dispatch(session::action::Opened{*std::move(leaving.made)});
    if (leaving.remark) {
      store.dispatch(session::action::Notify{*std::move(leaving.remark)});
    }
  } else if (leaving.open && leaving.autosave) {
    store.recover(*leaving.open);
  } else if (leaving.open) {
    store.dispatch(session::action::Open{*leaving.open, leaving.shrink});
    if (leaving.scene) {
      store.dispatch(session::action::SetScene{*leaving.scene});
    }
  } else {
    ui.quit = true;
  }
}

}  // namespace

std::optional<panels::FileWrite> take_write(panels::UiState& ui, const Store& store) {
  std::optional<panels::FileWrite> write = std::exchange(ui.write, std::nullopt);
  std::error_code error;
  if (write && !write->replace && fs::exists(write->path, error)) {
    const bool own = is_own(*write, store);
    if (!own || store.changed_on_disk()) {
      write->foreign = own;
      ui.replacing = std::exchange(write, std::nullopt);
    }
  }
  return write;
}

void notice_their_changes(panels::UiState& ui, const Store& store) {
  if (store.untold_change()) {
    ui.theirs = panels::Offer{*store.path()};
  }
}

void settle_theirs(panels::UiState& ui, Store& store) {
  if (!ui.theirs) {
    return;
  }
  const panels::Offer::Answer answer = ui.theirs->answer;
  if (answer == panels::Offer::Answer::kTake) {
    store.dispatch(session::action::Open{ui.theirs->file});  // Undo brings ours back
  } else if (answer == panels::Offer::Answer::kLeave) {
    store.keep_mine();
  }
  if (answer != panels::Offer::Answer::kNone || ui.theirs->file != store.path()) {
    ui.theirs.reset();
  }
}

bool offer_to_shrink(panels::UiState& ui, const Store& store) {
  const std::optional<Problem>& told = store.session().transient.notice;
  if (!told || told->code != "image_too_large") {
    ui.shrink.reset();
    return false;
  }
  const auto file =
      std::ranges::find(told->values, "file", &std::pair<std::string, ProblemValue>::first);
  if (ui.shrink || file == told->values.end()) {
    return false;
  }
  ui.shrink = panels::Offer{.file = std::get<std::string>(file->second)};
  return true;
}

void settle_shrink(panels::UiState& ui, Store& store) {
  if (!ui.shrink || ui.shrink->answer == panels::Offer::Answer::kNone) {
    return;
  }
  const panels::Offer offer = *std::exchange(ui.shrink, std::nullopt);
  store.dispatch(session::action::DismissNotice{});  // which would offer it again
  if (offer.answer == panels::Offer::Answer::kTake) {
    ui.leaving = panels::Leaving{.open = offer.file, .shrink = true};
  }
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
