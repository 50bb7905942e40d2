#include "app/window/run_window.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "app/files/bundled.h"
#include "app/panels/stage/hints.h"
#include "app/window/frame_loop.h"
#include "app/window/glfw_window.h"
#include "app/window/memory.h"
#include "app/window/store.h"

namespace convscope::window {
namespace {

// Most files are open sooner than this, so the window opens on them; for a bad one no window opens.
constexpr double kFirstFilePatience = 0.5;

std::unique_ptr<Store> make_store(session::Session session, const WindowOptions& options) {
  if (!options.open) {
    return std::make_unique<Store>(std::move(session), options.algorithm);
  }
  auto store = std::make_unique<Store>(std::move(session), *options.open, options.algorithm);
  store->wait_for_first(kFirstFilePatience);
  return store;
}

void throw_first_failure(const Store& store) {
  if (store.first_failure()) {
    throw Failure(*store.first_failure());
  }
}

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

panels::widgets::Clipboard clipboard_of(GlfwWindow& window) {
  return {.read = [&window] { return window.clipboard(); },
          .write = [&window](const std::string& text) { window.set_clipboard(text); }};
}

// What the body of the loop works on.
struct Loop {
  Loop(Store& the_store, const WindowOptions& the_options)
      : options(the_options),
        window(options.width, options.height, "Convscope"),
        store(the_store),
        frames(store, metrics, GlfwWindow::seconds(), clipboard_of(window)),
        memory(options.settings_file, options.settings) {
    store.on_ready([] { GlfwWindow::wake(); });
    frames.shell().set_up(options.settings);
    const auto& seen = options.settings.hints_done;
    const bool welcomed = seen && std::ranges::find(*seen, panels::kWelcomed) != seen->end();
    if (options.welcome && !welcomed) {
      frames.shell().welcome();
    }
    if (options.settings_problem) {
      store.dispatch(session::action::Notify{*options.settings_problem});
    }
  }
  ~Loop() { store.on_ready({}); }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  WindowOptions options;
  GlfwWindow window;
  picture::TextMetrics metrics = files::bundled_metrics();
  Store& store;
  FrameLoop frames;
  Memory memory;
};

float scale_of(const Loop& loop) {
  const float by_height = static_cast<float>(loop.window.height()) / 1080.0f;
  // Quarter steps: the font atlas is rebuilt for each, and a resize should not do so all the time.
  const float chosen = std::max({1.0f, by_height, loop.window.content_scale()});
  return loop.options.scale.value_or(std::floor(chosen * 4) / 4);
}

// How long the loop may sleep before its next frame.
std::optional<double> patience(const Loop& loop) {
  const std::optional<double> frame =
      loop.window.minimized() ? std::nullopt : loop.frames.patience();
  const std::optional<double> memory = loop.memory.due_in(GlfwWindow::seconds());
  return frame && memory ? std::min(frame, memory) : frame ? frame : memory;
}

// Settings that can't be written are a notice; the program goes on without.
void save_settings(Loop& loop) {
  try {
    loop.memory.save();
  } catch (const Failure& failure) {
    loop.store.dispatch(session::action::Notify{failure.problem()});
  }
}

void remember(Loop& loop, double now) {
  loop.memory.watch(loop.frames.shell().settings(), loop.store.path(), now);
  loop.frames.shell().show_recent_files(loop.memory.recent_files());
  if (loop.memory.due_in(now) == 0.0) {
    save_settings(loop);
  }
}

// The body of the loop: one wait and at most one frame. In a browser the browser calls it.
void step(Loop& loop) {
  loop.window.wait(patience(loop));
  for (const panels::InputEvent& event : loop.window.take_events()) {
    loop.frames.shell().push(event);
  }
  for (const std::string& path : loop.window.take_dropped_files()) {
    loop.frames.shell().ask_to_open(path);
  }
  if (loop.window.take_close_request()) {
    loop.frames.shell().ask_to_quit();
    if (!loop.frames.shell().wants_to_quit()) {
      loop.window.restore();  // there is a question to be seen
    }
  }
  const double now = GlfwWindow::seconds();
  remember(loop, now);
  if (loop.window.minimized()) {
    loop.frames.rest(now);
    return;
  }
  loop.frames.turn({loop.window.width(), loop.window.height(), scale_of(loop)}, now);
  loop.window.show_frame();
  loop.window.set_title(loop.frames.shell().title());
  loop.window.set_cursor(cursor_shape(ImGui::GetMouseCursor()));
}

}  // namespace

int run_window(session::Session session, const WindowOptions& options) {
  const std::unique_ptr<Store> store = make_store(std::move(session), options);
  throw_first_failure(*store);
  Loop loop(*store, options);
  while (!loop.frames.shell().wants_to_quit()) {
    step(loop);
    throw_first_failure(*store);
  }
  save_settings(loop);
  return 0;
}

}  // namespace convscope::window
