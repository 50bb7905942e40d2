// What a frame's actions ask for beside the document: dialogs, the clipboard, files, exports.
#include <utility>

#include "app/files/array_file.h"
#include "app/files/system/file_io.h"
#include "app/window/folder_listing.h"
#include "app/window/keep/keep_work.h"
#include "app/window/shell/shell_state.h"
#include "core/handout/handout.h"

namespace convscope::window {
namespace {

files::SystemDialog::Question system_question(const panels::FileDialog& dialog,
                                              const lesson::Locale& locale) {
  using Mode = panels::FileDialog::Mode;
  const bool save = dialog.mode != Mode::kOpen;
  const bool saves =
      dialog.mode == Mode::kSave || dialog.mode == Mode::kNumbers || dialog.mode == Mode::kHandout;
  const char* title = saves                          ? "panel.save"
                      : dialog.mode == Mode::kExport ? "panel.export"
                                                     : "panel.open";
  return {.save = save,
          .title = locale.text(title),
          .start = dialog.folder + "/" + (save ? dialog.name : "")};
}

}  // namespace

// A picture of the whole window is drawn in an ImGui context of its own.
void Shell::State::start_export(const std::string& path) {
  frames_due = kFramesAfterEvent;
  try {
    exports.start(ui, store, path);
  } catch (...) {
    ImGui::SetCurrentContext(life.context);
    throw;
  }
  ImGui::SetCurrentContext(life.context);
}

void Shell::State::serve_exports() {
  guard([&] {
    if (std::exchange(ui.copy_picture, false) && !exports.is_busy() && !store.empty()) {
      start_export("");
    }
    if (exports.turn(ui, store)) {
      frames_due = kFramesAfterEvent;
    }
  });
}

// Of the user's own lesson, whatever exercise is on the stage.
void Shell::State::write_handout(const std::string& path) {
  const session::Session own = session::own_session(store.session());
  files::write_file(path, handout::handout_html(*own.document.lesson, store.locale(), metrics));
  store.dispatch(session::action::Notify{{"saved", "", {{"file", path}}}});
}

void Shell::State::write(const panels::FileWrite& file) {
  if (file.kind == panels::FileWrite::Kind::kLesson) {
    store.dispatch(session::action::Save{file.path});
  } else if (file.kind == panels::FileWrite::Kind::kNumbers) {
    files::write_file(file.path, file.bytes);
    store.dispatch(session::action::Notify{{"saved", "", {{"file", file.path}}}});
  } else if (file.kind == panels::FileWrite::Kind::kHandout) {
    write_handout(file.path);
  } else {
    start_export(file.path);
  }
}

// With nothing to open, the program ends.
void Shell::State::leave(panels::Leaving leaving) {
  ui.leaving = std::move(leaving);
  settle_leaving(ui, store);
  frames_due = kFramesAfterEvent;
}

void Shell::State::perform(const session::Actions& actions) {
  for (const session::Action& action : actions) {
    if (const auto* open = action.as<session::action::Open>()) {
      if (files::has_array_ending(open->what)) {
        choose_array(open->what);
      } else {
        ui.leaving = panels::Leaving{.open = open->what,
                                     .shrink = open->shrink,
                                     .scene = std::exchange(ui.resume_scene, std::nullopt)};
      }
    } else if (const auto* made = action.as<session::action::Opened>()) {
      ui.leaving = panels::Leaving{.made = made->lesson};
    } else if (const auto* told = action.as<session::action::Notify>();
               told != nullptr && ui.leaving && ui.leaving->made) {
      ui.leaving->remark = told->notice;  // opening takes notices away
    } else {
      store.dispatch(action);
    }
  }
  if (ui.clipboard && clipboard.write) {
    clipboard.write(*ui.clipboard);
  }
  ui.clipboard.reset();
  guard([&] {
    if (const std::optional<panels::FileWrite> ready = take_write(ui, store)) {
      write(*ready);
    }
  });
  settle_theirs(ui, store);
  settle_shrink(ui, store);
  settle_leaving(ui, store);
  if (const std::optional<std::string> wanted = std::exchange(ui.files.wanted, std::nullopt)) {
    guard([&] { list_folder(*wanted, ui.files); });
    frames_due = kFramesAfterEvent;
  }
  serve_dialog();
  serve_clipboard();
  serve_exports();
  if (!actions.empty()) {
    frames_due = kFramesAfterEvent;
  }
}

// Arrays don't tell what they are for: somebody chooses one.
void Shell::State::choose_array(const std::string& path) {
  guard([&] {
    std::vector<imports::NamedArray> arrays = files::arrays_of(path);
    if (arrays.empty()) {
      throw Failure({"arrays_none_fits", "", {{"file", path}, {"names", ""}}});
    }
    ui.files.mode = panels::FileDialog::Mode::kClosed;
    ui.welcome.reset();
    ui.arrays = panels::ArrayChooser{.file = path, .arrays = std::move(arrays)};
  });
  frames_due = kFramesAfterEvent;
}

// A frame performs what the clipboard asks for when it is there.
void Shell::State::serve_clipboard() {
  const auto perform_all = [&](const session::Actions& actions) {
    if (!actions.empty()) {
      perform(actions);
    }
  };
  guard([&] {
    if (std::exchange(ui.paste, false)) {
      perform_all(
          pasting.paste(clipboard.read ? clipboard.read() : "", store.session(), ui.paste_filter));
    }
    perform_all(pasting.take(store));
  });
}

// The preview and the system's own dialog, which both take their time.
void Shell::State::serve_dialog() {
  panels::FileDialog& dialog = ui.files;
  const bool closed = dialog.mode == panels::FileDialog::Mode::kClosed;
  if (previewer.follow(closed ? "" : dialog.wanted_preview, store.locale(), dialog.preview)) {
    frames_due = kFramesAfterEvent;
  }
  const bool asked = std::exchange(dialog.ask_system, false);
  if (closed) {
    system_dialog.close();  // its answer must not be taken for that to a later question
  } else if (asked) {
    system_dialog.ask(system_question(dialog, store.locale()));
  }
  const std::optional<std::string> answer = system_dialog.take();
  if (answer && !answer->empty() && !closed) {
    dialog.answered = answer;
    frames_due = kFramesAfterEvent;
  }
}

}  // namespace convscope::window
