// Store: the one mutable cell of the program. Holds the session and what is derived from it,
// applies actions, performs their effects (open, save) and computes feature maps: at once when that
// keeps the frame short, else on a worker.
//
// While somebody drags a number, changes come faster than a large map can follow. Then the map
// under way is finished and shown, and the next one is that of the newest change; only a map that
// takes its time is given up for it, and not before something new was seen.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "core/derive/derived.h"
#include "core/lesson/locale.h"
#include "core/session/action.h"
#include "core/session/session.h"

namespace convscope::window {

class Store {
 public:
  // `algorithm`: the rung of the engine that all layers are computed on where it applies.
  explicit Store(session::Session session, conv::Algorithm algorithm = conv::Algorithm::kAuto);
  // Empty until `first` (a file, opened by the worker) is there: until then the session tells
  // nothing but theme and language, and only those can be changed.
  Store(session::Session session, const std::string& first,
        conv::Algorithm algorithm = conv::Algorithm::kAuto);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  const session::Session& session() const;
  // Of the session's scene. While a map is being computed: the last good one of this scene, or none
  // yet.
  const derive::Derived& derived() const;
  const lesson::Locale& locale() const;             // in the session's language
  std::span<const lesson::Locale> locales() const;  // all

  // Does `action` and its effects: Save writes the file at once; Open shows a bundled lesson at
  // once and leaves everything else to the worker, so that it is there after a later poll(). Throws
  // nothing: what goes wrong becomes the session's notice and leaves the document as it was. While
  // the store is empty only what needs no lesson is done.
  void dispatch(const session::Action& action);
  // Takes in what the worker finished; true when something changed. Call once a frame. Throws
  // nothing, as dispatch.
  bool poll();
  // Starts on the newest change, if the map that came with poll() was older. Call once a frame when
  // its picture is drawn, and nobody looks at the map before it any more: the new one takes its
  // place in memory.
  void catch_up();
  bool empty() const;
  // Why the first file could not be opened.
  const std::optional<Problem>& first_failure() const;
  // Where the lesson was opened or saved; nothing for bundled ones and images.
  const std::optional<std::string>& path() const;
  // Whether the document differs from what was opened or last saved.
  bool unsaved() const;
  // Share of the map or file under way, 0..1; nothing when all is there.
  std::optional<double> progress() const;
  // The same as far as it is worth telling: a map that comes within moments is not.
  std::optional<double> slow_progress() const;
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

}  // namespace convscope::window
