#include <algorithm>
#include <cctype>
#include <cmath>
#include <string>

#include "app/panels/inspector/texts_tab.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/lesson/enum_names.h"

namespace convscope::panels {
namespace {

// Dear ImGui's fields don't wrap, so the text is broken into lines at its spaces. A text has no
// line breaks of its own: unbroken() gives it back.
std::string broken(const std::string& text, float width) {
  std::string result;
  float used = 0;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find(' ', from), text.size());
    const std::string word = text.substr(from, end - from);
    const float wide = ImGui::CalcTextSize(word.c_str()).x;
    const float space = ImGui::CalcTextSize(" ").x;
    const bool fits = used + space + wide <= width;
    if (from > 0) {
      result += fits ? ' ' : '\n';
    }
    used = from > 0 && fits ? used + space + wide : wide;
    result += word;
    from = end + 1;
  }
  return result;
}

std::string unbroken(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

std::string label_of(std::string_view word) {
  std::string label(word);
  std::ranges::transform(label, label.begin(), [](unsigned char letter) {
    return static_cast<char>(std::toupper(letter));
  });
  return label;
}

}  // namespace

void localized_fields(const PanelContext& context, const std::string& name,
                      const lesson::LocalizedText& text, int lines,
                      const std::function<session::Action(lesson::Language, std::string)>& action) {
  const widgets::FontScope font(context.fonts.small);
  const float label = context.em(24);
  for (const auto& [word, language] : lesson::kLanguages) {
    const std::string id = "##" + name + "_" + std::string(word);
    const float left = ImGui::GetCursorPosX();
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(context.palette.text_dim));
    ImGui::TextUnformatted(label_of(word).c_str());
    ImGui::PopStyleColor();
    ImGui::SameLine();
    ImGui::SetCursorPosX(left + label);
    const auto found = text.by_language.find(std::string(word));
    const std::string before = found == text.by_language.end() ? "" : found->second;
    const float width = ImGui::GetContentRegionAvail().x;
    const float padding = 2 * ImGui::GetStyle().FramePadding.x;
    widgets::give_field_focus(context, id.c_str());
    std::string edited = before;
    if (lines == 1) {
      ImGui::SetNextItemWidth(width);
      widgets::text_field(id.c_str(), edited);
    } else {
      const std::string shown = broken(before, width - padding - ImGui::GetStyle().ScrollbarSize);
      std::string typed = shown;
      widgets::text_area(id.c_str(), typed, width,
                         std::round(static_cast<float>(lines) * ImGui::GetTextLineHeight() +
                                    2 * ImGui::GetStyle().FramePadding.y));
      edited = typed == shown ? before : unbroken(typed);
    }
    const bool left_it = ImGui::IsItemDeactivated();
    widgets::mark_field_focus(context, id.c_str());
    if (edited != before) {
      context.emit(action(language, edited));
    }
    if (left_it) {
      context.emit(session::action::Commit{});
    }
  }
}

}  // namespace convscope::panels
