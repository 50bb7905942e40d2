#include "app/window/run_window.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "app/window/glfw_window.h"
#include "app/window/shell.h"
#include "app/window/store.h"
#include "app/window/ticker.h"

namespace convscope {
namespace {

// While a map is being computed its progress is shown so often.
constexpr double kProgressInterval = 0.1;

CursorShape cursor_shape(ImGuiMouseCursor cursor) {
  switch (cursor) {
    case ImGuiMouseCursor_TextInput:
      return CursorShape::kText;
    case ImGuiMouseCursor_Hand:
      return CursorShape::kHand;
    case ImGuiMouseCursor_ResizeNS:
      return CursorShape::kUpDown;
    case ImGuiMouseCursor_ResizeEW:
      return CursorShape::kLeftRight;
    case ImGuiMouseCursor_ResizeAll:
      return CursorShape::kMove;
    default:
      return CursorShape::kArrow;
  }
}

// All that the loop's body works on.
struct Loop {
  Loop(Session session, const WindowOptions& the_options)
      : options(the_options),
        window(options.width, options.height, "Convscope"),
        store(std::move(session)),
        shell(store, metrics) {
    store.on_ready([] { GlfwWindow::wake(); });
    if (options.open) {
      store.dispatch(action::Open{*options.open});
    }
  }

  WindowOptions options;
  GlfwWindow window;
  TextMetrics metrics = embedded_metrics();
  Store store;
  Shell shell;
  Ticker ticker;
  double last = GlfwWindow::seconds();
};

float scale_of(const Loop& loop) {
  const float by_height = static_cast<float>(loop.window.height()) / 1080.0f;
  // Quarter steps: the font atlas is rebuilt for each, and a resize should not do so all the time.
  const float chosen = std::max({1.0f, by_height, loop.window.content_scale()});
  return loop.options.scale.value_or(std::floor(chosen * 4) / 4);
}

// How long the loop may sleep before its next frame.
std::optional<double> patience(const Loop& loop) {
  if (loop.window.minimized()) {
    return std::nullopt;
  }
  if (is_moving(loop.store.session()) || loop.shell.wants_frame()) {
    return 0.0;
  }
  return loop.store.progress() ? std::optional(kProgressInterval) : std::nullopt;
}

void tick(Loop& loop, double seconds) {
  const Session& session = loop.store.session();
  if (!is_moving(session)) {
    loop.ticker.reset();
    return;
  }
  if (const std::int64_t frames = loop.ticker.advance(seconds, session.speed); frames > 0) {
    loop.store.dispatch(action::Tick{frames});
  }
}

// The body of the loop: one wait and at most one frame. A browser calls it itself.
void step(Loop& loop) {
  loop.window.wait(patience(loop));
  for (const InputEvent& event : loop.window.take_events()) {
    loop.shell.push(event);
  }
  for (const std::string& path : loop.window.take_dropped_files()) {
    loop.store.dispatch(action::Open{path});
  }
  const double now = GlfwWindow::seconds();
  const double elapsed = now - std::exchange(loop.last, now);
  if (loop.window.minimized()) {
    loop.store.poll();
    return;
  }
  tick(loop, elapsed);
  loop.shell.frame(loop.window.width(), loop.window.height(), scale_of(loop), elapsed);
  loop.window.show_frame();
  loop.window.set_title(loop.shell.title());
  loop.window.set_cursor(cursor_shape(ImGui::GetMouseCursor()));
  if (const auto copied = loop.shell.take_clipboard()) {
    loop.window.set_clipboard(*copied);
  }
}

}  // namespace

int run_window(Session session, const WindowOptions& options) {
  Loop loop(std::move(session), options);
  while (!loop.window.wants_to_close() && !loop.shell.wants_to_quit()) {
    step(loop);
  }
  loop.store.on_ready({});
  return 0;
}

}  // namespace convscope
