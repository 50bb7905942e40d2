// What exists only between two keystrokes: half-typed text, open menus, a drag in progress. Nobody
// saves, replays or undoes it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/panels/dialogs/exporting.h"
#include "app/panels/inspector/building.h"
#include "app/panels/present/presenter.h"
#include "app/panels/widgets/focus_order.h"
#include "app/panels/widgets/tip_clock.h"
#include "core/import/files/named_arrays.h"
#include "core/lesson/build/blank.h"
#include "core/picture/display/picture.h"
#include "core/session/session.h"

namespace convscope::panels {

struct FileEntry {
  std::string name;
  bool folder = false;
};

// A small picture, or words, of the file that is chosen. The front makes it when the choice
// changes.
struct FilePreview {
  std::uint64_t texture = 0;  // its pixels, top row first; 0: none
  int width = 0;
  int height = 0;
  std::string title;
  std::string text;
};

// Our own list of files: Debian ships no dialog library. The front fills `entries`.
struct FileDialog {
  enum class Mode { kClosed, kOpen, kSave, kExport, kNumbers, kHandout };
  // What Enter goes to; Tab moves on.
  enum class Part { kName, kList, kUp, kSystem, kCancel, kAccept };
  Mode mode = Mode::kClosed;
  std::string folder;
  std::string parent;  // of `folder`; empty at the top
  std::vector<FileEntry> entries;
  std::optional<std::string> wanted;  // a folder to list
  std::string name;                   // half-typed
  bool focus = false;                 // give the name the keyboard at its first frame
  bool propose = false;               // the front is to make `name` one that is free
  int chosen = -1;                    // of the rows, recent files first; -1: the name is typed
  Part part = Part::kName;
  std::string wanted_preview;  // the chosen file
  FilePreview preview;
  std::optional<std::string> used_folder;  // where a file was last chosen
  std::optional<std::string> refusal;      // why Enter was refused: a key in the locale
  bool has_system = false;                 // the system has a dialog of its own
  bool ask_system = false;                 // somebody wants that one
  std::optional<std::string> answered;     // the path that was chosen there
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
  enum class Kind { kValue, kWindow, kPan, kOrbit, kPaint };
  Kind kind = Kind::kPan;
  std::optional<session::Target> target;
  float start_value = 0;
  picture::Point start;
  session::Camera camera;  // at the start
  session::Orbit orbit;
  bool moved = false;
};

// What the pointer does to cells, and with what.
struct Brush {
  enum class Tool { kPointer, kBrush, kEraser };
  Tool tool = Tool::kPointer;
  // Without a choice they follow what is painted on (brush.h).
  std::optional<float> value;
  std::optional<std::int64_t> size;  // diameter in cells
  bool all_channels = false;
  std::optional<std::string> typed;  // a half-typed value

  bool in_hand() const { return tool != Tool::kPointer; }
};

struct MapStatistics;

// Settings of the training with a half-typed number.
struct TypedTraining {
  conv::Optimizer optimizer;
  std::int64_t steps = 200;
};

// What would leave the document on screen: another one, or the end of the program. The front does
// it at once unless there are edits to lose; then it waits for an answer.
struct Leaving {
  enum class Answer { kNone, kSave, kDiscard };
  std::optional<std::string> open = std::nullopt;  // nothing: the program ends
  Answer answer = Answer::kNone;  // after kSave it goes on when the document is saved
  bool autosave = false;          // `open` is work that a dead program left
  bool shrink = false;            // `open` is an image to be scaled down
  std::optional<std::int64_t> scene = std::nullopt;   // of `open`, a bundled lesson: where to go on
  std::optional<lesson::Lesson> made = std::nullopt;  // a new document, instead of `open`
  std::optional<Problem> remark = std::nullopt;       // a notice about it
};

// A file for the front to write.
struct FileWrite {
  enum class Kind { kLesson, kStage, kNumbers, kHandout };
  Kind kind = Kind::kLesson;
  std::string path;
  std::string bytes = {};  // of kNumbers
  bool replace = false;    // whatever stands there, as somebody has answered
  bool foreign = false;    // of the document's own file: another program has changed it since
};

// Something to be had for a press, quietly: the front waits for the answer, nobody has to give one.
struct Offer {
  enum class Answer { kNone, kTake, kLeave };
  std::string file;
  lesson::LocalizedText title = {};  // of the lesson in it, if that is known
  Answer answer = Answer::kNone;
};

// The command palette while it is open.
struct CommandPalette {
  std::string typed;
  int chosen = 0;     // of the entries found, from 0
  bool focus = true;  // give the field the keyboard at its first frame
};

// The list of what can be practised, while it is open.
struct PracticeList {
  std::string seed = "1";  // of a quiz, as it is typed
};

// What is typed and chosen while a question is on the stage.
struct AnswerDraft {
  std::optional<std::size_t> number;  // of the question that it belongs to, from 0
  std::string text = {};
  std::string blank = {};
  int chosen = -1;     // the option that Enter gives; -1: none yet
  bool focus = false;  // give the field the keyboard at its first frame
};

// What one can start with, while it is on screen.
struct Welcome {
  std::string pasted = {};                        // layers as code
  std::optional<Problem> refusal = std::nullopt;  // why they could not be read
  lesson::BlankSizes blank = {};
};

// The arrays of a file, while one is chosen.
struct ArrayChooser {
  std::string file;
  std::vector<imports::NamedArray> arrays;
  std::size_t chosen = 0;
  std::string slice = {};  // half-typed
  bool focus = true;       // give the slice the keyboard at its first frame
  // What Tab has made Enter do; else what is likeliest.
  std::optional<session::TensorRole> use = std::nullopt;
};

struct UiState {
  bool help_open = false;
  std::string help_words;  // what is looked for in the help
  std::optional<Welcome> welcome;
  // Hints of the tour whose thing was done; nothing: there is no tour.
  std::optional<std::vector<std::string>> hints_done;
  std::vector<std::string> finished_lessons;  // ids of bundled ones that were played to their end
  std::map<std::string, std::int64_t> lesson_scenes;  // where those were left that were begun
  std::optional<std::int64_t> resume_scene;           // of the lesson that is about to be opened
  std::optional<CommandPalette> palette;
  std::optional<PracticeList> practice;
  AnswerDraft draft;
  std::optional<Presenter> presenter;  // while somebody presents
  bool quit = false;
  std::optional<Leaving> leaving;
  std::optional<FileWrite> write;
  std::optional<FileWrite> replacing;  // its file is there already: a question
  std::optional<Offer> recovery;       // the unsaved work of a program that died
  std::optional<Offer> theirs;         // the document's file, changed by another program
  std::optional<Offer> shrink;         // an image that is too large
  std::optional<ArrayChooser> arrays;
  bool paste = false;  // somebody wants what is on the clipboard
  std::optional<std::int64_t>
      paste_filter;       // then the filter that numbers are for; none: the input
  bool watching = false;  // the lesson's files are read again when they change
  int answer = 0;         // of a question: the one that Enter gives
  KeyFocus keys = KeyFocus::kStage;
  std::optional<float> scale;  // of the interface; without a choice it follows window and monitor
  widgets::FocusOrder focus;
  std::optional<session::Target> cursor;  // the cell of the stage that the arrows have reached
  int dropdown_choice = -1;               // of the open dropdown: the one that Enter takes
  // Whether the side panels are wanted; without a choice they show when there is room.
  std::optional<bool> lessons_open;
  std::optional<bool> inspector_open;
  FileDialog files;
  session::ExportChoice export_choice;  // the last one
  std::optional<Exporting> exporting;
  std::optional<ExportProgress> export_progress;
  bool copy_picture = false;  // somebody wants the stage on the clipboard
  std::optional<ValueEditor> editor;
  std::optional<std::string> wanted_field;    // a setting whose field is to get the keyboard
  std::optional<conv::LayerSpec> typed_spec;  // settings with a half-typed number
  std::optional<TypedTraining> typed_training;
  Building building;
  std::optional<StageDrag> drag;
  std::optional<picture::Point> pointer;  // on the stage, as its camera counts
  Brush brush;
  bool loupe = false;
  float tools_width = 0;  // what the tools took of the stage's first line in the last frame
  std::shared_ptr<const MapStatistics> statistics;  // of the map that the inspector told last
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
enum class Modal { kNone, kHelp, kPractice, kPalette, kArrays, kFiles, kQuestion };

inline Modal topmost_modal(const UiState& ui, bool unsaved) {
  return has_question(ui, unsaved)                    ? Modal::kQuestion
         : ui.files.mode != FileDialog::Mode::kClosed ? Modal::kFiles
         : ui.arrays                                  ? Modal::kArrays
         : ui.palette                                 ? Modal::kPalette
         : ui.practice                                ? Modal::kPractice
         : ui.help_open                               ? Modal::kHelp
                                                      : Modal::kNone;
}

}  // namespace convscope::panels
