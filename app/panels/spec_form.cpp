#include "app/panels/spec_form.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "app/panels/imgui_shim.h"
#include "app/panels/widgets.h"

namespace convscope {
namespace {

// What the fields work on: a copy of the settings, and whether someone changed it this frame.
struct Form {
  const PanelContext& context;
  LayerSpec spec;
  bool changed = false;
  bool typing = false;    // a number is half-typed: "1" may become "15"
  bool released = false;  // a field that had been changed was let go

  bool at_fault(std::string_view field) const {
    const auto& draft = context.session.draft;
    return draft && std::ranges::any_of(draft->problems, [field](const Problem& problem) {
             return problem.field == field;
           });
  }
  float field_width() const { return context.em(148); }
  // What the setting means and how its field is used.
  std::string tip(const std::string& field, bool numeric) const {
    const std::string& meaning = context.locale.text("tip." + field);
    return numeric ? meaning + " " + context.locale.text("panel.number_field") : meaning;
  }
};

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

void number_row(Form& form, const char* field, std::int64_t& value) {
  begin_row(form, field);
  push_fault(form, field);
  number(form, (std::string("##") + field).c_str(), form.tip(field, true), value,
         form.field_width());
  pop_fault();
  reasons(form, field);
}

// Height and width side by side; a 1-D layer has only a width.
void pair_row(Form& form, const char* field, Size2& size, bool flat) {
  begin_row(form, field);
  push_fault(form, field);
  const float gap = form.context.em(6);
  const float half = std::floor((form.field_width() - gap) / 2);
  const std::string id = std::string("##") + field;
  const std::string tip = form.tip(field, true);
  if (!flat) {
    number(form, (id + "h").c_str(), tip, size.h, half);
    ImGui::SameLine(0, gap);
  }
  number(form, (id + "w").c_str(), tip, size.w, flat ? form.field_width() : half);
  pop_fault();
  reasons(form, field);
}

template <typename Value, std::size_t Count>
void choice_row(Form& form, const char* field, Value& value,
                const std::array<std::pair<Value, std::string>, Count>& choices) {
  begin_row(form, field);
  push_fault(form, field);
  ImGui::SetNextItemWidth(form.field_width());
  const auto current = std::ranges::find(choices, value, &std::pair<Value, std::string>::first);
  if (ImGui::BeginCombo((std::string("##") + field).c_str(), current->second.c_str())) {
    for (const auto& [choice, name] : choices) {
      if (ImGui::Selectable(name.c_str(), choice == value) && choice != value) {
        value = choice;
        form.changed = true;
        form.released = true;
      }
    }
    ImGui::EndCombo();
  } else {
    tooltip(form.context, form.tip(field, false));
  }
  pop_fault();
}

// Top, bottom, left, right.
void pads_row(Form& form, bool flat) {
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
    if (flat && vertical) {
      continue;
    }
    if (value != &pads.top && !(flat && value == &pads.left)) {
      ImGui::SameLine(0, gap);
    }
    number(form, (std::string("##") + label).c_str(), form.context.locale.text(label), *value,
           width);
  }
  ImGui::PopStyleVar();
  pop_fault();
}

void padding_rows(Form& form, bool flat) {
  const Locale& locale = form.context.locale;
  const std::array<std::pair<PaddingRule, std::string>, 4> rules = {
      std::pair{PaddingRule::kValid, std::string("\"valid\"")},
      std::pair{PaddingRule::kExplicit, locale.text("panel.padding_explicit")},
      std::pair{PaddingRule::kSame, std::string("\"same\"")},
      std::pair{PaddingRule::kSameTf, std::string("\"SAME\" (TensorFlow)")}};
  choice_row(form, "padding", form.spec.padding, rules);
  if (form.spec.padding == PaddingRule::kExplicit) {
    pads_row(form, flat);
  }
  reasons(form, "padding");
  const std::array<std::pair<PaddingMode, std::string>, 4> modes = {
      std::pair{PaddingMode::kZeros, std::string("\"zeros\"")},
      std::pair{PaddingMode::kReflect, std::string("\"reflect\"")},
      std::pair{PaddingMode::kReplicate, std::string("\"replicate\"")},
      std::pair{PaddingMode::kCircular, std::string("\"circular\"")}};
  choice_row(form, "padding_mode", form.spec.padding_mode, modes);
  reasons(form, "padding_mode");
}

void bias_row(Form& form) {
  begin_row(form, "bias");
  if (ImGui::Checkbox("##bias", &form.spec.bias)) {
    form.changed = true;
    form.released = true;
  }
  tooltip(form.context, form.tip("bias", false));
}

// A drag shows at once what it does, a typed number when it is complete.
void hand_over(const Form& form) {
  std::optional<LayerSpec>& typed = form.context.ui.typed_spec;
  if (form.typing && !form.released) {
    typed = form.changed ? std::optional(form.spec) : typed;
    return;
  }
  if (form.changed || typed) {
    form.context.emit(action::SetSpec{form.spec, false});
  }
  if (form.released) {
    form.context.emit(action::Commit{});
  }
  typed.reset();
}

}  // namespace

void spec_form(const PanelContext& context) {
  const Session& session = context.session;
  const Layer& layer = layer_of(session);
  const bool flat = layer.one_dimensional;
  const LayerSpec& current = session.draft ? session.draft->spec : layer.spec;
  Form form{context, context.ui.typed_spec.value_or(current)};
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {context.em(8), context.em(4)});
  number_row(form, "in_channels", form.spec.in_channels);
  number_row(form, "out_channels", form.spec.out_channels);
  pair_row(form, "kernel_size", form.spec.kernel_size, flat);
  pair_row(form, "stride", form.spec.stride, flat);
  padding_rows(form, flat);
  pair_row(form, "dilation", form.spec.dilation, flat);
  number_row(form, "groups", form.spec.groups);
  bias_row(form);
  reasons(form, "input");
  reasons(form, "");
  ImGui::PopStyleVar();
  hand_over(form);
  if (session.draft) {
    if (ImGui::Button(context.locale.text("panel.back_to_good").c_str())) {
      context.emit(action::DropDraft{});
    }
    tooltip(context, tooltip_text(Command::kClose, context.locale));
  }
}

}  // namespace convscope
