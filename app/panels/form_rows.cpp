#include "app/panels/form_rows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/panels/imgui_shim.h"
#include "app/panels/widgets.h"
#include "core/lesson/edit.h"

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
void push_fault(Form& form, bool fault) {
  if (fault && !form.fault_y) {
    form.fault_y = ImGui::GetCursorScreenPos().y + ImGui::GetFrameHeight() / 2;
  }
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

// Which of a setting's numbers are to blame: those that, put back alone, would mend it; all when
// none would. `put_back[i](spec)` puts back the i-th.
template <typename... PutBack>
std::array<bool, sizeof...(PutBack)> blamed(const Form& form, std::string_view field,
                                            const PutBack&... put_back) {
  std::array<bool, sizeof...(PutBack)> blame{};
  if (!form.at_fault(field)) {
    return blame;
  }
  const Session& session = form.context.session;
  const auto mends = [&](const auto& back) {
    LayerSpec trial = session.draft->spec;
    back(trial);
    return std::ranges::none_of(spec_problems(session, trial),
                                [field](const Problem& problem) { return problem.field == field; });
  };
  blame = {mends(put_back)...};
  if (std::ranges::find(blame, true) == blame.end()) {
    blame.fill(true);
  }
  return blame;
}

void number(Form& form, const char* id, const std::string& tip, std::int64_t& value, float width,
            bool fault) {
  push_fault(form, fault);
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
  pop_fault();
}

void pair(Form& form, const char* field, Size2& size, const std::array<bool, 2>& blame) {
  begin_row(form, field);
  const float gap = form.context.em(6);
  const float half = std::floor((form.field_width() - gap) / 2);
  const std::string id = std::string("##") + field;
  const std::string tip = tip_of(form, field, true);
  if (!form.flat) {
    number(form, (id + "h").c_str(), tip, size.h, half, blame[0]);
    ImGui::SameLine(0, gap);
  }
  number(form, (id + "w").c_str(), tip, size.w, form.flat ? form.field_width() : half, blame[1]);
}

// A choice is made at once, unlike a number.
void choose(Form& form) {
  form.changed = true;
  form.released = true;
}

template <typename Value>
void choice_row(Form& form, const char* field, Value& value, Choices<Value> choices) {
  begin_row(form, field);
  push_fault(form, form.at_fault(field));
  ImGui::SetNextItemWidth(form.field_width());
  const auto current = std::ranges::find(choices, value, &std::pair<Value, std::string>::first);
  if (begin_dropdown((std::string("##") + field).c_str(), current->second.c_str())) {
    for (const auto& [choice, name] : choices) {
      if (ImGui::Selectable(name.c_str(), choice == value) && choice != value) {
        value = choice;
        choose(form);
      }
    }
    end_dropdown();
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
  const Pads good = layer_of(form.context.session).spec.pads;
  const std::array<bool, 4> blame = blamed(
      form, "padding", [&](LayerSpec& spec) { spec.pads.top = good.top; },
      [&](LayerSpec& spec) { spec.pads.bottom = good.bottom; },
      [&](LayerSpec& spec) { spec.pads.left = good.left; },
      [&](LayerSpec& spec) { spec.pads.right = good.right; });
  struct Side {
    const char* label;
    std::int64_t& pad;
    bool vertical;
  };
  const std::array<Side, 4> sides = {
      Side{"panel.side_top", pads.top, true}, Side{"panel.side_bottom", pads.bottom, true},
      Side{"panel.side_left", pads.left, false}, Side{"panel.side_right", pads.right, false}};
  ImGui::AlignTextToFramePadding();
  ImGui::Indent(form.context.em(10));
  dim_text(form.context, form.context.locale.text("panel.sides"));
  ImGui::Unindent(form.context.em(10));
  ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - form.field_width());
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      {form.context.em(4), ImGui::GetStyle().FramePadding.y});
  bool first = true;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const Side& side = sides[i];
    if (form.flat && side.vertical) {
      continue;
    }
    if (!std::exchange(first, false)) {
      ImGui::SameLine(0, gap);
    }
    number(form, (std::string("##") + side.label).c_str(), form.context.locale.text(side.label),
           side.pad, width, blame[i]);
  }
  ImGui::PopStyleVar();
}

}  // namespace

bool Form::at_fault(std::string_view field) const {
  const auto& draft = context.session.draft;
  return draft && std::ranges::any_of(draft->problems, [field](const Problem& problem) {
           return problem.field == field;
         });
}

void number_row(Form& form, const char* field, std::int64_t& value) {
  begin_row(form, field);
  number(form, (std::string("##") + field).c_str(), tip_of(form, field, true), value,
         form.field_width(), form.at_fault(field));
}

void pair_row(Form& form, const char* field, Size2 LayerSpec::* size) {
  const Size2 good = layer_of(form.context.session).spec.*size;
  const std::array<bool, 2> blame = blamed(
      form, field, [&](LayerSpec& spec) { (spec.*size).h = good.h; },
      [&](LayerSpec& spec) { (spec.*size).w = good.w; });
  pair(form, field, form.spec.*size, blame);
}

void switch_row(Form& form, const char* field, bool& on) {
  begin_row(form, field);
  push_fault(form, form.at_fault(field));
  if (ImGui::Checkbox((std::string("##") + field).c_str(), &on)) {
    choose(form);
  }
  tooltip(form.context, tip_of(form, field, false));
  pop_fault();
}

void told_switch(Form& form, const char* field, bool& on, const std::string& words) {
  push_fault(form, form.at_fault(field));
  if (ImGui::Checkbox((words + "##" + field).c_str(), &on)) {
    choose(form);
  }
  tooltip(form.context, tip_of(form, field, false));
  pop_fault();
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
  const std::array<std::pair<PaddingMode, std::string>, 4> modes = {
      std::pair{PaddingMode::kZeros, std::string("\"zeros\"")},
      std::pair{PaddingMode::kReflect, std::string("\"reflect\"")},
      std::pair{PaddingMode::kReplicate, std::string("\"replicate\"")},
      std::pair{PaddingMode::kCircular, std::string("\"circular\"")}};
  choice_row<PaddingMode>(form, "padding_mode", form.spec.padding_mode, modes);
}

void even_padding_row(Form& form) {
  const auto even = [](const LayerSpec& spec) {
    return spec.padding == PaddingRule::kExplicit ? Size2{spec.pads.top, spec.pads.left}
                                                  : Size2{0, 0};
  };
  const Size2 good = even(layer_of(form.context.session).spec);
  const std::array<bool, 2> blame = blamed(
      form, "padding", [&](LayerSpec& spec) { spec.pads.top = spec.pads.bottom = good.h; },
      [&](LayerSpec& spec) { spec.pads.left = spec.pads.right = good.w; });
  const Size2 before = even(form.spec);
  Size2 padding = before;
  pair(form, "padding", padding, blame);
  if (padding != before) {
    form.spec.padding = PaddingRule::kExplicit;
    form.spec.pads = {padding.h, padding.h, padding.w, padding.w};
  }
}

}  // namespace convscope
