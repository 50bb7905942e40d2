#include "app/panels/widgets/form_rows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/dropdown.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/session/edit/edit.h"

namespace convscope::panels::widgets {
namespace {

template <typename Value>
using Choices = std::span<const std::pair<Value, std::string>>;

const std::string& tip_of(const Form& form, const char* field) {
  return form.context.locale.text("tip." + std::string(field));
}

// Focuses the field if it was requested.
void give_keyboard(const Form& form, std::string_view field) {
  std::optional<std::string>& wanted = form.context.ui.wanted_field;
  if (wanted && *wanted == field && !is_popup_open()) {  // a closing popup takes the focus back
    ImGui::SetScrollHereY(0.5f);
    focus_next_item();
    wanted.reset();
  }
}

void begin_row(const Form& form, const char* name) {
  begin_field_row(form.context, name);
  give_keyboard(form, name);
}

// Remembers where the first field at fault is drawn next.
bool note_fault(Form& form, bool fault) {
  if (fault && !form.fault_y) {
    form.fault_y = ImGui::GetCursorScreenPos().y + ImGui::GetFrameHeight() / 2;
  }
  return fault;
}

// Which of a setting's numbers are at fault: those whose old value alone would fix the problem, or
// all if none would. `put_back[i](spec)` restores the i-th.
template <typename... PutBack>
std::array<bool, sizeof...(PutBack)> blamed(const Form& form, std::string_view field,
                                            const PutBack&... put_back) {
  std::array<bool, sizeof...(PutBack)> blame{};
  if (!form.at_fault(field)) {
    return blame;
  }
  const session::Session& session = form.context.session;
  const auto mends = [&](const auto& back) {
    conv::LayerSpec trial = session.transient.draft->spec;
    back(trial);
    return std::ranges::none_of(session::spec_problems(session, trial),
                                [field](const Problem& problem) { return problem.field == field; });
  };
  blame = {mends(put_back)...};
  if (std::ranges::find(blame, true) == blame.end()) {
    blame.fill(true);
  }
  return blame;
}

void number(Form& form, const char* id, const std::string& tip, std::int64_t& value, float width,
            bool fault, const char* format = nullptr) {
  note_fault(form, fault);
  form.edit |= integer_field(form.context, id, tip, value,
                             {.width = width, .fault = fault, .format = format});
}

void pair(Form& form, const char* field, conv::Size2& size, const std::array<bool, 2>& blame) {
  begin_row(form, field);
  const float half = half_field_width(form.context);
  const std::string id = std::string("##") + field;
  const std::string& tip = tip_of(form, field);
  if (!form.flat) {
    number(form, (id + "h").c_str(), tip, size.h, half, blame[0]);
    ImGui::SameLine(0, field_gap(form.context));
  }
  number(form, (id + "w").c_str(), tip, size.w, form.flat ? field_width(form.context) : half,
         blame[1]);
}

// A choice takes effect at once, unlike a number that is being typed.
void choose(Form& form) {
  form.edit.changed = true;
  form.edit.released = true;
}

template <typename Value>
void choice_row(Form& form, const char* field, Value& value, Choices<Value> choices) {
  begin_row(form, field);
  const FaultFrame frame(form.context, note_fault(form, form.at_fault(field)));
  ImGui::SetNextItemWidth(field_width(form.context));
  const auto current = std::ranges::find(choices, value, &std::pair<Value, std::string>::first);
  if (begin_dropdown(form.context, (std::string("##") + field).c_str(), current->second.c_str())) {
    const Value before = value;
    for (int i = 0; i < static_cast<int>(choices.size()); ++i) {
      const auto& [choice, name] = choices[static_cast<std::size_t>(i)];
      if (dropdown_item(form.context, i, name, choice == before) && choice != before) {
        value = choice;
        choose(form);
      }
    }
    end_dropdown(form.context, static_cast<int>(choices.size()));
  } else {
    tooltip(form.context, tip_of(form, field));
  }
}

// Top, bottom, left, right, each with its letter, over the whole width of the form.
void pads_row(Form& form) {
  conv::Pads& pads = form.spec.pads;
  const float gap = form.context.em(4);
  const float width = form.flat ? std::floor((ImGui::GetContentRegionAvail().x - gap) / 2)
                                : std::floor((ImGui::GetContentRegionAvail().x - 3 * gap) / 4);
  const conv::Pads good = session::layer_of(form.context.session).spec.pads;
  const std::array<bool, 4> blame = blamed(
      form, "padding", [&](conv::LayerSpec& spec) { spec.pads.top = good.top; },
      [&](conv::LayerSpec& spec) { spec.pads.bottom = good.bottom; },
      [&](conv::LayerSpec& spec) { spec.pads.left = good.left; },
      [&](conv::LayerSpec& spec) { spec.pads.right = good.right; });
  struct Side {
    const char* label;
    const char* letter;
    std::int64_t& pad;
    bool vertical;
  };
  const std::array<Side, 4> sides = {
      Side{"panel.side_top", "panel.letter_top", pads.top, true},
      Side{"panel.side_bottom", "panel.letter_bottom", pads.bottom, true},
      Side{"panel.side_left", "panel.letter_left", pads.left, false},
      Side{"panel.side_right", "panel.letter_right", pads.right, false}};
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
    const std::string format = form.context.locale.text(side.letter) + " %lld";
    number(form, (std::string("##") + side.label).c_str(), form.context.locale.text(side.label),
           side.pad, width, blame[i], format.c_str());
  }
  ImGui::PopStyleVar();
}

}  // namespace

bool Form::at_fault(std::string_view field) const {
  const auto& draft = context.session.transient.draft;
  return draft && std::ranges::any_of(draft->problems, [field](const Problem& problem) {
           return problem.field == field;
         });
}

void number_row(Form& form, const char* field, std::int64_t& value) {
  begin_row(form, field);
  number(form, (std::string("##") + field).c_str(), tip_of(form, field), value,
         field_width(form.context), form.at_fault(field));
}

void pair_row(Form& form, const char* field, conv::Size2 conv::LayerSpec::* size) {
  const conv::Size2 good = session::layer_of(form.context.session).spec.*size;
  const std::array<bool, 2> blame = blamed(
      form, field, [&](conv::LayerSpec& spec) { (spec.*size).h = good.h; },
      [&](conv::LayerSpec& spec) { (spec.*size).w = good.w; });
  pair(form, field, form.spec.*size, blame);
}

void switch_row(Form& form, const char* field, bool& on) {
  begin_row(form, field);
  const FaultFrame frame(form.context, note_fault(form, form.at_fault(field)));
  if (check_box(form.context, std::string("##") + field, on)) {
    choose(form);
  }
  tooltip(form.context, tip_of(form, field));
}

void told_switch(Form& form, const char* field, bool& on, const std::string& words) {
  give_keyboard(form, field);
  const FaultFrame frame(form.context, note_fault(form, form.at_fault(field)));
  if (check_box(form.context, words + "##" + field, on)) {
    choose(form);
  }
  tooltip(form.context, tip_of(form, field));
}

void padding_rows(Form& form) {
  const lesson::Locale& locale = form.context.locale;
  const std::array<std::pair<conv::PaddingRule, std::string>, 4> rules = {
      std::pair{conv::PaddingRule::kValid, std::string("\"valid\"")},
      std::pair{conv::PaddingRule::kExplicit, locale.text("panel.padding_explicit")},
      std::pair{conv::PaddingRule::kSame, std::string("\"same\"")},
      std::pair{conv::PaddingRule::kSameTf, std::string("\"SAME\" (TensorFlow)")}};
  choice_row<conv::PaddingRule>(form, "padding", form.spec.padding, rules);
  if (form.spec.padding == conv::PaddingRule::kExplicit) {
    pads_row(form);
  }
  const std::array<std::pair<conv::PaddingMode, std::string>, 4> modes = {
      std::pair{conv::PaddingMode::kZeros, std::string("\"zeros\"")},
      std::pair{conv::PaddingMode::kReflect, std::string("\"reflect\"")},
      std::pair{conv::PaddingMode::kReplicate, std::string("\"replicate\"")},
      std::pair{conv::PaddingMode::kCircular, std::string("\"circular\"")}};
  choice_row<conv::PaddingMode>(form, "padding_mode", form.spec.padding_mode, modes);
}

void even_padding_row(Form& form) {
  const auto even = [](const conv::LayerSpec& spec) {
    return spec.padding == conv::PaddingRule::kExplicit ? conv::Size2{spec.pads.top, spec.pads.left}
                                                        : conv::Size2{0, 0};
  };
  const conv::Size2 good = even(session::layer_of(form.context.session).spec);
  const std::array<bool, 2> blame = blamed(
      form, "padding", [&](conv::LayerSpec& spec) { spec.pads.top = spec.pads.bottom = good.h; },
      [&](conv::LayerSpec& spec) { spec.pads.left = spec.pads.right = good.w; });
  const conv::Size2 before = even(form.spec);
  conv::Size2 padding = before;
  pair(form, "padding", padding, blame);
  if (padding != before) {
    form.spec.padding = conv::PaddingRule::kExplicit;
    form.spec.pads = {padding.h, padding.h, padding.w, padding.w};
  }
}

}  // namespace convscope::panels::widgets
