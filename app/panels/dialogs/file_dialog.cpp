// The file dialog for opening, saving and exporting. It never reads the disk: the front lists the
// folder that it asks for and makes the preview of the chosen file.
//
// The name has the keyboard at first; up and down choose among the rows meanwhile. Tab goes on to
// the list and the buttons, a ring shows what Enter would do.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "app/panels/commands/copy_as.h"
#include "app/panels/dialogs/file_rows.h"
#include "app/panels/file_names.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/dropdown.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

using Mode = FileDialog::Mode;
using Part = FileDialog::Part;

constexpr int kRowsOfAPage = 10;  // rows
constexpr float kPreview = 176;

const char* title_key(Mode mode) {
  switch (mode) {
    case Mode::kSave:
      return "panel.save_title";
    case Mode::kExport:
      return "panel.export_title";
    case Mode::kNumbers:
      return "numbers.save_title";
    case Mode::kHandout:
      return "panel.handout_title";
    default:
      return "panel.open_title";
  }
}

const char* verb_key(Mode mode) {
  switch (mode) {
    case Mode::kSave:
      return "panel.save";
    case Mode::kExport:
      return "panel.export";
    case Mode::kNumbers:
    case Mode::kHandout:
      return "panel.save";
    default:
      return "panel.open";
  }
}

// Does with the file what the dialog is for.
void take(const PanelContext& context, const std::string& path) {
  FileDialog& files = context.ui.files;
  switch (files.mode) {
    case Mode::kOpen:
      context.emit(session::action::Open{path});
      break;
    case Mode::kSave:
      context.ui.write = FileWrite{FileWrite::Kind::kLesson, path};
      break;
    case Mode::kExport:
      context.ui.write = FileWrite{FileWrite::Kind::kStage, path};
      break;
    case Mode::kNumbers:
      if (std::optional<std::string> bytes = number_file(context, path)) {
        context.ui.write = FileWrite{FileWrite::Kind::kNumbers, path, *std::move(bytes)};
      }
      break;
    case Mode::kHandout:
      context.ui.write = FileWrite{FileWrite::Kind::kHandout, path};
      break;
    case Mode::kClosed:
      break;
  }
  files.used_folder = folder_of(path);
  files.folder = *files.used_folder;  // where the next question begins
  files.mode = Mode::kClosed;
}

void enter(FileDialog& files, const std::string& folder) {
  files.wanted = folder;
  files.chosen = -1;
  files.focus = files.part == Part::kName;
  files.name = files.mode == Mode::kOpen ? "" : files.name;
}

std::string endings_of(const PanelContext& context) {
  return context.ui.files.mode == Mode::kNumbers ? code::number_endings() : context.export_endings;
}

// With the ending that the file has to have; nothing when no ending would be a guess.
std::optional<std::string> with_ending(const PanelContext& context, std::string name) {
  const Mode mode = context.ui.files.mode;
  if (mode == Mode::kExport || mode == Mode::kNumbers) {
    return ends_with_one_of(name, endings_of(context)) ? std::optional(std::move(name))
                                                       : std::nullopt;
  }
  if (mode == Mode::kHandout) {
    return ends_with_one_of(name, ".html") ? name : name + ".html";
  }
  return mode == Mode::kSave && !ends_with_one_of(name, ".json") ? name + ".json" : name;
}

// What Enter in the name or in the list, a double click and the button of the verb do.
void accept(const PanelContext& context) {
  FileDialog& files = context.ui.files;
  const std::vector<FileRow> rows = file_rows(context);
  const bool by_row = files.chosen >= 0 && files.chosen < static_cast<int>(rows.size());
  const auto named = std::ranges::find_if(
      rows, [&](const FileRow& row) { return row.folder && row.name == files.name; });
  if (by_row && rows[static_cast<std::size_t>(files.chosen)].folder) {
    return enter(files, rows[static_cast<std::size_t>(files.chosen)].path);
  }
  if (named != rows.end()) {
    const std::string folder = named->path;
    files.name.clear();
    return enter(files, folder);
  }
  if (files.name.empty()) {
    return;
  }
  const std::optional<std::string> name = with_ending(context, files.name);
  if (!name) {
    files.refusal = "panel.export_endings";
    files.focus = true;
    return;
  }
  take(context, joined(files.folder, *name));
}

void choose(const PanelContext& context, const std::vector<FileRow>& rows, int chosen) {
  FileDialog& files = context.ui.files;
  files.chosen = chosen;
  files.refusal.reset();
  const FileRow& row = rows[static_cast<std::size_t>(chosen)];
  if (!row.folder) {
    files.name = row.recent ? row.path : row.name;
  } else if (files.mode == Mode::kOpen) {
    files.name.clear();
  }
}

void run_part(const PanelContext& context, Part part) {
  FileDialog& files = context.ui.files;
  switch (part) {
    case Part::kName:
    case Part::kList:
    case Part::kAccept:
      return accept(context);
    case Part::kUp:
      return files.parent.empty() ? void() : enter(files, files.parent);
    case Part::kSystem:
      files.ask_system = true;
      return;
    case Part::kCancel:
      files.mode = Mode::kClosed;
      return;
  }
}

bool is_there(const FileDialog& files, Part part) {
  return (part != Part::kSystem || files.has_system) &&
         (part != Part::kUp || !files.parent.empty());
}

void move_part(FileDialog& files, int step) {
  constexpr int kParts = 6;
  int part = static_cast<int>(files.part);
  do {
    part = (part + step + kParts) % kParts;
  } while (!is_there(files, static_cast<Part>(part)));
  files.part = static_cast<Part>(part);
  files.focus = files.part == Part::kName;
  if (!files.focus) {
    widgets::stop_typing();
  }
}

// The keys of the dialog itself; the name's own field takes what writes.
void hear_keys(const PanelContext& context, const std::vector<FileRow>& rows) {
  FileDialog& files = context.ui.files;
  const int count = static_cast<int>(rows.size());
  const int step = widgets::list_step(kRowsOfAPage);
  const bool on_rows = files.part == Part::kName || files.part == Part::kList;
  if (step != 0 && count > 0 && on_rows) {
    const int from = files.chosen < 0 && step > 0 ? -1 : files.chosen;
    choose(context, rows, std::clamp(from + step, 0, count - 1));
    if (files.part == Part::kName) {
      widgets::stop_typing();  // a field that is typed in takes no other text
      files.focus = true;
    }
  }
  if (files.part == Part::kList && widgets::is_pressed(Key::kBackspace)) {
    run_part(context, Part::kUp);
  }
  if (widgets::is_pressed(Key::kTab)) {
    move_part(files, ImGui::GetIO().KeyShift ? -1 : 1);
  } else if (widgets::is_pressed(Key::kEnter, false) && !ImGui::IsWindowAppearing()) {
    run_part(context, files.part);
  }
}

// Around the last item, to which Enter goes.
void ring_on_part(const PanelContext& context, ImVec2 gap, float rounding) {
  const ImVec2 corner = ImGui::GetItemRectMin();
  const ImVec2 opposite = ImGui::GetItemRectMax();
  ImGui::GetWindowDrawList()->AddRect(
      {corner.x - gap.x, corner.y - gap.y}, {opposite.x + gap.x, opposite.y + gap.y},
      widgets::color(context.palette.accent), rounding, 0, std::max(1.5f, context.px(2)));
}

// A button that Tab can reach.
bool part_button(const PanelContext& context, Part part, const std::string& words) {
  const bool pressed = part == Part::kAccept ? widgets::primary_button(context, words)
                                             : ImGui::Button(words.c_str());
  if (context.ui.files.part == part) {
    const float gap = std::round(context.px(3));
    ring_on_part(context, {gap, gap}, context.px(6));
  }
  return pressed;
}

void place_line(const PanelContext& context) {
  FileDialog& files = context.ui.files;
  ImGui::BeginDisabled(files.parent.empty());
  if (part_button(context, Part::kUp, context.locale.text("panel.folder_up"))) {
    run_part(context, Part::kUp);
  }
  ImGui::EndDisabled();
  ImGui::SameLine(0, context.em(10));
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(files.folder.c_str());
}

void row_line(const PanelContext& context, const std::vector<FileRow>& rows, int index) {
  FileDialog& files = context.ui.files;
  const FileRow& row = rows[static_cast<std::size_t>(index)];
  const bool is_chosen = index == files.chosen;
  ImGui::PushID(index);
  ImGui::PushStyleColor(ImGuiCol_Text,
                        widgets::color(row.folder ? context.palette.accent : context.palette.text));
  const std::string label = row.name + (row.folder ? "/" : "");
  const bool pressed =
      ImGui::Selectable(label.c_str(), is_chosen, ImGuiSelectableFlags_AllowDoubleClick);
  ImGui::PopStyleColor();
  if (is_chosen && !ImGui::IsItemVisible()) {
    ImGui::SetScrollHereY(0.5f);
  }
  if (!row.beside.empty()) {
    ImGui::SameLine(0, context.em(10));
    ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(context.palette.text_dim));
    ImGui::TextUnformatted(row.beside.c_str());
    ImGui::PopStyleColor();
  }
  ImGui::PopID();
  if (!pressed) {
    return;
  }
  choose(context, rows, index);
  if (row.folder || ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
    accept(context);
  }
}

void row_list(const PanelContext& context, const std::vector<FileRow>& rows, ImVec2 size) {
  const bool has_keys = context.ui.files.part == Part::kList;
  ImGui::BeginChild("entries", size);
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    if (i > 0 && rows[static_cast<std::size_t>(i - 1)].recent &&
        !rows[static_cast<std::size_t>(i)].recent) {
      ImGui::Separator();
    }
    row_line(context, rows, i);
  }
  if (rows.empty()) {
    const bool lessons = context.ui.files.mode == Mode::kSave;
    widgets::dim_text(
        context, context.locale.text(lessons ? "panel.folder_no_lessons" : "panel.folder_empty"));
  }
  ImGui::EndChild();
  if (has_keys) {
    ring_on_part(context, {std::round(context.px(5)), 0}, context.px(4));
  }
}

// The picture, as large as it fits, and the words below it.
void preview_column(const PanelContext& context, ImVec2 size) {
  const FilePreview& preview = context.ui.files.preview;
  ImGui::BeginChild("preview", size);
  if (preview.texture != 0 && preview.width > 0 && preview.height > 0) {
    const auto width = static_cast<float>(preview.width);
    const auto height = static_cast<float>(preview.height);
    const float factor = std::min(size.x / width, size.y * 0.7f / height);
    ImGui::Image(widgets::texture_id(preview.texture), {width * factor, height * factor});
  }
  if (!preview.title.empty()) {
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(preview.title.c_str());
    ImGui::PopTextWrapPos();
  }
  if (!preview.text.empty()) {
    widgets::dim_text(context, preview.text);
  }
  ImGui::EndChild();
}

void name_line(const PanelContext& context, float width) {
  FileDialog& files = context.ui.files;
  if (files.focus) {
    widgets::focus_next_item();
    files.focus = false;
    files.part = Part::kName;
  }
  ImGui::SetNextItemWidth(width);
  bool tab_pressed = false;  // is ours, not the field's
  const std::string before = files.name;
  if (widgets::text_field("##name", files.name, ImGuiInputTextFlags_AutoSelectAll, &tab_pressed)) {
    // Enter ends the typing in the frame in which the last letters may have come.
    if (ImGui::IsItemActive() || widgets::is_pressed(Key::kEnter, false)) {
      files.chosen = -1;
      files.refusal.reset();
    } else {
      files.name = before;  // what it held when a row was chosen
    }
  }
  if (ImGui::IsItemActivated()) {
    files.part = Part::kName;
  }
  if (files.refusal) {
    widgets::warning_text(context,
                          context.locale.text(*files.refusal, {{"endings", endings_of(context)}}));
  }
}

float button_width(const std::string& words) {
  return ImGui::CalcTextSize(words.c_str()).x + 2 * ImGui::GetStyle().FramePadding.x;
}

void button_line(const PanelContext& context, float width) {
  FileDialog& files = context.ui.files;
  const std::string& verb = context.locale.text(verb_key(files.mode));
  const std::string& cancel = context.locale.text("panel.cancel");
  const float left = ImGui::GetCursorPosX();
  if (files.has_system) {
    if (part_button(context, Part::kSystem, context.locale.text("panel.system_dialog"))) {
      run_part(context, Part::kSystem);
    }
    ImGui::SameLine();
  }
  const float buttons = button_width(verb) + button_width(cancel) + ImGui::GetStyle().ItemSpacing.x;
  ImGui::SetCursorPosX(std::max(ImGui::GetCursorPosX(), left + width - buttons));
  if (part_button(context, Part::kCancel, cancel)) {
    run_part(context, Part::kCancel);
  }
  ImGui::SameLine();
  if (part_button(context, Part::kAccept, verb)) {
    accept(context);
  }
}

// Everything below the title.
void dialog_body(const PanelContext& context, const std::vector<FileRow>& rows, float width,
                 float height) {
  // Our Tab goes through the parts; ImGui's would go back to the field.
  const widgets::NoTabStops no_stops(!context.ui.files.focus);
  const bool shows = context.ui.files.mode == Mode::kOpen;
  const float preview = shows ? std::min(context.em(kPreview), width / 3) : 0;
  const float gap = shows ? context.em(14) : 0;
  place_line(context);
  ImGui::Separator();
  row_list(context, rows, {width - preview - gap, height});
  if (shows) {
    ImGui::SameLine(0, gap);
    preview_column(context, {preview, height});
  }
  ImGui::Separator();
  name_line(context, width);
  ImGui::Spacing();
  button_line(context, width);
}

}  // namespace

std::string file_dialog_title(const PanelContext& context) {
  if (context.ui.files.mode == Mode::kNumbers) {
    return context.locale.text(title_key(Mode::kNumbers), {{"endings", code::number_endings()}});
  }
  const bool animated = context.ui.export_choice.animated;
  std::string endings;
  for (const ExportKind& kind : context.export_kinds) {
    if (animated ? kind.animated : kind.still) {
      endings += (endings.empty() ? "" : ", ") + kind.ending;
    }
  }
  return context.locale.text(title_key(context.ui.files.mode),
                             {{"endings", endings.empty() ? context.export_endings : endings}});
}

void file_dialog_panel(const PanelContext& context, const picture::Rect& window) {
  FileDialog& files = context.ui.files;
  if (const std::optional<std::string> answered = std::exchange(files.answered, std::nullopt)) {
    if (const std::optional<std::string> path = with_ending(context, *answered)) {
      take(context, *path);
    } else {
      files.refusal = "panel.export_endings";
    }
  }
  const bool wanted = topmost_modal(context.ui, context.unsaved) == Modal::kFiles;
  if (!widgets::begin_modal(context, "files", window, wanted)) {
    return;
  }
  const float width = std::min(context.em(640), window.w * 0.85f);
  const float height = std::min(context.em(340), window.h * 0.5f);
  {
    const widgets::FontScope font(context.fonts.title);
    ImGui::TextUnformatted(file_dialog_title(context).c_str());
  }
  // A click never changes the rows during a frame: the front lists folders between frames.
  const std::vector<FileRow> rows = file_rows(context);
  files.wanted_preview = chosen_file(files, rows);
  dialog_body(context, rows, width, height);
  if (files.mode != Mode::kClosed && !files.wanted) {
    hear_keys(context, rows);
  }
  widgets::end_modal();
}

}  // namespace convscope::panels
