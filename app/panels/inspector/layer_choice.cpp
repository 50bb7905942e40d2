#include "app/panels/inspector/layer_choice.h"

#include <string>

#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/lesson/formula.h"
#include "core/lesson/layer_code.h"

namespace convscope::panels {
namespace {

std::string tip_of(const PanelContext& context, std::int64_t layer) {
  const lesson::Scene& scene = session::scene_of(context.session);
  const lesson::Layer& named = scene.layers[static_cast<std::size_t>(layer)];
  const bool flat = named.one_dimensional;
  return context.locale.text("tip.layer") + "\n" + lesson::torch_class(named) + "   " +
         lesson::shape_text(lesson::layer_input_shape(scene, layer), flat) + " → " +
         lesson::shape_text(lesson::layer_output_shape(scene, layer), flat);
}

}  // namespace

void layer_choice(const PanelContext& context) {
  const session::Session& session = context.session;
  const auto& layers = session::scene_of(session).layers;
  if (layers.size() < 2) {
    return;
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {context.em(2), context.em(2)});
  const float right = ImGui::GetWindowContentRegionMax().x;
  float end = 0;  // of the row so far
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const std::string& name = layers[i].name;
    const std::string number = std::to_string(i + 1);
    const std::string words =
        number + " · " + (name.empty() ? lesson::torch_class(layers[i]) : name);
    const float width = widgets::choice_width(words);
    if (i > 0 && end + context.em(2) + width <= right) {
      ImGui::SameLine(0, context.em(2));
    }
    const auto layer = static_cast<std::int64_t>(i);
    if (widgets::choice_button(context, ("layer" + number).c_str(), words,
                               layer == session.look.layer, tip_of(context, layer))) {
      context.emit(session::action::SetLayer{layer});
    }
    end = ImGui::GetItemRectMax().x - ImGui::GetWindowPos().x;
  }
  ImGui::PopStyleVar();
  ImGui::Dummy({0, context.em(2)});
}

}  // namespace convscope::panels
