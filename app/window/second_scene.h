// The second scene of the stage, computed: what a question plays beside itself, or what somebody
// compares with.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "app/window/worker.h"
#include "core/derive/derived.h"
#include "core/derive/difference.h"
#include "core/session/comparing.h"

namespace convscope::window {

class SecondScene {
 public:
  explicit SecondScene(conv::Algorithm algorithm) : algorithm_(algorithm) {}

  // After every action, and when a map of the first scene has come. What takes long is left to a
  // worker, and the map before stays until it is there.
  void follow(const session::Session& session, const std::shared_ptr<const derive::Derived>& first);
  // Takes what the worker has finished; whether anything changed. follow() comes after it.
  bool poll();
  // Blocks until there is something to poll, or nothing left to do; true when there is.
  bool wait();

  // nullptr: the first scene stands alone.
  const std::shared_ptr<const derive::Derived>& derived() const { return derived_; }
  // Of the maps, the first minus this one.
  const std::shared_ptr<const derive::Difference>& difference() const { return difference_; }

  // Called from the worker's thread.
  void on_ready(std::function<void()> wake) { wake_ = std::move(wake); }

 private:
  void compute(const derive::Derived& first);
  void subtract(const session::Session& session,
                const std::shared_ptr<const derive::Derived>& first);

  conv::Algorithm algorithm_;
  std::optional<session::BesideScene> scene_;
  std::shared_ptr<const derive::Derived> derived_;
  std::shared_ptr<const derive::Difference> difference_;
  derive::Differences differences_;
  // What the difference is of.
  TensorName first_map_;
  TensorName second_map_;
  std::function<void()> wake_;
  std::unique_ptr<Worker> worker_;  // there is none until a map takes long
};

}  // namespace convscope::window
