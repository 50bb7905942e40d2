// What exists only between two keystrokes: half-typed text, open menus, a drag in progress. Nobody
// saves, replays or undoes it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/panels/tip_clock.h"
#include "core/lesson/session.h"
#include "core/picture/picture.h"

namespace convscope {

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
  bool overwrite_asked = false;       // "replace it?" is on screen
  bool focus = false;                 // give the name the keyboard at its first frame
};

// The part of the window that the keyboard belongs to; key_focus.h has the rules.
enum class KeyFocus { kStage, kLessons, kInspector };

// A value that is being typed over its cell.
struct ValueEditor {
  Target target;
  std::string text;
  bool focus = true;
  int patience = 4;  // frames until the field must have the keyboard; keys wait for it
  std::optional<std::string> refusal;  // why the last Enter was refused: a key in the locale
};

// A press on the stage that may become a drag.
struct StageDrag {
  enum class Kind { kValue, kWindow, kPan, kOrbit };
  Kind kind = Kind::kPan;
  std::optional<Target> target;
  float start_value = 0;
  Point start;
  Camera camera;  // at the start
  Orbit orbit;
  bool moved = false;
};

// Settings of the training with a half-typed number.
struct TypedTraining {
  Optimizer optimizer;
  std::int64_t steps = 200;
};

struct UiState {
  bool help_open = false;
  bool quit = false;
  KeyFocus keys = KeyFocus::kStage;
  // Whether the side panels are wanted; without a choice they show when there is room.
  std::optional<bool> lessons_open;
  std::optional<bool> inspector_open;
  FileDialog files;
  std::optional<ValueEditor> editor;
  std::optional<LayerSpec> typed_spec;  // settings with a half-typed number
  std::optional<TypedTraining> typed_training;
  std::optional<StageDrag> drag;
  bool pointed = false;  // the pointer is what the session's hover comes from
  TipClock tip;
  std::optional<std::string> clipboard;    // text for the front to copy
  std::optional<std::string> export_path;  // a picture of the stage for the front to write
};

}  // namespace convscope
