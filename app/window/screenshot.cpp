#include "app/window/screenshot.h"

#include <utility>

#include <imgui.h>

#include "app/paint/frame_target.h"
#include "app/window/shell/shell.h"

namespace convscope::window {
namespace {

// ImGui lays out what it has seen once.
constexpr int kFramesToSettle = 3;

files::Pixels settled_pixels(Shell& shell, paint::FrameTarget& target, const ShotSize& size) {
  for (int i = 0; i < kFramesToSettle; ++i) {
    target.bind();
    shell.frame(size.width, size.height, size.scale, 1.0 / 60);
  }
  return target.read();
}

}  // namespace

files::Pixels screenshot_pixels(Store& store, const picture::TextMetrics& metrics, int width,
                                int height, float scale) {
  store.wait();
  Shell shell(store, metrics);
  paint::FrameTarget target(width, height);
  return settled_pixels(shell, target, {width, height, scale});
}

struct WindowFilm::State {
  State(session::Session session, const picture::TextMetrics& metrics, const ShotSize& the_size)
      : store(std::move(session)),
        shell(store, metrics),
        target(the_size.width, the_size.height),
        size(the_size) {}

  Store store;
  Shell shell;
  paint::FrameTarget target;
  ShotSize size;
};

WindowFilm::WindowFilm(session::Session session, const picture::TextMetrics& metrics,
                       const ShotSize& size) {
  ImGuiContext* const outside = ImGui::GetCurrentContext();
  state_ = std::make_unique<State>(std::move(session), metrics, size);
  ImGui::SetCurrentContext(outside);
}

WindowFilm::~WindowFilm() = default;

void WindowFilm::open_sides(std::optional<bool> lessons, std::optional<bool> inspector) {
  state_->shell.open_sides(lessons, inspector);
}

files::Pixels WindowFilm::at(session::Frame moment) {
  ImGuiContext* const outside = ImGui::GetCurrentContext();
  if (moment != state_->store.session().clock.frame) {
    state_->store.dispatch(session::action::Seek{moment});
  }
  state_->store.wait();
  files::Pixels pixels = settled_pixels(state_->shell, state_->target, state_->size);
  ImGui::SetCurrentContext(outside);
  return pixels;
}

}  // namespace convscope::window
