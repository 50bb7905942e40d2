#include "app/panels/inspector/filter_choice.h"

#include <algorithm>
#include <span>

#include "app/panels/inspector/filter_presets.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/conv/analysis/step.h"

namespace convscope::panels {
namespace {

// The filter whose map grows now.
std::int64_t active_filter(const session::Session& session) {
  const Shape out = lesson::layer_output_shape(session::scene_of(session), session.look.layer);
  const session::Beat beat = session::beat_at(session::timeline_of(session), session.clock.frame);
  return out.count() == 0 ? 0 : conv::output_index(out, std::max<std::int64_t>(beat.position, 0)).c;
}

std::span<const float> filter_values(const PanelContext& context, std::int64_t filter) {
  const auto layer = static_cast<std::size_t>(context.session.look.layer);
  if (layer >= context.derived.layers.size()) {
    return {};
  }
  const Tensor& weight = context.derived.layers[layer].weight;
  const std::int64_t size = weight.shape().c * weight.shape().h * weight.shape().w;
  if ((filter + 1) * size > weight.shape().count()) {
    return {};
  }
  return weight.values().subspan(static_cast<std::size_t>(filter * size),
                                 static_cast<std::size_t>(size));
}

}  // namespace

bool takes_presets(const PanelContext& context) {
  const conv::LayerSpec& spec = session::layer_of(context.session).spec;
  return spec.op == conv::Op::kConv && spec.kernel_size == conv::Size2{3, 3};
}

void choose_preset(const PanelContext& context, const FilterPreset& preset) {
  const conv::LayerSpec& spec = session::layer_of(context.session).spec;
  context.emit(session::action::SetFilter{active_filter(context.session),
                                          preset_values(preset, spec.in_channels / spec.groups)});
}

void filter_choice(const PanelContext& context) {
  const conv::LayerSpec& spec = session::layer_of(context.session).spec;
  const std::int64_t filter = active_filter(context.session);
  const bool fits = takes_presets(context);
  widgets::heading(context, context.locale.text("panel.filter", {{"filter", filter},
                                                                 {"filters", spec.out_channels}}));
  const FilterPreset* current = fits ? preset_of(filter_values(context, filter)) : nullptr;
  const auto label = [&](const FilterPreset& preset) -> const std::string& {
    return context.locale.text("panel." + std::string(preset.label));
  };
  const std::string& shown =
      current != nullptr ? label(*current) : context.locale.text("panel.filter_own");
  ImGui::BeginDisabled(!fits);
  ImGui::SetNextItemWidth(-1);
  if (widgets::begin_dropdown(context, "##preset", shown.c_str(), ImGuiComboFlags_HeightLarge)) {
    int index = 0;
    for (const FilterPreset& preset : filter_presets()) {
      if (widgets::dropdown_item(context, index++, label(preset), current == &preset)) {
        choose_preset(context, preset);
      }
    }
    widgets::end_dropdown(context, index);
  } else {
    widgets::tooltip(context, context.locale.text("tip.filter"));
  }
  ImGui::EndDisabled();
  if (!fits) {
    widgets::dim_text(context, context.locale.text("panel.filter_only_3x3"));
  }
}

}  // namespace convscope::panels
