#include "app/panels/inspector/layer_summary.h"

#include "app/panels/inspector/fold.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/conv/operators/operator.h"
#include "core/lesson/formula.h"
#include "core/lesson/layer_code.h"

namespace convscope::panels {
namespace {

constexpr float kCopySide = 26;

void formula_text(const PanelContext& context, const std::string& text) {
  const widgets::FontScope font(context.fonts.mono);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
}

void fact(const PanelContext& context, const char* key, const std::string& text) {
  widgets::dim_text(context, context.locale.text(key));
  formula_text(context, text);
  ImGui::Dummy({0, context.em(2)});
}

void size_facts(const PanelContext& context, const conv::LayerSpec& spec, const Shape& input,
                bool flat) {
  const lesson::AxisNumbers height = lesson::height_numbers(spec, input);
  const lesson::AxisNumbers width = lesson::width_numbers(spec, input);
  if (flat) {
    fact(context, "panel.size_length", lesson::size_formula(width));
  } else if (height == width) {
    fact(context, "panel.size_both", lesson::size_formula(height));
  } else {
    fact(context, "panel.size_height", lesson::size_formula(height));
    fact(context, "panel.size_width", lesson::size_formula(width));
  }
}

// How large the input is with its padding; a transposed convolution's padding cuts the output.
void input_fact(const PanelContext& context, const conv::LayerSpec& spec, const Shape& input,
                bool flat) {
  if (conv::operator_of(spec.op).transposed()) {
    return;
  }
  const lesson::AxisNumbers height = lesson::height_numbers(spec, input);
  const lesson::AxisNumbers width = lesson::width_numbers(spec, input);
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
                const picture::Hue& hue) {
  const widgets::FontScope font(context.fonts.mono);
  ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(hue.text));
  ImGui::TextUnformatted(name.c_str());
  ImGui::PopStyleColor();
  ImGui::SameLine(context.em(14 + 64));
  ImGui::TextUnformatted(shape.c_str());
}

// Unfold's map as PyTorch hands it over: (N, C·kh·kw, L).
std::string output_text(const lesson::Layer& layer, const Shape& out) {
  if (!conv::operator_of(layer.spec.op).unfolds) {
    return lesson::shape_text(out, layer.one_dimensional);
  }
  return lesson::shape_text({out.n, out.c, 1, out.h * out.w}, true);
}

void shape_facts(const PanelContext& context, const Shape& input) {
  const session::Session& session = context.session;
  const lesson::Scene& scene = session::scene_of(session);
  const lesson::Layer& layer = session::layer_of(session);
  const picture::Palette& palette = context.palette;
  const bool flat = layer.one_dimensional;
  widgets::dim_text(context, context.locale.text("panel.shapes"));
  tensor_row(context, session.look.layer == 0 ? scene.input_name : "x",
             lesson::shape_text(input, flat), palette.input);
  if (conv::has_weight(layer.spec.op)) {
    tensor_row(context, "weight", lesson::shape_text(conv::weight_shape(layer.spec), flat),
               palette.weight);
  }
  if (layer.spec.bias) {
    tensor_row(context, "bias", "(" + std::to_string(layer.spec.out_channels) + ",)", palette.bias);
  }
  const Shape out = lesson::layer_output_shape(scene, session.look.layer);
  tensor_row(
      context, "out",
      session::keeps_size(session) ? lesson::asked_shape_text(out, flat) : output_text(layer, out),
      palette.output);
}

// Which of its ways the engine takes for this layer's map.
void algorithm_fact(const PanelContext& context) {
  const auto layer = static_cast<std::size_t>(context.session.look.layer);
  if (layer < context.derived.layers.size() && context.derived.layers[layer].algorithm) {
    const std::string name(conv::name_of(*context.derived.layers[layer].algorithm));
    fact(context, "panel.algorithm", context.locale.text("algorithm." + name));
  }
}

void code_fact(const PanelContext& context, const Shape& input) {
  const std::string code = lesson::layer_code(session::layer_of(context.session), input);
  widgets::heading(context, context.locale.text("panel.code"), kCopySide);
  ImGui::SameLine();
  ImGui::SetCursorPosX(ImGui::GetWindowContentRegionMax().x - context.em(kCopySide));
  if (widgets::icon_press(context, "copy code", widgets::Icon::kCopy,
                          context.locale.text("tip.copy_code"), {.size = kCopySide})) {
    context.ui.clipboard = code;
    context.emit(session::action::Notify{{"code_copied", "", {}}});
  }
  formula_text(context, code);
}

}  // namespace

void size_summary(const PanelContext& context) {
  const session::Session& session = context.session;
  const lesson::Layer& layer = session::layer_of(session);
  const conv::Operator& op = conv::operator_of(layer.spec.op);
  const Shape input = lesson::layer_input_shape(session::scene_of(session), session.look.layer);
  if (!op.reads(conv::Setting::kKernelSize) || session::keeps_size(session) ||
      !fold(context, context.locale.text("panel.why_this_size"), context.ui.building.why)) {
    return;
  }
  size_facts(context, layer.spec, input, layer.one_dimensional);
  input_fact(context, layer.spec, input, layer.one_dimensional);
  if (op.unfolds) {
    fact(context, "panel.unfold_size", lesson::unfold_formula(layer.spec, input));
  }
}

void layer_summary(const PanelContext& context) {
  const session::Session& session = context.session;
  const conv::LayerSpec& spec = session::layer_of(session).spec;
  const Shape input = lesson::layer_input_shape(session::scene_of(session), session.look.layer);
  widgets::heading(context, context.locale.text("panel.numbers"));
  size_summary(context);
  if (conv::has_weight(spec.op)) {
    fact(context, "panel.parameters", lesson::parameter_formula(spec));
    if (!session::keeps_size(session)) {
      fact(context, "panel.multiply_adds", lesson::multiply_add_formula(spec, input));
    }
  }
  shape_facts(context, input);
  code_fact(context, input);
  if (conv::has_weight(spec.op) &&
      fold(context, context.locale.text("panel.engine"), context.ui.building.engine)) {
    algorithm_fact(context);
  }
}

}  // namespace convscope::panels
