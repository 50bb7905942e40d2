// The layer: its settings, and below them what follows from them.
#include <algorithm>

#include "app/panels/filter_presets.h"
#include "app/panels/imgui_shim.h"
#include "app/panels/spec_form.h"
#include "app/panels/widgets.h"
#include "core/conv/step.h"
#include "core/lesson/formula.h"

namespace convscope {
namespace {

void formula_text(const PanelContext& context, const std::string& text) {
  const FontScope font(context.fonts.mono);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
}

void fact(const PanelContext& context, const char* key, const std::string& text) {
  dim_text(context, context.locale.text(key));
  formula_text(context, text);
  ImGui::Dummy({0, context.em(2)});
}

void size_facts(const PanelContext& context, const LayerSpec& spec, const Shape& input,
                bool flat) {
  const AxisNumbers height = height_numbers(spec, input);
  const AxisNumbers width = width_numbers(spec, input);
  if (flat) {
    fact(context, "panel.size_length", size_formula(width));
  } else if (height == width) {
    fact(context, "panel.size_both", size_formula(height));
  } else {
    fact(context, "panel.size_height", size_formula(height));
    fact(context, "panel.size_width", size_formula(width));
  }
  const auto extent = [flat](std::int64_t h, std::int64_t w) {
    return flat ? std::to_string(w) : std::to_string(h) + "×" + std::to_string(w);
  };
  const std::string plain = extent(input.h, input.w);
  const std::string padded = extent(input.h + height.pad_before + height.pad_after,
                                    input.w + width.pad_before + width.pad_after);
  fact(context, "panel.size_input",
       context.locale.text(plain == padded ? "panel.size_unpadded" : "panel.size_padded",
                           {{"plain", plain}, {"padded", padded}}));
}

void shape_row(const PanelContext& context, const std::string& name, const Shape& shape,
               const Hue& hue) {
  const bool flat = layer_of(context.session).one_dimensional;
  const FontScope font(context.fonts.mono);
  ImGui::PushStyleColor(ImGuiCol_Text, color(hue.text));
  ImGui::TextUnformatted(name.c_str());
  ImGui::PopStyleColor();
  ImGui::SameLine(context.em(14 + 64));
  ImGui::TextUnformatted(shape_text(shape, flat).c_str());
}

void facts(const PanelContext& context) {
  const Session& session = context.session;
  const Scene& scene = scene_of(session);
  const Layer& layer = layer_of(session);
  const Shape input = layer_input_shape(scene, session.layer);
  const Palette& palette = context.palette;
  heading(context, context.locale.text("panel.numbers"));
  size_facts(context, layer.spec, input, layer.one_dimensional);
  fact(context, "panel.parameters", parameter_formula(layer.spec));
  fact(context, "panel.multiply_adds", multiply_add_formula(layer.spec, input));
  dim_text(context, context.locale.text("panel.shapes"));
  shape_row(context, session.layer == 0 ? scene.input_name : "x", input, palette.input);
  shape_row(context, "weight", weight_shape(layer.spec), palette.weight);
  if (layer.spec.bias) {
    const FontScope font(context.fonts.mono);
    ImGui::PushStyleColor(ImGuiCol_Text, color(palette.bias.text));
    ImGui::TextUnformatted("bias");
    ImGui::PopStyleColor();
    ImGui::SameLine(context.em(14 + 64));
    ImGui::TextUnformatted(("(" + std::to_string(layer.spec.out_channels) + ",)").c_str());
  }
  shape_row(context, "out", layer_output_shape(scene, session.layer), palette.output);
}

// The filter whose map grows now.
std::int64_t active_filter(const Session& session) {
  const Shape out = layer_output_shape(scene_of(session), session.layer);
  const Beat beat = beat_at(timeline_of(session), session.frame);
  return out.count() == 0 ? 0 : output_index(out, std::max<std::int64_t>(beat.position, 0)).c;
}

std::span<const float> filter_values(const PanelContext& context, std::int64_t filter) {
  const auto layer = static_cast<std::size_t>(context.session.layer);
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

void preset_choice(const PanelContext& context) {
  const LayerSpec& spec = layer_of(context.session).spec;
  const std::int64_t filter = active_filter(context.session);
  const bool fits = spec.kernel_size == Size2{3, 3};
  heading(context, context.locale.text("panel.filter",
                                       {{"filter", filter}, {"filters", spec.out_channels}}));
  const FilterPreset* current = fits ? preset_of(filter_values(context, filter)) : nullptr;
  const auto label = [&](const FilterPreset& preset) -> const std::string& {
    return context.locale.text("panel." + std::string(preset.label));
  };
  const std::string& shown =
      current != nullptr ? label(*current) : context.locale.text("panel.filter_own");
  ImGui::BeginDisabled(!fits);
  ImGui::SetNextItemWidth(-1);
  if (ImGui::BeginCombo("##preset", shown.c_str(), ImGuiComboFlags_HeightLarge)) {
    for (const FilterPreset& preset : filter_presets()) {
      const bool on = current == &preset;
      if (ImGui::Selectable(label(preset).c_str(), on)) {
        context.emit(
            action::SetFilter{filter, preset_values(preset, spec.in_channels / spec.groups)});
      }
    }
    ImGui::EndCombo();
  } else {
    tooltip(context, context.locale.text("tip.filter"));
  }
  ImGui::EndDisabled();
  if (!fits) {
    dim_text(context, context.locale.text("panel.filter_only_3x3"));
  }
}

// Which layer of the scene is on stage, where there are several.
void layer_choice(const PanelContext& context) {
  const Session& session = context.session;
  const auto& layers = scene_of(session).layers;
  if (layers.size() < 2) {
    return;
  }
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (i > 0) {
      ImGui::SameLine(0, context.em(4));
    }
    const bool current = static_cast<std::int64_t>(i) == session.layer;
    ImGui::PushStyleColor(ImGuiCol_Button,
                          color(current ? faded(context.palette.accent, 0.22f) : kTransparent));
    const std::string name = layers[i].name.empty() ? std::to_string(i + 1) : layers[i].name;
    if (ImGui::Button((name + "##layer" + std::to_string(i)).c_str()) && !current) {
      context.emit(action::SetLayer{static_cast<std::int64_t>(i)});
    }
    ImGui::PopStyleColor();
    tooltip(context, context.locale.text("tip.layer"));
  }
}

}  // namespace

void inspector_panel(const PanelContext& context, const Rect& area) {
  begin_area("inspector", area, true);
  ImGui::BeginChild("form");
  {
    const FontScope font(context.fonts.title);
    const bool flat = layer_of(context.session).one_dimensional;
    ImGui::TextUnformatted(flat ? "Conv1d" : "Conv2d");
  }
  layer_choice(context);
  spec_form(context);
  preset_choice(context);
  facts(context);
  heading(context, context.locale.text("panel.code"));
  dim_text(context, context.locale.text("panel.code_later"));
  fade_cut_edges(context);
  ImGui::EndChild();
  const float x = area.x + 0.5f;
  edge_line(context, {x, area.y}, {x, area.bottom()});
  end_area();
}

}  // namespace convscope
