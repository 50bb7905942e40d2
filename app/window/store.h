// Store: the one mutable cell of the program. Holds the session and what is derived from it,
// applies actions, performs their effects (open, save) and computes feature maps, on a worker when
// they are slow.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "core/lesson/action.h"
#include "core/lesson/derived.h"
#include "core/lesson/locale.h"
#include "core/lesson/session.h"

namespace convscope {

class Store {
 public:
  explicit Store(Session session);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  const Session& session() const;
  // Of the session's scene. While a map is being computed: the last good one of this scene, or none
  // yet.
  const Derived& derived() const;
  const Locale& locale() const;

  void dispatch(const Action& action);
  // Takes in what the worker finished; true when something changed. Call once a frame.
  bool poll();
  // Share of the map under way, 0..1; nothing when all is computed.
  std::optional<double> progress() const;
  // Blocks until everything is computed: for fronts without a window.
  void wait();
  // Called from the worker when there is something to poll (wakes an idle event loop).
  void on_ready(std::function<void()> wake);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace convscope
