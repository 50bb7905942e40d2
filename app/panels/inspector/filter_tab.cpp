#include "app/panels/inspector/filter_tab.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/panels/inspector/filter_pictures.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/dropdown.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/number_field.h"
#include "app/panels/widgets/value_text.h"
#include "app/panels/widgets/widgets.h"
#include "core/conv/operators/operator.h"
#include "core/session/edit/scene_change.h"

namespace convscope::panels {

// What a filter is called and adds up to is told anew only when one of these changes.
struct ToldFilter {
  struct Key {
    TensorName weight;
    conv::LayerSpec spec;
    std::int64_t filter = 0;
    std::optional<std::int64_t> channel;
    lesson::FilterKind preset = lesson::FilterKind::kIdentity;
    lesson::FilterNumbers numbers;

    bool operator==(const Key&) const = default;
  };
  Key key;
  const lesson::FilterPreset* preset = nullptr;  // none: values of one's own
  float sum = 0;
};

namespace {

using lesson::FilterTransform;

constexpr std::array kTransforms = {
    TransformChoice{FilterTransform::kNormalize, "filter_normalize"},
    TransformChoice{FilterTransform::kNegate, "filter_negate"},
    TransformChoice{FilterTransform::kFlip, "filter_flip"},
    TransformChoice{FilterTransform::kTranspose, "filter_transpose"},
    TransformChoice{FilterTransform::kRotate, "filter_rotate"}};

constexpr float kButton = 26;

const conv::LayerSpec& spec_of(const PanelContext& context) {
  return session::layer_of(context.session).spec;
}

// The chosen channel, if the layer has it.
std::optional<std::int64_t> shown_channel(const PanelContext& context) {
  const conv::LayerSpec& spec = spec_of(context);
  const std::optional<std::int64_t>& channel = filter_choice(context).channel;
  return channel && *channel < spec.in_channels / spec.groups && spec.in_channels > spec.groups
             ? channel
             : std::nullopt;
}

// Of the shown filter: all its channels, or the chosen one. Read from the tensor that the stage
// shows, which has the edits in it.
std::vector<float> shown_values(const PanelContext& context, const Tensor& weight,
                                std::int64_t filter) {
  const conv::LayerSpec& spec = spec_of(context);
  std::vector<float> values;
  if (weight.empty()) {
    return values;
  }
  const std::optional<std::int64_t> channel = shown_channel(context);
  const std::int64_t plane = spec.kernel_size.h * spec.kernel_size.w;
  const std::int64_t first = channel.value_or(0) * plane;
  const std::int64_t count = channel ? plane : spec.in_channels / spec.groups * plane;
  for (std::int64_t i = first; i < first + count; ++i) {
    values.push_back(weight.at(session::filter_cell(spec, filter, i)));
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

const ToldFilter& told_filter(const PanelContext& context, std::int64_t filter) {
  Building& building = context.ui.building;
  const Tensor weight = filters_on_stage(context);
  ToldFilter::Key key = {weight,          spec_of(context), filter, shown_channel(context),
                         building.preset, building.numbers};
  if (!building.told || building.told->key != key) {
    const std::vector<float> values = shown_values(context, weight, filter);
    double sum = 0;
    for (const float value : values) {
      sum += static_cast<double>(value);
    }
    building.told = std::make_shared<const ToldFilter>(
        ToldFilter{std::move(key), preset_shown(context, values), static_cast<float>(sum)});
  }
  return *building.told;
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
  const lesson::Locale& locale = context.locale;
  const std::int64_t count = spec_of(context).out_channels;
  ImGui::SameLine();
  ImGui::SetCursorPosX(ImGui::GetWindowContentRegionMax().x - 3 * context.em(kButton) -
                       2 * context.em(2));
  if (widgets::icon_press(context, "add filter", widgets::Icon::kPlus,
                          locale.text("tip.add_filter"), {.size = kButton})) {
    context.emit(session::action::AddFilter{std::nullopt, count + 1});
    choose_filter(context, count);
  }
  ImGui::SameLine(0, context.em(2));
  if (widgets::icon_press(context, "copy filter", widgets::Icon::kCopy,
                          locale.text("tip.copy_filter"), {.size = kButton})) {
    context.emit(session::action::AddFilter{filter});
    choose_filter(context, count);
  }
  ImGui::SameLine(0, context.em(2));
  if (widgets::icon_press(context, "remove filter", widgets::Icon::kMinus,
                          locale.text("tip.remove_filter"),
                          {.enabled = count > 1, .size = kButton})) {
    context.emit(session::action::RemoveFilter{filter});
    filter_choice(context).filter.reset();
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
  widgets::begin_field_row(context, "c");
  ImGui::SetNextItemWidth(widgets::field_width(context));
  const std::string shown = channel ? std::to_string(*channel) : all;
  if (widgets::begin_dropdown(context, "##channel", shown.c_str())) {
    if (widgets::dropdown_item(context, 0, all, !channel)) {
      filter_choice(context).channel.reset();
    }
    for (std::int64_t c = 0; c < channels; ++c) {
      if (widgets::dropdown_item(context, static_cast<int>(c) + 1, std::to_string(c),
                                 channel == c)) {
        filter_choice(context).channel = c;
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
  if (widgets::begin_dropdown(context, "##preset", shown.c_str(), ImGuiComboFlags_HeightLargest)) {
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
  const widgets::FieldLook look = {.width = widgets::field_width(context)};
  widgets::NumberEdit edit;
  if (preset.sigma) {
    widgets::begin_field_row(context, "σ");
    edit |= widgets::real_field(context, "##sigma", locale.text("tip.sigma"), numbers.sigma, 0.02f,
                                look);
    numbers.sigma = std::clamp(numbers.sigma, 0.1, 1000.0);
  }
  if (preset.angle) {
    widgets::begin_field_row(context, "θ, °");
    edit |=
        widgets::real_field(context, "##angle", locale.text("tip.angle"), numbers.angle, 1, look);
    numbers.angle = std::clamp(numbers.angle, -360.0, 360.0);
  }
  if (preset.wavelength) {
    widgets::begin_field_row(context, "λ");
    edit |= widgets::real_field(context, "##wavelength", locale.text("tip.wavelength"),
                                numbers.wavelength, 0.05f, look);
    numbers.wavelength = std::clamp(numbers.wavelength, 1.0, 1000.0);
  }
  if (preset.seed) {
    widgets::begin_field_row(context, "seed");
    edit |= widgets::integer_field(context, "##filter seed", locale.text("tip.seed"), numbers.seed,
                                   look);
  }
  if (widgets::is_due(edit, numbers, building.typed_numbers)) {
    ask_for(context, numbers, false);
  }
  if (edit.released) {
    context.emit(session::action::Commit{});
  }
}

void transforms(const PanelContext& context) {
  widgets::ButtonFlow flow(context);
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
  const FilterChoice& choice = filter_choice(context);
  const std::int64_t under_way = filter_under_way(context.session);
  const std::int64_t filter =
      choice.filter && choice.under_way == under_way ? *choice.filter : under_way;
  return std::clamp<std::int64_t>(filter, 0, spec_of(context).out_channels - 1);
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
  widgets::heading(context, locale.text("panel.filter", {{"filter", filter}}), kButton);
  filter_buttons(context, filter);
  filter_pictures(context, filter);
  ImGui::Dummy({0, context.em(2)});
  const ToldFilter& told = told_filter(context, filter);
  preset_row(context, told.preset);
  if (told.preset != nullptr) {
    preset_numbers(context, *told.preset);
  }
  channel_row(context);
  ImGui::Dummy({0, context.em(2)});
  transforms(context);
  ImGui::Dummy({0, context.em(2)});
  widgets::dim_text(context,
                    locale.text("panel.filter_sum", {{"sum", widgets::value_text(told.sum)}}));
  ImGui::PopStyleVar();
}

}  // namespace convscope::panels
