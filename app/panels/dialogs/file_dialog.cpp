// The file dialog for opening, saving and exporting. It never reads the disk: the front lists the
// folder that it asks for.
#include <algorithm>

#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

using Mode = FileDialog::Mode;

std::string joined(const FileDialog& files, const std::string& name) {
  const bool absolute = name.starts_with('/') || (name.size() > 1 && name[1] == ':');
  if (absolute || files.folder.empty()) {
    return name;
  }
  return files.folder.ends_with('/') ? files.folder + name : files.folder + "/" + name;
}

const char* title_key(Mode mode) {
  switch (mode) {
    case Mode::kSave:
      return "panel.save_title";
    case Mode::kExport:
      return "panel.export_title";
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
    default:
      return "panel.open";
  }
}

void accept(const PanelContext& context) {
  FileDialog& files = context.ui.files;
  if (files.name.empty()) {
    return;
  }
  const auto same = [&](const FileEntry& entry) { return entry.name == files.name; };
  const auto found = std::ranges::find_if(files.entries, same);
  if (found != files.entries.end() && found->folder) {
    files.wanted = joined(files, files.name);
    files.name.clear();
    return;
  }
  const std::string path = joined(files, files.name);
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
    case Mode::kClosed:
      break;
  }
  files.mode = Mode::kClosed;
}

void place_line(const PanelContext& context) {
  FileDialog& files = context.ui.files;
  ImGui::BeginDisabled(files.parent.empty());
  if (ImGui::Button(context.locale.text("panel.folder_up").c_str())) {
    files.wanted = files.parent;
  }
  ImGui::EndDisabled();
  ImGui::SameLine(0, context.em(10));
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(files.folder.c_str());
}

void entry_line(const PanelContext& context, const FileEntry& entry) {
  FileDialog& files = context.ui.files;
  const picture::Rgba ink = entry.folder ? context.palette.accent : context.palette.text;
  ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(ink));
  const std::string label = entry.name + (entry.folder ? "/" : "");
  const bool chosen = ImGui::Selectable(label.c_str(), files.name == entry.name,
                                        ImGuiSelectableFlags_AllowDoubleClick);
  ImGui::PopStyleColor();
  if (!chosen) {
    return;
  }
  if (entry.folder) {
    files.wanted = joined(files, entry.name);
  } else {
    files.name = entry.name;
    if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
      accept(context);
    }
  }
}

void entry_list(const PanelContext& context, float width, float height) {
  ImGui::BeginChild("entries", {width, height});
  // A click never changes the list during this loop: the front lists folders between frames.
  for (const FileEntry& entry : context.ui.files.entries) {
    entry_line(context, entry);
  }
  if (context.ui.files.entries.empty()) {
    widgets::dim_text(context, context.locale.text("panel.folder_empty"));
  }
  ImGui::EndChild();
}

void name_line(const PanelContext& context, float width) {
  FileDialog& files = context.ui.files;
  if (files.focus) {
    ImGui::SetKeyboardFocusHere();
    files.focus = false;
  }
  ImGui::SetNextItemWidth(width);
  if (widgets::text_field(
          "##name", files.name,
          ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll)) {
    accept(context);
  }
}

void button_line(const PanelContext& context, float width) {
  FileDialog& files = context.ui.files;
  const std::string& verb = context.locale.text(verb_key(files.mode));
  const std::string& cancel = context.locale.text("panel.cancel");
  const float pad = 2 * ImGui::GetStyle().FramePadding.x;
  const float buttons = ImGui::CalcTextSize(verb.c_str()).x +
                        ImGui::CalcTextSize(cancel.c_str()).x + 2 * pad +
                        ImGui::GetStyle().ItemSpacing.x;
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0f, width - buttons));
  if (ImGui::Button(cancel.c_str())) {
    files.mode = Mode::kClosed;
  }
  ImGui::SameLine();
  if (widgets::primary_button(context, verb)) {
    accept(context);
  }
}

}  // namespace

std::string file_dialog_title(const PanelContext& context) {
  return context.locale.text(title_key(context.ui.files.mode),
                             {{"endings", context.export_endings}});
}

void file_dialog_panel(const PanelContext& context, const picture::Rect& window) {
  const bool wanted = topmost_modal(context.ui, context.unsaved) == Modal::kFiles;
  if (!widgets::begin_modal(context, "files", window, wanted)) {
    return;
  }
  const float width = std::min(context.em(560), window.w * 0.8f);
  const float height = std::min(context.em(340), window.h * 0.5f);
  {
    const widgets::FontScope font(context.fonts.title);
    ImGui::TextUnformatted(file_dialog_title(context).c_str());
  }
  place_line(context);
  ImGui::Separator();
  entry_list(context, width, height);
  ImGui::Separator();
  name_line(context, width);
  button_line(context, width);
  widgets::end_modal();
}

}  // namespace convscope::panels
