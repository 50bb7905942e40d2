#include "app/panels/form_rows.h"

#include <algorithm>
#include <cmath>

#include "app/panels/imgui_shim.h"
#include "app/panels/widgets.h"

namespace convscope {
namespace {

template <typename Value>
using Choices = std::span<const std::pair<Value, std::string>>;

// What the setting means and how its field is used.
std::string tip_of(const Form& form, const char* field, bool numeric) {
  const Locale& locale = form.context.locale;
  const std::string& meaning = locale.text("tip." + std::string(field));
  return numeric ? meaning + " " + locale.text("panel.number_field") : meaning;
}

void begin_row(const Form& form, const char* name) {
  ImGui::AlignTextToFramePadding();
  const FontScope font(form.context.fonts.mono);
  ImGui::TextUnformatted(name);
  ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - form.field_width());
}

// Marks the field that is about to be drawn.
void push_fault(const Form& form, std::string_view field) {
  const bool fault = form.at_fault(field);
  const ImGuiStyle& style = ImGui::GetStyle();
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize,
                      fault ? std::max(1.0f, form.context.px(1.5f)) : style.FrameBorderSize);
  const Palette& palette = form.context.palette;
  ImGui::PushStyleColor(ImGuiCol_Border, color(fault ? palette.warning : palette.border));
}

void pop_fault() {
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
}

void number(Form& form, const char* id, const std::string& tip, std::int64_t& value, float width) {
  ImGui::SetNextItemWidth(width);
  const bool edited =
      ImGui::DragScalar(id, ImGuiDataType_S64, &value, 0.06f, nullptr, nullptr, "%lld");
  form.changed = form.changed || edited;
  form.typing = form.typing || (ImGui::IsItemActive() && ImGui::GetIO().WantTextInput);
  form.released = form.released || ImGui::IsItemDeactivatedAfterEdit();
  if (ImGui::IsItemHovered()) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  }
  tooltip(form.context, tip);
}

// A choice is made at once, unlike a number.
void choose(Form& form) {
  form.changed = true;
  form.released = true;
}

template <typename Value>
void choice_row(Form& form, const char* field, Value& value, Choices<Value> choices) {
  begin_row(form, field);
  push_fault(form, field);
  ImGui::SetNextItemWidth(form.field_width());
  const auto current = std::ranges::find(choices, value, &std::pair<Value, std::string>::first);
  if (ImGui::BeginCombo((std::string("##") + field).c_str(), current->second.c_str())) {
    for (const auto& [choice, name] : choices) {
      if (ImGui::Selectable(name.c_str(), choice == value) && choice != value) {
        value = choice;
        choose(form);
      }
    }
    ImGui::EndCombo();
  } else {
    tooltip(form.context, tip_of(form, field, false));
  }
  pop_fault();
}

// Top, bottom, left, right.
void pads_row(Form& form) {
  Pads& pads = form.spec.pads;
  const float gap = form.context.em(4);
  const float width = std::floor((form.field_width() - 3 * gap) / 4);
  const std::array<std::pair<const char*, std::int64_t*>, 4> sides = {
      std::pair{"panel.side_top", &pads.top}, std::pair{"panel.side_bottom", &pads.bottom},
      std::pair{"panel.side_left", &pads.left}, std::pair{"panel.side_right", &pads.right}};
  ImGui::AlignTextToFramePadding();
  ImGui::Indent(form.context.em(10));
  dim_text(form.context, form.context.locale.text("panel.sides"));
  ImGui::Unindent(form.context.em(10));
  ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - form.field_width());
  push_fault(form, "padding");
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      {form.context.em(4), ImGui::GetStyle().FramePadding.y});
  for (const auto& [label, value] : sides) {
    const bool vertical = value == &pads.top || value == &pads.bottom;
    if (form.flat && vertical) {
      continue;
    }
    if (value != &pads.top && !(form.flat && value == &pads.left)) {
      ImGui::SameLine(0, gap);
    }
    number(form, (std::string("##") + label).c_str(), form.context.locale.text(label), *value,
           width);
  }
  ImGui::PopStyleVar();
  pop_fault();
}

}  // namespace

bool Form::at_fault(std::string_view field) const {
  const auto& draft = context.session.draft;
  return draft && std::ranges::any_of(draft->problems, [field](const Problem& problem) {
           return problem.field == field;
         });
}

void reasons(const Form& form, std::string_view field) {
  if (!form.context.session.draft) {
    return;
  }
  for (const Problem& problem : form.context.session.draft->problems) {
    if (problem.field == field) {
      warning_text(form.context, form.context.locale.sentence(problem));
    }
  }
}

void number_row(Form& form, const char* field, std::int64_t& value) {
  begin_row(form, field);
  push_fault(form, field);
  number(form, (std::string("##") + field).c_str(), tip_of(form, field, true), value,
         form.field_width());
  pop_fault();
  reasons(form, field);
}

void pair_row(Form& form, const char* field, Size2& size) {
  begin_row(form, field);
  push_fault(form, field);
  const float gap = form.context.em(6);
  const float half = std::floor((form.field_width() - gap) / 2);
  const std::string id = std::string("##") + field;
  const std::string tip = tip_of(form, field, true);
  if (!form.flat) {
    number(form, (id + "h").c_str(), tip, size.h, half);
    ImGui::SameLine(0, gap);
  }
  number(form, (id + "w").c_str(), tip, size.w, form.flat ? form.field_width() : half);
  pop_fault();
  reasons(form, field);
}

void switch_row(Form& form, const char* field, bool& on) {
  begin_row(form, field);
  push_fault(form, field);
  if (ImGui::Checkbox((std::string("##") + field).c_str(), &on)) {
    choose(form);
  }
  tooltip(form.context, tip_of(form, field, false));
  pop_fault();
  reasons(form, field);
}

void told_switch(Form& form, const char* field, bool& on, const std::string& words) {
  push_fault(form, field);
  if (ImGui::Checkbox((words + "##" + field).c_str(), &on)) {
    choose(form);
  }
  tooltip(form.context, tip_of(form, field, false));
  pop_fault();
  reasons(form, field);
}

void padding_rows(Form& form) {
  const Locale& locale = form.context.locale;
  const std::array<std::pair<PaddingRule, std::string>, 4> rules = {
      std::pair{PaddingRule::kValid, std::string("\"valid\"")},
      std::pair{PaddingRule::kExplicit, locale.text("panel.padding_explicit")},
      std::pair{PaddingRule::kSame, std::string("\"same\"")},
      std::pair{PaddingRule::kSameTf, std::string("\"SAME\" (TensorFlow)")}};
  choice_row<PaddingRule>(form, "padding", form.spec.padding, rules);
  if (form.spec.padding == PaddingRule::kExplicit) {
    pads_row(form);
  }
  reasons(form, "padding");
  const std::array<std::pair<PaddingMode, std::string>, 4> modes = {
      std::pair{PaddingMode::kZeros, std::string("\"zeros\"")},
      std::pair{PaddingMode::kReflect, std::string("\"reflect\"")},
      std::pair{PaddingMode::kReplicate, std::string("\"replicate\"")},
      std::pair{PaddingMode::kCircular, std::string("\"circular\"")}};
  choice_row<PaddingMode>(form, "padding_mode", form.spec.padding_mode, modes);
  reasons(form, "padding_mode");
}

void even_padding_row(Form& form) {
  const bool none = form.spec.padding != PaddingRule::kExplicit;
  const Pads& pads = form.spec.pads;
  const Size2 before = none ? Size2{0, 0} : Size2{pads.top, pads.left};
  Size2 padding = before;
  pair_row(form, "padding", padding);
  if (padding != before) {
    form.spec.padding = PaddingRule::kExplicit;
    form.spec.pads = {padding.h, padding.h, padding.w, padding.w};
  }
}

}  // namespace convscope
