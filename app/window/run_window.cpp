#include "app/window/run_window.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/files/bundled.h"
#include "app/window/display_loss.h"
#include "app/window/frame_limit.h"
#include "app/window/frame_loop.h"
#include "app/window/glfw_window.h"
#include "app/window/keep/autosave.h"
#include "app/window/keep/memory.h"
#include "app/window/keep/quiet_notices.h"
#include "app/window/keep/recovery.h"
#include "app/window/keep/watch.h"
#include "app/window/notes_window.h"
#include "app/window/sooner.h"
#include "app/window/stop_signal.h"
#include "app/window/store.h"

namespace convscope::window {
namespace {

// Most files are open sooner than this, so the window opens on them; for a bad one no window opens.
constexpr double kFirstFilePatience = 0.5;

// For so many seconds after the start the window system may still move and size the window.
constexpr double kSettling = 2;

std::unique_ptr<Store> make_store(session::Session session, const WindowOptions& options) {
  if (!options.open) {
    return std::make_unique<Store>(std::move(session), options.algorithm);
  }
  auto store = std::make_unique<Store>(std::move(session),
                                       ToOpen{.what = *options.open, .options = options.opening},
                                       options.algorithm);
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
    case ImGuiMouseCursor_None:
      return CursorShape::kNone;
    default:
      return CursorShape::kArrow;
  }
}

panels::widgets::Clipboard clipboard_of(GlfwWindow& window) {
  return {.read = [&window] { return window.clipboard(); },
          .write = [&window](const std::string& text) { window.set_clipboard(text); }};
}

WindowOptions::Size size_of(const WindowOptions& options) {
  return options.size.value_or(WindowOptions::Size{});
}

// The remembered place, unless the command line asks for a size.
std::optional<files::WindowPlace> place_of(const WindowOptions& options) {
  return options.size ? std::nullopt : options.settings.window;
}

// What the body of the loop works on.
struct Loop {
  Loop(Store& the_store, const WindowOptions& the_options)
      : options(the_options),
        window(size_of(options).width, size_of(options).height, options.size.has_value(),
               "Convscope", place_of(options)),
        store(the_store),
        frames(store, metrics, GlfwWindow::seconds(), clipboard_of(window)),
        memory(options.settings_file, options.settings),
        autosave(options.autosave_folder, options.program),
        recovery(options.autosave_folder) {
    store.on_ready([] { GlfwWindow::wake(); });
    frames.shell().on_ready([] { GlfwWindow::wake(); });
    files::Settings start = options.settings;
    if (options.scale) {
      start.scale = *options.scale;
    }
    frames.shell().set_up(start);
    frames.shell().watch(options.watch);
    if (options.welcome) {
      frames.shell().welcome();
    }
    if (options.settings_problem) {
      store.dispatch(session::action::Notify{*options.settings_problem});
    }
  }
  ~Loop() {
    store.on_ready({});
    frames.shell().on_ready({});
  }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  WindowOptions options;
  GlfwWindow window;
  picture::TextMetrics metrics = files::bundled_metrics();
  Store& store;
  FrameLoop frames;
  FrameLimit limit;
  Memory memory;
  files::WindowPlace settled;  // where it stood before anybody moved it: no choice
  Autosave autosave;
  Recovery recovery;
  QuietNotices quiet;
  bool presenting = false;
  bool display_lost = false;
  std::unique_ptr<NotesWindow> notes;
  Watch watch;
};

float scale_of(Loop& loop) {
  // Asked for each frame: a window may move to another monitor, or get another height.
  const float by_height = static_cast<float>(loop.window.height()) / 1080.0f;
  // Quarter steps: the font atlas is rebuilt for each, and a resize should not do so all the time.
  const float chosen = std::max({1.0f, by_height, loop.window.content_scale()});
  return loop.frames.shell().scale().value_or(std::floor(chosen * 4) / 4);
}

// How long the loop may sleep before its next frame.
std::optional<double> patience(const Loop& loop) {
  const double now = GlfwWindow::seconds();
  std::optional<double> frame = loop.window.minimized() ? std::nullopt : loop.frames.patience();
  if (frame) {
    frame = std::max(*frame, loop.limit.rest(now, loop.window.refresh_rate()));
  }
  return sooner(frame, sooner(loop.watch.due_in(now),
                              sooner(loop.memory.due_in(now), loop.autosave.due_in(now))));
}

// Settings that can't be written are a notice; the program goes on without.
void save_settings(Loop& loop) {
  try {
    loop.memory.save();
    loop.quiet.well("settings_unwritable");
  } catch (const Failure& failure) {
    loop.quiet.add(failure.problem());
  }
}

void remember(Loop& loop, double now) {
  files::Settings settings = loop.frames.shell().settings();
  if (now < kSettling) {
    loop.settled = loop.window.place();
  }
  settings.window = loop.window.place() == loop.settled ? loop.options.settings.window
                                                        : std::optional(loop.window.place());
  loop.memory.watch(settings, loop.store.path(), now);
  loop.frames.shell().show_recent_files(loop.memory.recent_files());
  if (loop.memory.due_in(now) == 0.0) {
    save_settings(loop);
  }
}

void keep_safe(Loop& loop, double now) {
  loop.recovery.watch(loop.frames.shell(), loop.store, loop.autosave);
  loop.autosave.watch(loop.store, now);
  if (std::optional<Problem> problem = loop.autosave.take_problem()) {
    loop.quiet.add(std::move(*problem));
  }
  const bool stands = loop.store.session().transient.notice.has_value();
  if (std::optional<Problem> problem = loop.quiet.next(stands)) {
    loop.store.dispatch(session::action::Notify{std::move(*problem)});
  }
}

std::string clock_text() {
  const std::time_t now = std::time(nullptr);
  std::array<char, 8> text{};
  const std::tm* local = std::localtime(&now);
  return local != nullptr
             ? std::string(text.data(), std::strftime(text.data(), text.size(), "%H:%M", local))
             : "";
}

// Full screen, and the notes beside it; where there is a second screen they open by themselves.
void follow_presenter(Loop& loop) {
  Shell& shell = loop.frames.shell();
  const bool begins = shell.presents() && !loop.presenting;
  loop.presenting = shell.presents();
  if (begins && GlfwWindow::has_second_screen()) {
    shell.set_notes(true);
  }
  loop.window.set_full_screen(loop.presenting);
  if (!shell.wants_notes()) {
    loop.notes.reset();
    return;
  }
  if (!loop.notes) {
    try {
      loop.notes =
          std::make_unique<NotesWindow>(loop.window, loop.store.locale().text("panel.notes"));
    } catch (const Failure& failure) {
      shell.set_notes(false);
      loop.store.dispatch(session::action::Notify{failure.problem()});
      return;
    }
  }
  if (loop.notes->take_close_request()) {
    shell.set_notes(false);
  }
  loop.notes->frame(shell, clock_text());
}

// The body of the loop: one wait and at most one frame. In a browser the browser calls it.
void step(Loop& loop, const DisplayLoss& display_loss) {
  loop.window.wait(patience(loop));
  for (const panels::InputEvent& event : loop.window.take_events()) {
    loop.frames.shell().push(event);
  }
  if (loop.notes) {
    for (const panels::InputEvent& event : loop.notes->take_keys()) {
      loop.frames.shell().push(event);
    }
  }
  for (const std::string& path : loop.window.take_dropped_files()) {
    loop.frames.shell().ask_to_open(path);
  }
  if (loop.window.take_close_request()) {
    loop.display_lost = display_loss.compositor_lost();
    if (loop.display_lost) {
      return;
    }
    loop.frames.shell().ask_to_quit();
    if (!loop.frames.shell().wants_to_quit()) {
      loop.window.restore();  // there is a question to be seen
    }
  }
  if (loop.window.take_focus()) {
    loop.frames.shell().look_at_disk();
  }
  const double now = GlfwWindow::seconds();
  remember(loop, now);
  keep_safe(loop, now);
  loop.watch.turn(loop.store, loop.frames.shell().is_watching(), now);
  if (loop.window.minimized()) {
    loop.frames.rest(now);
    return;
  }
  loop.frames.turn({loop.window.width(), loop.window.height(), scale_of(loop)}, now);
  loop.window.show_frame();
  loop.limit.note(now, GlfwWindow::seconds());
  follow_presenter(loop);
  loop.window.set_title(loop.frames.shell().title());
  loop.window.set_cursor(cursor_shape(ImGui::GetMouseCursor()));
}

// Nobody can be asked now, so unsaved work is kept for the next start.
void keep_for_next_start(Loop& loop) {
  save_settings(loop);
  if (loop.store.unsaved()) {
    loop.autosave.flush(loop.store);
  } else {
    loop.autosave.finish();
  }
}

int end_by(int signal, Loop& loop) {
  constexpr int kBySignal = 128;  // as shells count
  keep_for_next_start(loop);
  return kBySignal + signal;
}

int end_without_display(Loop& loop) {
  constexpr int kNotOnThisMachine = 3;
  keep_for_next_start(loop);
  const std::string sentence = loop.store.locale().sentence({"display_lost", "", {}});
  std::fprintf(stderr, "convscope: %s\n", sentence.c_str());
  return kNotOnThisMachine;
}

}  // namespace

int run_window(session::Session session, const WindowOptions& options) {
  const std::unique_ptr<Store> store = make_store(std::move(session), options);
  throw_first_failure(*store);
  if (options.answer_file) {
    store->keep_answers_in(*options.answer_file);
  }
  Loop loop(*store, options);
  const StopSignal stop([] { GlfwWindow::wake(); });
  const DisplayLoss display_loss([&loop] { return end_without_display(loop); });
  try {
    while (!loop.frames.shell().wants_to_quit()) {
      if (const std::optional<int> signal = stop.received()) {
        return end_by(*signal, loop);
      }
      step(loop, display_loss);
      if (loop.display_lost) {
        return end_without_display(loop);
      }
      throw_first_failure(*store);
    }
  } catch (...) {
    loop.autosave.flush(*store);
    throw;
  }
  save_settings(loop);
  loop.autosave.finish();
  return 0;
}

}  // namespace convscope::window
