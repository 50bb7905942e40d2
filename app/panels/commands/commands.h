// The table of commands: what keys, buttons and menus do. Shortcuts, tooltips and the help read it.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/panels/commands/input.h"
#include "app/panels/panels.h"

namespace convscope::panels {

// Room for commands generated from other tables: two per view (show it, put it beside the current
// one) and one per toggle.
inline constexpr int kMostOfATable = 64;

enum class Command {
  kPlay,
  kNext,
  kPrevious,
  kNextTold,
  kPreviousTold,
  kNextRow,
  kPreviousRow,
  kFirst,
  kLast,
  kSlower,
  kFaster,
  kGranularity,
  kBesideNone,
  kCode,
  kNextScene,
  kPreviousScene,
  kNextFilter,
  kZoomIn,
  kZoomOut,
  kFit,
  kPointer,
  kBrush,
  kEraser,
  kBrushSmaller,
  kBrushLarger,
  kLoupe,
  kSplit,
  kStrongest,
  kWeakest,
  kUnpin,
  kFlip,
  kCompareLesson,
  kCompareBefore,
  kComparePadding,
  kCompareStride,
  kCompareSame,
  kCompareNone,
  kUndo,
  kRedo,
  kNew,
  kDrawDigit,
  kOpen,
  kSave,
  kSaveAs,
  kExport,
  kCopyPicture,
  kSaveNumbers,
  kCancelExport,
  kHandout,
  kCopy,
  kPaste,
  kWatch,
  kShrink,
  kDropShrink,
  kDescribe,
  kResetScene,
  kRecover,
  kDropRecovery,
  kTakeTheirs,
  kKeepMine,
  kLanguage,
  kTheme,
  kLessons,
  kInspector,
  kStrip,
  kShowInput,
  kShowFilter,
  kShowLayer,
  kShowMap,
  kShowTexts,
  kRemoveLayer,
  kLayerEarlier,
  kLayerLater,
  kLarger,
  kSmaller,
  kOwnScale,
  kHelp,
  kHints,
  kPalette,
  kPresent,
  kBlank,
  kPen,
  kEraseStrokes,
  kSpotlight,
  kZoomToPointer,
  kNotes,
  kAsk,
  kPractice,
  kQuiz,
  kClose,
  kQuit,
  kFirstView,
  kFirstBeside = kFirstView + kMostOfATable,
  kFirstToggle = kFirstBeside + kMostOfATable,
  kEnd = kFirstToggle + kMostOfATable,
};

Command show_command(lesson::View view);
Command beside_command(lesson::View view);
Command toggle_command(bool session::Toggles::* setting);

// When a command's keys work.
struct Hearing {
  bool repeats = false;     // holding the key repeats it
  bool stage_only = false;  // only while the stage has the focus (key_focus.h)
  // Only while somebody presents; then its keys are taken from other commands.
  bool presenting_only = false;
};

inline constexpr Hearing kOnStage = {.stage_only = true};
inline constexpr Hearing kRepeatsOnStage = {.repeats = true, .stage_only = true};

struct CommandRow {
  Command command;
  std::string_view name;         // below "shortcut." in the locale
  std::vector<KeyChord> chords;  // may be none
  Hearing hearing;
  std::function<void(const PanelContext&)> run;
  // Whether it would do anything now; nullptr: always.
  std::function<bool(const PanelContext&)> enabled = nullptr;
  // What it would act on now, told behind its name; may be empty. nullptr: nothing to tell.
  std::function<std::string(const PanelContext&)> object = nullptr;
};

std::span<const CommandRow> commands();
const CommandRow& row_of(Command command);

// Asks for actions or changes the interface.
void run_command(Command command, const PanelContext& context);
bool is_enabled(Command command, const PanelContext& context);
// A to D pick an answer of an open question. No command: then other commands may have these keys.
void answer_by_key(const InputEvent& event, const PanelContext& context);
// What holds only while its key is down ends with the key.
void release_by_key(const InputEvent& event, const PanelContext& context);

// The rows by topic, in the order of the help.
std::vector<CommandRow> time_commands();
std::vector<CommandRow> look_commands();
std::vector<CommandRow> stage_commands();
std::vector<CommandRow> document_commands();
std::vector<CommandRow> ask_commands();
std::vector<CommandRow> present_commands();
std::vector<CommandRow> window_commands();

// Helpers for the tables: key chords, and a command that is one action.
inline KeyChord key(Key key) { return {key, false, false, 0}; }
inline KeyChord shift(Key key) { return {key, false, true, 0}; }
inline KeyChord ctrl(Key key) { return {key, true, false, 0}; }
inline KeyChord ctrl_shift(Key key) { return {key, true, true, 0}; }
inline KeyChord typed(char32_t character) { return {Key::kNone, false, false, character}; }

inline std::function<void(const PanelContext&)> asks_for(session::Action action) {
  return [action = std::move(action)](const PanelContext& context) { context.emit(action); };
}

}  // namespace convscope::panels
