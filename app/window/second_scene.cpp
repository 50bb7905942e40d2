#include "app/window/second_scene.h"

#include <utility>
#include <variant>

#include "core/derive/plan.h"

namespace convscope::window {
namespace {

// In a plan's multiply-adds, as in the store: what is computed at once.
constexpr std::int64_t kSmallWorkBeside = 16'000'000;

derive::LayerMap map_of(const derive::Derived& derived, std::int64_t layer) {
  const auto index = static_cast<std::size_t>(layer);
  return index < derived.layers.size() ? derived.layers[index].map : derive::LayerMap();
}

}  // namespace

void SecondScene::follow(const session::Session& session,
                         const std::shared_ptr<const derive::Derived>& first) {
  std::optional<session::BesideScene> now = session::beside_of(session);
  if (!now) {
    scene_.reset();
    derived_.reset();
    difference_.reset();
    first_map_ = {};
    second_map_ = {};
    if (worker_) {
      worker_->cancel_map();
    }
    return;
  }
  if (now != scene_) {
    scene_ = std::move(now);
    compute(*first);
  }
  if (scene_->why == session::BesideScene::Why::kCompared) {
    subtract(session, first);
  }
}

void SecondScene::compute(const derive::Derived& first) {
  const Shared<lesson::Scene>& scene = scene_->lesson->scenes.front();
  const bool fits = derived_ && derive::fits(*derived_, *scene);
  derive::Derived before =
      derive::with_input_of(fits ? *derived_ : derive::Derived{}, first, *scene);
  derive::Plan plan = derive::plan(scene, {.algorithm = algorithm_}, std::move(before), false);
  if (worker_) {
    worker_->cancel_map();
  }
  if (plan.work <= kSmallWorkBeside) {
    derived_ = std::make_shared<const derive::Derived>(derive::carry_out(std::move(plan)));
    return;
  }
  if (!fits) {
    derived_ = std::make_shared<const derive::Derived>();  // the worker brings the operands
  }
  if (!worker_) {
    worker_ = std::make_unique<Worker>();
    worker_->on_ready(wake_);
  }
  worker_->map(std::move(plan));
}

void SecondScene::subtract(const session::Session& session,
                           const std::shared_ptr<const derive::Derived>& first) {
  const derive::LayerMap first_map = map_of(*first, session.look.layer);
  const derive::LayerMap second_map = map_of(*derived_, session.look.layer);
  if (first_map_ == TensorName(first_map.values) && second_map_ == TensorName(second_map.values)) {
    return;
  }
  derive::Difference difference = differences_.of(first_map, second_map);
  difference_ = difference.empty()
                    ? nullptr
                    : std::make_shared<const derive::Difference>(std::move(difference));
  first_map_ = first_map.values;
  second_map_ = second_map.values;
}

bool SecondScene::poll() {
  bool changed = false;
  while (std::optional<WorkResult> result = worker_ ? worker_->take() : std::nullopt) {
    auto* map = std::get_if<FinishedMap>(&*result);
    if (map != nullptr && scene_ && derive::fits(map->derived, scene_->lesson->scenes.front())) {
      derived_ = std::make_shared<const derive::Derived>(
          derive::with_maps_of(std::move(map->derived), *derived_, false));
      changed = true;
    }
  }
  return changed;
}

bool SecondScene::wait() { return worker_ && worker_->wait(); }

}  // namespace convscope::window
