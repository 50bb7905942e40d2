// Commands about the document: its edits, its file, its map.
#include <algorithm>

#include "app/panels/all_languages.h"
#include "app/panels/commands/commands.h"
#include "app/panels/commands/copy_as.h"
#include "app/panels/dialogs/export_panel.h"
#include "app/panels/dialogs/file_rows.h"
#include "app/panels/file_names.h"
#include "app/panels/inspector/filter_tab.h"
#include "app/panels/present/present.h"
#include "core/lesson/build/blank.h"
#include "core/lesson/scene_tensors.h"
#include "core/picture/words/describe.h"

namespace convscope::panels {
namespace {

constexpr Hearing kRepeats = {.repeats = true};

Problem notice(std::string code) { return {std::move(code), "", {}}; }

// For a screen reader, or to paste beside a picture.
void copy_description(const PanelContext& context) {
  context.ui.clipboard = picture::words::describe(context.session, context.derived, context.locale);
  context.emit(session::action::Notify{notice("description_copied")});
}

void open_files(const PanelContext& context, FileDialog::Mode mode, std::string name) {
  FileDialog& files = context.ui.files;
  // Under another name a document stays in its folder.
  const bool beside = context.path && mode == FileDialog::Mode::kSave;
  open_file_dialog(files, mode, beside ? folder_of(*context.path) : files.folder, std::move(name));
  files.propose = mode == FileDialog::Mode::kSave || mode == FileDialog::Mode::kHandout;
}

// The lesson's file without its ending, else its id.
std::string stem_of(const PanelContext& context) {
  return context.path ? panels::stem_of(*context.path) : context.session.document.lesson->id;
}

// Opens the dialog with a suggested name with this ending.
auto asks_for_file(FileDialog::Mode mode, std::string ending) {
  return [mode, ending = std::move(ending)](const PanelContext& context) {
    open_files(context, mode, stem_of(context) + ending);
  };
}

void save(const PanelContext& context) {
  if (context.path) {
    context.ui.write = FileWrite{FileWrite::Kind::kLesson, *context.path};
    return;
  }
  asks_for_file(FileDialog::Mode::kSave, ".json")(context);
}

// Commands that answer an offer; without one they do nothing.
auto answers(std::optional<Offer> UiState::* offer, Offer::Answer answer) {
  return [offer, answer](const PanelContext& context) {
    if (context.ui.*offer) {
      (context.ui.*offer)->answer = answer;
    }
  };
}
auto is_offered(std::optional<Offer> UiState::* offer) {
  return [offer](const PanelContext& context) { return (context.ui.*offer).has_value(); };
}

// Whether there is anything to watch: the lesson's own file, or what it reads.
bool has_files(const PanelContext& context) {
  bool reads = context.path.has_value();
  for (const Shared<lesson::Scene>& scene : context.session.document.lesson->scenes) {
    lesson::visit_tensors(*scene, [&](const lesson::TensorRef& ref) {
      reads = reads || lesson::own_file(ref) != nullptr;
    });
  }
  return reads;
}

// Numbers are for what the inspector tells about: the input, or the filter that it shows.
void paste(const PanelContext& context) {
  const bool filter = context.inspector_shown && context.ui.building.tab == InspectorTab::kFilter &&
                      conv::has_weight(session::layer_of(context.session).spec.op);
  context.ui.paste = true;
  context.ui.paste_filter = filter ? std::optional(shown_filter(context)) : std::nullopt;
}

void watch(const PanelContext& context) {
  context.ui.watching = !context.ui.watching;
  context.emit(session::action::Notify{notice(context.ui.watching ? "watching" : "watching_ends")});
}

// What undo takes back: refused settings are the last thing that was done.
std::string undo_object(const PanelContext& context) {
  const std::vector<session::Snapshot>& past = context.session.document.history->past;
  const std::string change = context.session.transient.draft ? "refused"
                             : past.empty()                  ? ""
                                                             : past.back().change;
  return change.empty() ? "" : context.locale.text("undo." + change);
}

std::string redo_object(const PanelContext& context) {
  const std::vector<session::Snapshot>& future = context.session.document.history->future;
  return future.empty() ? "" : context.locale.text("undo." + future.back().change);
}

// Does it and tells what it was, if there is any.
auto tells(session::Action action, std::string (*object)(const PanelContext&), std::string code) {
  return [action = std::move(action), object, code = std::move(code)](const PanelContext& context) {
    const std::string change = object(context);
    context.emit(action);
    if (!change.empty()) {
      context.emit(session::action::Notify{{code, "", {{"change", change}}}});
    }
  };
}

bool has_strokes(const PanelContext& context) {
  const std::optional<Presenter>& presenter = context.ui.presenter;
  return presenter && presenter->tool == Presenter::Tool::kPen && !presenter->strokes.empty();
}

// With the pen in hand it is the newest stroke that goes.
void undo(const PanelContext& context) {
  if (has_strokes(context)) {
    undo_stroke(context.ui);
  } else {
    tells(session::action::Undo{}, undo_object, "undone")(context);
  }
}

// As large as those of the best known set of digits.
void draw_digit(const PanelContext& context) {
  constexpr std::int64_t kSide = 28;
  context.emit(session::action::Opened{
      lesson::blank_lesson({.size = kSide}, in_all_languages(context, "panel.digit"))});
  context.ui.brush = {};
  context.ui.brush.tool = Brush::Tool::kBrush;
  context.ui.keys = KeyFocus::kStage;
}

std::int64_t layer_count(const PanelContext& context) {
  return std::ssize(session::scene_of(context.session).layers);
}

// The layer on stage changes places with a neighbour.
CommandRow move_row(Command command, std::string_view name, std::int64_t step) {
  return {command,
          name,
          {},
          {},
          [step](const PanelContext& context) {
            const std::int64_t layer = context.session.look.layer;
            context.emit(session::action::MoveLayer{layer, layer + step});
          },
          [step](const PanelContext& context) {
            const std::int64_t to = context.session.look.layer + step;
            return to >= 0 && to < layer_count(context);
          }};
}

}  // namespace

std::vector<CommandRow> document_commands() {
  return {
      {Command::kUndo,
       "undo",
       {ctrl(Key::kZ)},
       kRepeats,
       undo,
       [](const PanelContext& context) {
         return has_strokes(context) || context.session.transient.draft ||
                !context.session.document.history->past.empty();
       },
       undo_object},
      {Command::kRedo,
       "redo",
       {ctrl_shift(Key::kZ), ctrl(Key::kY)},
       kRepeats,
       tells(session::action::Redo{}, redo_object, "redone"),
       [](const PanelContext& context) {
         return !context.session.document.history->future.empty();
       },
       redo_object},
      {Command::kNew,
       "new",
       {ctrl(Key::kN)},
       {},
       [](const PanelContext& context) {
         context.ui.welcome.emplace();
         context.ui.keys = KeyFocus::kWelcome;
       }},
      {Command::kDrawDigit, "draw_digit", {}, {}, draw_digit},
      {Command::kOpen,
       "open",
       {ctrl(Key::kO)},
       {},
       [](const PanelContext& context) { open_files(context, FileDialog::Mode::kOpen, ""); }},
      {Command::kSave, "save", {ctrl(Key::kS)}, {}, save},
      {Command::kSaveAs,
       "save_as",
       {ctrl_shift(Key::kS)},
       {},
       asks_for_file(FileDialog::Mode::kSave, ".json")},
      {Command::kExport, "export", {ctrl(Key::kE)}, {}, open_export},
      {Command::kCopyPicture,
       "copy_picture",
       {ctrl_shift(Key::kE)},
       {},
       [](const PanelContext& context) { context.ui.copy_picture = true; },
       [](const PanelContext& context) { return !context.ui.export_progress; }},
      {Command::kSaveNumbers,
       "save_numbers",
       {},
       {},
       [](const PanelContext& context) {
         open_files(context, FileDialog::Mode::kNumbers, stem_of(context) + ".npy");
       },
       can_copy},
      {Command::kCancelExport,
       "cancel_export",
       {},
       {},
       [](const PanelContext& context) {
         if (context.ui.export_progress) {
           context.ui.export_progress->cancel = true;
         }
       },
       [](const PanelContext& context) { return context.ui.export_progress.has_value(); }},
      {Command::kHandout,
       "handout",
       {},
       {},
       asks_for_file(FileDialog::Mode::kHandout, ".html"),
       [](const PanelContext& context) { return !session::is_asking(context.session); }},
      {Command::kCopy, "copy", {ctrl(Key::kC)}, {}, copy_map, can_copy},
      {Command::kPaste, "paste", {ctrl(Key::kV)}, {}, paste},
      {Command::kWatch, "watch", {}, {}, watch, has_files},
      {Command::kShrink,
       "shrink",
       {},
       {},
       answers(&UiState::shrink, Offer::Answer::kTake),
       is_offered(&UiState::shrink)},
      {Command::kDropShrink,
       "drop_shrink",
       {},
       {},
       answers(&UiState::shrink, Offer::Answer::kLeave),
       is_offered(&UiState::shrink)},
      {Command::kDescribe,
       "describe",
       {ctrl_shift(Key::kC)},
       {},
       copy_description,
       [](const PanelContext& context) { return !session::is_asking(context.session); }},
      {Command::kResetScene,
       "reset_scene",
       {},
       {},
       asks_for(session::action::ResetScene{}),
       [](const PanelContext& context) { return session::has_other_numbers(context.session); }},
      {Command::kRemoveLayer,
       "remove_layer",
       {},
       {},
       [](const PanelContext& context) {
         context.emit(session::action::RemoveLayer{context.session.look.layer});
       },
       [](const PanelContext& context) { return layer_count(context) > 1; }},
      move_row(Command::kLayerEarlier, "layer_earlier", -1),
      move_row(Command::kLayerLater, "layer_later", 1),
      {Command::kRecover,
       "recover",
       {ctrl_shift(Key::kR)},
       {},
       answers(&UiState::recovery, Offer::Answer::kTake),
       is_offered(&UiState::recovery)},
      {Command::kDropRecovery,
       "drop_recovery",
       {ctrl_shift(Key::kD)},
       {},
       answers(&UiState::recovery, Offer::Answer::kLeave),
       is_offered(&UiState::recovery)},
      {Command::kTakeTheirs,
       "take_theirs",
       {ctrl(Key::kR)},
       {},
       answers(&UiState::theirs, Offer::Answer::kTake),
       is_offered(&UiState::theirs)},
      {Command::kKeepMine,
       "keep_mine",
       {ctrl(Key::kM)},
       {},
       answers(&UiState::theirs, Offer::Answer::kLeave),
       is_offered(&UiState::theirs)},
  };
}

}  // namespace convscope::panels
