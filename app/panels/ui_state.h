// What exists only between two keystrokes: half-typed text, open menus, a drag in progress. Nobody
// saves, replays or undoes it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/panels/widgets/focus_order.h"
#include "app/panels/widgets/tip_clock.h"
#include "core/picture/display/picture.h"
#include "core/session/session.h"

namespace convscope::panels {

struct FileEntry {
  std::string name;
  bool folder = false;
};

// Our own list of files: Debian ships no dialog library. The front fills `entries`.
struct FileDialog {
  enum class Mode { kClosed, kOpen, kSave, kExport };
  Mode mode = Mode::kClosed;
  std::string folder;
  std::string parent;  // of `folder`; empty at the top
  std::vector<FileEntry> entries;
  std::optional<std::string> wanted;  // a folder to list
  std::string name;                   // half-typed
  bool focus = false;                 // give the name the keyboard at its first frame
};

// A value that is being typed over its cell.
struct ValueEditor {
  session::Target target;
  std::string text;
  bool focus = true;
  int patience = 4;  // frames until the field must have the keyboard; keys wait for it
  std::optional<std::string> refusal;  // why the last Enter was refused: a key in the locale
};

// A press on the stage that may become a drag.
struct StageDrag {
  enum class Kind { kValue, kWindow, kPan, kOrbit };
  Kind kind = Kind::kPan;
  std::optional<session::Target> target;
  float start_value = 0;
  picture::Point start;
  session::Camera camera;  // at the start
  session::Orbit orbit;
  bool moved = false;
};

// Settings of the training with a half-typed number.
struct TypedTraining {
  conv::Optimizer optimizer;
  std::int64_t steps = 200;
};

// What would leave the document on screen: another one, or the end of the program. The front does
// it at once unless there are edits to lose; then it waits for an answer.
struct Leaving {
  enum class Answer { kNone, kSave, kDiscard };
  std::optional<std::string> open;  // nothing: the program ends
  Answer answer = Answer::kNone;    // after kSave it goes on when the document is saved
  std::optional<lesson::Lesson> made = std::nullopt;  // a new document, instead of `open`
};

// A file for the front to write.
struct FileWrite {
  enum class Kind { kLesson, kStage };
  Kind kind = Kind::kLesson;
  std::string path;
  bool replace = false;  // whatever stands there, as somebody has answered
};

// The command palette while it is open.
struct CommandPalette {
  std::string typed;
  int chosen = 0;     // of the entries found, from 0
  bool focus = true;  // give the field the keyboard at its first frame
};

// What one can start with, while it is on screen.
struct Welcome {
  std::string pasted = {};                        // layers as code
  std::optional<Problem> refusal = std::nullopt;  // why they could not be read
  std::int64_t size = 8;                          // of a blank input
  std::int64_t channels = 1;
  std::int64_t kernel = 3;
};

struct UiState {
  bool help_open = false;
  std::string help_words;  // what is looked for in the help
  std::optional<Welcome> welcome;
  // Hints of the tour whose thing was done; nothing: there is no tour.
  std::optional<std::vector<std::string>> hints_done;
  std::optional<CommandPalette> palette;
  bool quit = false;
  std::optional<Leaving> leaving;
  std::optional<FileWrite> write;
  std::optional<FileWrite> replacing;  // its file is there already: a question
  int answer = 0;                      // of a question: the one that Enter gives
  KeyFocus keys = KeyFocus::kStage;
  widgets::FocusOrder focus;
  std::optional<session::Target> cursor;  // the cell of the stage that the arrows have reached
  int dropdown_choice = -1;               // of the open dropdown: the one that Enter takes
  // Whether the side panels are wanted; without a choice they show when there is room.
  std::optional<bool> lessons_open;
  std::optional<bool> inspector_open;
  FileDialog files;
  std::optional<ValueEditor> editor;
  std::optional<std::string> wanted_field;    // a setting whose field is to get the keyboard
  std::optional<conv::LayerSpec> typed_spec;  // settings with a half-typed number
  std::optional<TypedTraining> typed_training;
  std::optional<StageDrag> drag;
  bool pointed = false;  // the pointer is what the session's hover comes from
  widgets::TipClock tip;
  std::optional<std::string> clipboard;  // text for the front to copy
};

// Whether a question is on screen, given that the document has edits to lose or has none.
inline bool has_question(const UiState& ui, bool unsaved) {
  const bool asks_to_leave = unsaved && ui.leaving && ui.leaving->answer == Leaving::Answer::kNone;
  return ui.replacing || asks_to_leave;
}

// What may lie over everything else, one at a time: the others wait below the topmost.
enum class Modal { kNone, kHelp, kPalette, kFiles, kQuestion };

inline Modal topmost_modal(const UiState& ui, bool unsaved) {
  return has_question(ui, unsaved)                    ? Modal::kQuestion
         : ui.files.mode != FileDialog::Mode::kClosed ? Modal::kFiles
         : ui.palette                                 ? Modal::kPalette
         : ui.help_open                               ? Modal::kHelp
                                                      : Modal::kNone;
}

}  // namespace convscope::panels
