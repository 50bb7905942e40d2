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
  // Empty until `first` (a file, opened by the worker) is there: until then the session tells
  // nothing but theme and language, and only those can be changed.
  Store(Session session, const std::string& first);
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
  bool empty() const;
  // Why the first file could not be opened.
  const std::optional<Problem>& first_failure() const;
  // Where the lesson was opened or saved; nothing for bundled ones and images.
  const std::optional<std::string>& path() const;
  // Share of the map or file under way, 0..1; nothing when all is there.
  std::optional<double> progress() const;
  // The name of the file under way.
  std::optional<std::string> opening() const;
  // Blocks until everything is computed: for fronts without a window.
  void wait();
  // Blocks until the first file is there or has failed, at most so long.
  void wait_for_first(double seconds);
  // Called from the worker when there is something to poll (wakes an idle event loop).
  void on_ready(std::function<void()> wake);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace convscope
