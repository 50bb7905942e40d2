#include "app/panels/layer_facts.h"

#include "app/panels/imgui_shim.h"
#include "app/panels/widgets.h"
#include "core/lesson/formula.h"
#include "core/lesson/layer_code.h"

namespace convscope {
namespace {

constexpr float kCopySide = 26;

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

void size_facts(const PanelContext& context, const LayerSpec& spec, const Shape& input, bool flat) {
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
}

// How large the input is with its padding; a transposed convolution's padding cuts the output.
void input_fact(const PanelContext& context, const LayerSpec& spec, const Shape& input, bool flat) {
  if (spec.op == Op::kConvTranspose) {
    return;
  }
  const AxisNumbers height = height_numbers(spec, input);
  const AxisNumbers width = width_numbers(spec, input);
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

// A tensor's name in its hue, and what stands after it.
void tensor_row(const PanelContext& context, const std::string& name, const std::string& shape,
                const Hue& hue) {
  const FontScope font(context.fonts.mono);
  ImGui::PushStyleColor(ImGuiCol_Text, color(hue.text));
  ImGui::TextUnformatted(name.c_str());
  ImGui::PopStyleColor();
  ImGui::SameLine(context.em(14 + 64));
  ImGui::TextUnformatted(shape.c_str());
}

// Unfold's map as PyTorch hands it over: (N, C·kh·kw, L).
std::string output_text(const Layer& layer, const Shape& out) {
  if (layer.spec.op != Op::kUnfold) {
    return shape_text(out, layer.one_dimensional);
  }
  return shape_text({out.n, out.c, 1, out.h * out.w}, true);
}

void shape_facts(const PanelContext& context, const Shape& input) {
  const Session& session = context.session;
  const Scene& scene = scene_of(session);
  const Layer& layer = layer_of(session);
  const Palette& palette = context.palette;
  const bool flat = layer.one_dimensional;
  dim_text(context, context.locale.text("panel.shapes"));
  tensor_row(context, session.layer == 0 ? scene.input_name : "x", shape_text(input, flat),
             palette.input);
  if (has_weight(layer.spec.op)) {
    tensor_row(context, "weight", shape_text(weight_shape(layer.spec), flat), palette.weight);
  }
  if (layer.spec.bias) {
    tensor_row(context, "bias", "(" + std::to_string(layer.spec.out_channels) + ",)", palette.bias);
  }
  tensor_row(context, "out", output_text(layer, layer_output_shape(scene, session.layer)),
             palette.output);
}

// Which of its ways the engine takes for this layer's map.
void algorithm_fact(const PanelContext& context) {
  const auto layer = static_cast<std::size_t>(context.session.layer);
  if (layer < context.derived.layers.size() && context.derived.layers[layer].algorithm) {
    const std::string name(name_of(*context.derived.layers[layer].algorithm));
    fact(context, "panel.algorithm", context.locale.text("algorithm." + name));
  }
}

void code_fact(const PanelContext& context, const Shape& input) {
  const std::string code = layer_code(layer_of(context.session), input);
  heading(context, context.locale.text("panel.code"));
  ImGui::SameLine();
  ImGui::SetCursorPosX(ImGui::GetWindowContentRegionMax().x - context.em(kCopySide));
  if (icon_press(context, "copy code", Icon::kCopy, context.locale.text("tip.copy_code"),
                 {.size = kCopySide})) {
    context.ui.clipboard = code;
    context.emit(action::Notify{{"code_copied", "", {}}});
  }
  formula_text(context, code);
}

}  // namespace

void layer_facts(const PanelContext& context) {
  const Session& session = context.session;
  const Layer& layer = layer_of(session);
  const LayerSpec& spec = layer.spec;
  const Shape input = layer_input_shape(scene_of(session), session.layer);
  heading(context, context.locale.text("panel.numbers"));
  if (spec.op != Op::kRelu) {
    size_facts(context, spec, input, layer.one_dimensional);
    input_fact(context, spec, input, layer.one_dimensional);
  }
  if (spec.op == Op::kUnfold) {
    fact(context, "panel.unfold_size", unfold_formula(spec, input));
  }
  if (has_weight(spec.op)) {
    fact(context, "panel.parameters", parameter_formula(spec));
    fact(context, "panel.multiply_adds", multiply_add_formula(spec, input));
    algorithm_fact(context);
  }
  shape_facts(context, input);
  code_fact(context, input);
}

}  // namespace convscope
