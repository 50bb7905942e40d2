// The one table of commands and their keys. Handling, the help overlay and the tooltips are all
// made from it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/panels/commands/input.h"
#include "app/panels/panels.h"

namespace convscope::panels {

enum class Command {
  kPlay,
  kNext,
  kPrevious,
  kNextRow,
  kPreviousRow,
  kFirst,
  kLast,
  kSlower,
  kFaster,
  kLoop,
  kGranularity,
  kViewFlat,
  kViewVolume,
  kViewStrip,
  kViewNeuron,
  kViewMatrix,
  kViewDescent,
  kViewCoverage,
  kViewReceptiveField,
  kBesideFlat,
  kBesideVolume,
  kBesideStrip,
  kBesideNeuron,
  kBesideMatrix,
  kBesideDescent,
  kBesideCoverage,
  kBesideReceptiveField,
  kBesideNone,
  kCode,
  kGuided,
  kNextScene,
  kPreviousScene,
  kNextFilter,
  kZoomIn,
  kZoomOut,
  kFit,
  kUndo,
  kRedo,
  kOpen,
  kSave,
  kSaveAs,
  kExport,
  kCopy,
  kLanguage,
  kTheme,
  kLessons,
  kInspector,
  kHelp,
  kClose,
  kQuit,
};

// A key by its place on the keyboard, or (key = kNone) a character that was typed.
struct KeyChord {
  Key key = Key::kNone;
  bool ctrl = false;
  bool shift = false;
  char32_t character = 0;
};

struct Shortcut {
  Command command;
  std::string_view label;        // below "shortcut." in the locale
  std::vector<KeyChord> chords;  // the first few are shown
  bool repeats = false;          // whether holding the key goes on
  bool stage_only = false;       // whether its keys need the stage's focus (key_focus.h)
};

std::span<const Shortcut> shortcuts();

// The command of a key press or of a typed character. What a key types, `following`, comes first:
// Shift+7 is ? on a Russian layout.
std::optional<Command> command_of(const InputEvent& event, const InputEvent* following = nullptr);

// What a command does now: actions for the session, or a change of the interface.
void run_command(Command command, const PanelContext& context);

// "Ctrl+Z", "Space"; empty for a command without keys. All chords, " / " between them, for help.
std::string chord_text(const KeyChord& chord, const lesson::Locale& locale);
std::string keys_text(const Shortcut& shortcut, const lesson::Locale& locale);
// "Play or pause" and "Space": a control's tooltip.
std::string tooltip_text(Command command, const lesson::Locale& locale);

}  // namespace convscope::panels
