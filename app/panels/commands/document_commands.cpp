// Commands about the document: its edits, its file, its map.
#include "app/panels/commands/commands.h"
#include "core/lesson/lesson_json.h"

namespace convscope::panels {
namespace {

constexpr Hearing kRepeats = {.repeats = true};

Problem notice(std::string code) { return {std::move(code), "", {}}; }

// The map as rows of tab-separated values, with a blank line between filters.
std::string map_text(const Tensor& map) {
  std::string text;
  const Shape& shape = map.shape();
  for (std::int64_t i = 0; i < shape.count(); ++i) {
    text += lesson::json_number(map.values()[static_cast<std::size_t>(i)]);
    const bool row_ends = (i + 1) % shape.w == 0;
    text += row_ends ? "\n" : "\t";
    if (row_ends && (i + 1) % (shape.w * shape.h) == 0 && i + 1 < shape.count()) {
      text += "\n";
    }
  }
  return text;
}

void copy_map(const PanelContext& context) {
  constexpr std::int64_t kMostValues = 1'000'000;
  const auto layer = static_cast<std::size_t>(context.session.look.layer);
  if (layer >= context.derived.layers.size() || context.derived.layers[layer].output.empty()) {
    return context.emit(session::action::Notify{notice("map_not_ready")});
  }
  const Tensor& map = context.derived.layers[layer].output;
  if (map.shape().count() > kMostValues) {
    return context.emit(session::action::Notify{notice("map_too_large_to_copy")});
  }
  context.ui.clipboard = map_text(map);
  context.emit(session::action::Notify{notice("copied")});
}

void open_files(const PanelContext& context, FileDialog::Mode mode, std::string name) {
  FileDialog& files = context.ui.files;
  files.mode = mode;
  files.wanted = files.folder;  // list it again
  files.name = std::move(name);
  files.focus = true;
}

// Opens the dialog with a suggested name: the lesson's id and this ending.
auto asks_for_file(FileDialog::Mode mode, std::string ending) {
  return [mode, ending = std::move(ending)](const PanelContext& context) {
    open_files(context, mode, context.session.document.lesson->id + ending);
  };
}

void save(const PanelContext& context) {
  if (context.path) {
    return context.emit(session::action::Save{*context.path});
  }
  asks_for_file(FileDialog::Mode::kSave, ".json")(context);
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

}  // namespace

std::vector<CommandRow> document_commands() {
  return {
      {Command::kUndo,
       "undo",
       {ctrl(Key::kZ)},
       kRepeats,
       tells(session::action::Undo{}, undo_object, "undone"),
       [](const PanelContext& context) {
         return context.session.transient.draft || !context.session.document.history->past.empty();
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
      {Command::kExport,
       "export",
       {ctrl(Key::kE)},
       {},
       asks_for_file(FileDialog::Mode::kExport, ".svg")},
      {Command::kCopy, "copy", {ctrl(Key::kC)}, {}, copy_map},
  };
}

}  // namespace convscope::panels
