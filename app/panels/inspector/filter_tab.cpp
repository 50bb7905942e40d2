#include "app/panels/inspector/filter_tab.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "app/panels/inspector/filter_pictures.h"
#include "app/panels/inspector/number_field.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/value_text.h"
#include "app/panels/widgets/widgets.h"
#include "core/conv/operators/operator.h"
#include "core/session/edit/scene_change.h"

namespace convscope::panels {
namespace {

using lesson::FilterTransform;

constexpr std::array kTransforms = {
    TransformChoice{FilterTransform::kNormalize, "filter_normalize"},
    TransformChoice{FilterTransform::kNegate, "filter_negate"},
    TransformChoice{FilterTransform::kFlip, "filter_flip"},
    TransformChoice{FilterTransform::kTranspose, "filter_transpose"},
    TransformChoice{FilterTransform::kRotate, "filter_rotate"}};

const conv::LayerSpec& spec_of(const PanelContext& context) {
  return session::layer_of(context.session).spec;
}

// The chosen channel, if the layer has it.
std::optional<std::int64_t> shown_channel(const PanelContext& context) {
  const conv::LayerSpec& spec = spec_of(context);
  const std::optional<std::int64_t>& channel = context.ui.building.channel;
  return channel && *channel < spec.in_channels / spec.groups && spec.in_channels > spec.groups
             ? channel
             : std::nullopt;
}

// Of the shown filter: all its channels, or the chosen one. Read from the tensor that the stage
// shows, which has the edits in it.
std::vector<float> shown_values(const PanelContext& context, std::int64_t filter) {
  const conv::LayerSpec& spec = spec_of(context);
  const auto layer = static_cast<std::size_t>(context.session.look.layer);
  std::vector<float> values;
  if (layer >= context.derived.layers.size() ||
      context.derived.layers[layer].weight.shape() != conv::weight_shape(spec)) {
    return values;
  }
  const std::optional<std::int64_t> channel = shown_channel(context);
  const std::int64_t plane = spec.kernel_size.h * spec.kernel_size.w;
  const std::int64_t first = channel.value_or(0) * plane;
  const std::int64_t count = channel ? plane : spec.in_channels / spec.groups * plane;
  for (std::int64_t i = first; i < first + count; ++i) {
    values.push_back(
        context.derived.layers[layer].weight.at(session::filter_cell(spec, filter, i)));
  }
  return values;
}

// The preset that the values are: the chosen one with its numbers, else one with the usual.
const lesson::FilterPreset* preset_shown(const PanelContext& context,
                                         const std::vector<float>& values) {
  const Building& building = context.ui.building;
  const conv::Size2 kernel = spec_of(context).kernel_size;
  const std::int64_t plane = kernel.h * kernel.w;
  if (!values.empty() && !lesson::preset_problem(building.preset, building.numbers, kernel) &&
      values == lesson::preset_values(building.preset, building.numbers, kernel,
                                      std::ssize(values) / plane)) {
    return &lesson::preset_of_kind(building.preset);
  }
  return lesson::preset_of(values, kernel);
}

std::string name_of(const PanelContext& context, const lesson::FilterPreset& preset) {
  return context.locale.text("preset." + std::string(preset.word));
}

void ask_for(const PanelContext& context, const lesson::FilterNumbers& numbers, bool commit) {
  context.ui.building.numbers = numbers;
  context.emit(session::action::PresetFilter{context.ui.building.preset, shown_filter(context),
                                             shown_channel(context), numbers, commit});
}

// Add, duplicate and remove, at the right end of the heading.
void filter_buttons(const PanelContext& context, std::int64_t filter) {
  constexpr float kButton = 26;
  const lesson::Locale& locale = context.locale;
  const std::int64_t count = spec_of(context).out_channels;
  ImGui::SameLine();
  ImGui::SetCursorPosX(ImGui::GetWindowContentRegionMax().x - 3 * context.em(kButton) -
                       2 * context.em(2));
  if (widgets::icon_press(context, "add filter", widgets::Icon::kPlus,
                          locale.text("tip.add_filter"), {.size = kButton})) {
    context.emit(session::action::AddFilter{std::nullopt, count + 1});
    context.ui.building.filter = count;
    context.ui.building.under_way = filter_under_way(context.session);
  }
  ImGui::SameLine(0, context.em(2));
  if (widgets::icon_press(context, "copy filter", widgets::Icon::kCopy,
                          locale.text("tip.copy_filter"), {.size = kButton})) {
    context.emit(session::action::AddFilter{filter});
    context.ui.building.filter = count;
    context.ui.building.under_way = filter_under_way(context.session);
  }
  ImGui::SameLine(0, context.em(2));
  if (widgets::icon_press(context, "remove filter", widgets::Icon::kMinus,
                          locale.text("tip.remove_filter"),
                          {.enabled = count > 1, .size = kButton})) {
    context.emit(session::action::RemoveFilter{filter});
    context.ui.building.filter.reset();
  }
}

void channel_row(const PanelContext& context) {
  const conv::LayerSpec& spec = spec_of(context);
  const std::int64_t channels = spec.in_channels / spec.groups;
  if (channels < 2) {
    return;
  }
  const std::string& all = context.locale.text("panel.all_channels");
  const std::optional<std::int64_t> channel = shown_channel(context);
  begin_field_row(context, "c");
  ImGui::SetNextItemWidth(field_width(context));
  const std::string shown = channel ? std::to_string(*channel) : all;
  if (widgets::begin_dropdown(context, "##channel", shown.c_str())) {
    if (widgets::dropdown_item(context, 0, all, !channel)) {
      context.ui.building.channel.reset();
    }
    for (std::int64_t c = 0; c < channels; ++c) {
      if (widgets::dropdown_item(context, static_cast<int>(c) + 1, std::to_string(c),
                                 channel == c)) {
        context.ui.building.channel = c;
      }
    }
    widgets::end_dropdown(context, static_cast<int>(channels) + 1);
  } else {
    widgets::tooltip(context, context.locale.text("tip.preset_channel"));
  }
}

void preset_row(const PanelContext& context, const lesson::FilterPreset* current) {
  const std::string shown =
      current != nullptr ? name_of(context, *current) : context.locale.text("panel.filter_own");
  ImGui::SetNextItemWidth(-1);
  if (widgets::begin_dropdown(context, "##preset", shown.c_str(), ImGuiComboFlags_HeightLarge)) {
    int index = 0;
    for (const lesson::FilterPreset& preset : lesson::filter_presets()) {
      ImGui::BeginDisabled(!takes_preset(context, preset.kind));
      if (widgets::dropdown_item(context, index++, name_of(context, preset), current == &preset) &&
          takes_preset(context, preset.kind)) {
        choose_preset(context, preset.kind);
      }
      ImGui::EndDisabled();
    }
    widgets::end_dropdown(context, index);
  } else {
    widgets::tooltip(context, context.locale.text("tip.filter"));
  }
}

// The numbers of a preset that has some, and its formula.
void preset_numbers(const PanelContext& context, const lesson::FilterPreset& preset) {
  const lesson::Locale& locale = context.locale;
  Building& building = context.ui.building;
  if (building.preset != preset.kind) {
    building.preset = preset.kind;
    building.numbers = {};
    building.typed_numbers.reset();
  }
  {
    const widgets::FontScope font(context.fonts.mono);
    ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(context.palette.text_dim));
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(std::string(preset.formula).c_str());
    ImGui::PopTextWrapPos();
    ImGui::PopStyleColor();
  }
  lesson::FilterNumbers numbers = building.typed_numbers.value_or(building.numbers);
  const FieldLook look = {field_width(context), false};
  NumberEdit edit;
  if (preset.sigma) {
    begin_field_row(context, "σ");
    edit |= real_field(context, "##sigma", locale.text("tip.sigma"), numbers.sigma, 0.02f, look);
    numbers.sigma = std::clamp(numbers.sigma, 0.1, 1000.0);
  }
  if (preset.angle) {
    begin_field_row(context, "θ, °");
    edit |= real_field(context, "##angle", locale.text("tip.angle"), numbers.angle, 1, look);
    numbers.angle = std::clamp(numbers.angle, -360.0, 360.0);
  }
  if (preset.wavelength) {
    begin_field_row(context, "λ");
    edit |= real_field(context, "##wavelength", locale.text("tip.wavelength"), numbers.wavelength,
                       0.05f, look);
    numbers.wavelength = std::clamp(numbers.wavelength, 1.0, 1000.0);
  }
  if (preset.seed) {
    begin_field_row(context, "seed");
    edit |= integer_field(context, "##filter seed", locale.text("tip.seed"), numbers.seed, look);
  }
  std::optional<lesson::FilterNumbers>& typed = building.typed_numbers;
  if (edit.typing && !edit.released) {
    typed = edit.changed ? std::optional(numbers) : typed;
    return;
  }
  if (edit.changed || typed) {
    ask_for(context, numbers, false);
  }
  if (edit.released) {
    context.emit(session::action::Commit{});
  }
  typed.reset();
}

void transforms(const PanelContext& context) {
  ButtonFlow flow(context);
  for (const TransformChoice& choice : kTransforms) {
    const std::string name(choice.name);
    if (flow.button(context.locale.text("panel." + name), context.locale.text("tip." + name),
                    takes_transform(context, choice.how))) {
      transform_shown(context, choice.how);
    }
  }
}

}  // namespace

std::int64_t shown_filter(const PanelContext& context) {
  const Building& building = context.ui.building;
  const std::int64_t under_way = filter_under_way(context.session);
  const std::int64_t chosen =
      building.filter && building.under_way == under_way ? *building.filter : under_way;
  return std::clamp<std::int64_t>(chosen, 0, spec_of(context).out_channels - 1);
}

bool takes_preset(const PanelContext& context, lesson::FilterKind kind) {
  const conv::LayerSpec& spec = spec_of(context);
  return conv::has_weight(spec.op) && !lesson::preset_problem(kind, {}, spec.kernel_size);
}

void choose_preset(const PanelContext& context, lesson::FilterKind kind) {
  context.ui.building.preset = kind;
  context.ui.building.typed_numbers.reset();
  ask_for(context, {}, true);
}

std::span<const TransformChoice> transform_choices() { return kTransforms; }

bool takes_transform(const PanelContext& context, lesson::FilterTransform how) {
  const conv::LayerSpec& spec = spec_of(context);
  return conv::has_weight(spec.op) && lesson::keeps_shape(how, spec.kernel_size);
}

void transform_shown(const PanelContext& context, lesson::FilterTransform how) {
  context.emit(
      session::action::TransformFilter{how, shown_filter(context), shown_channel(context)});
}

void filter_tab(const PanelContext& context) {
  const lesson::Locale& locale = context.locale;
  if (!conv::has_weight(spec_of(context).op)) {
    widgets::dim_text(context, locale.text("panel.no_filter"));
    return;
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {context.em(8), context.em(4)});
  const std::int64_t filter = shown_filter(context);
  widgets::heading(context, locale.text("panel.filter", {{"filter", filter}}));
  filter_buttons(context, filter);
  filter_pictures(context, filter);
  ImGui::Dummy({0, context.em(2)});
  const std::vector<float> values = shown_values(context, filter);
  const lesson::FilterPreset* current = preset_shown(context, values);
  preset_row(context, current);
  if (current != nullptr) {
    preset_numbers(context, *current);
  }
  channel_row(context);
  ImGui::Dummy({0, context.em(2)});
  transforms(context);
  double sum = 0;
  for (const float value : values) {
    sum += static_cast<double>(value);
  }
  ImGui::Dummy({0, context.em(2)});
  widgets::dim_text(context, locale.text("panel.filter_sum",
                                         {{"sum", widgets::value_text(static_cast<float>(sum))}}));
  ImGui::PopStyleVar();
}

}  // namespace convscope::panels
