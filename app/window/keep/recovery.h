// Recovery: offers the unsaved work of programs that died, one after another.
#pragma once

#include <deque>
#include <filesystem>
#include <optional>

#include "app/window/keep/autosave.h"
#include "app/window/shell/shell.h"

namespace convscope::window {

class Recovery {
 public:
  explicit Recovery(const std::optional<std::filesystem::path>& folder);

  // Shows the next offer and does what was answered to it. Once a frame.
  void watch(Shell& shell, Store& store, Autosave& autosave);

 private:
  void take_result(Store& store, Autosave& autosave);
  void offer_next(Shell& shell, Store& store);

  std::deque<files::AbandonedWork> left_;  // the first one is on offer
  std::optional<panels::Offer> offer_;
};

}  // namespace convscope::window
