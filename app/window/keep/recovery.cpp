#include "app/window/keep/recovery.h"

#include <iterator>
#include <utility>
#include <vector>

#include "app/files/system/file_io.h"
#include "core/tensor/problem_of.h"

namespace convscope::window {

Recovery::Recovery(const std::optional<std::filesystem::path>& folder) {
  if (folder) {
    std::vector<files::AbandonedWork> found = files::abandoned_work(*folder);
    left_.assign(std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }
}

// A newer program's work stays for it, and so does work whose image is missing: it may come back.
void Recovery::take_result(Store& store, Autosave& autosave) {
  const std::optional<Store::Recovered> result = store.take_recovered();
  if (!result || left_.empty() || result->autosave != files::utf8_of(left_.front().file)) {
    return;
  }
  if (!result->failure) {
    autosave.take_over(std::move(left_.front()));
  } else if (result->failure->code == "autosave_broken") {
    files::set_aside(left_.front().file);
  }
  left_.pop_front();
  offer_.reset();
}

void Recovery::offer_next(Shell& shell, Store& store) {
  while (!offer_ && !left_.empty()) {
    const std::filesystem::path& file = left_.front().file;
    try {
      offer_ = panels::Offer{files::utf8_of(file), files::autosave_title(file)};
    } catch (...) {
      const Problem problem = problem_of(std::current_exception());
      if (problem.code == "autosave_broken") {
        files::set_aside(file);
      }
      store.dispatch(session::action::Notify{problem});
      left_.pop_front();
    }
  }
  shell.offer_recovery(offer_);
}

void Recovery::watch(Shell& shell, Store& store, Autosave& autosave) {
  take_result(store, autosave);
  const panels::Offer::Answer answer = shell.take_recovery_answer();
  if (offer_ && answer == panels::Offer::Answer::kTake) {
    shell.ask_to_recover(offer_->file);
  } else if (offer_ && answer == panels::Offer::Answer::kLeave) {
    files::forget_work(left_.front().file);
    left_.pop_front();
    offer_.reset();
  }
  offer_next(shell, store);
}

}  // namespace convscope::window
