#include "app/panels/layer_choice.h"

#include <string>

#include "app/panels/imgui_shim.h"
#include "app/panels/widgets.h"
#include "core/lesson/formula.h"
#include "core/lesson/layer_code.h"

namespace convscope {
namespace {

std::string tip_of(const PanelContext& context, std::int64_t layer) {
  const Scene& scene = scene_of(context.session);
  const Layer& named = scene.layers[static_cast<std::size_t>(layer)];
  const bool flat = named.one_dimensional;
  return context.locale.text("tip.layer") + "\n" + torch_class(named) + "   " +
         shape_text(layer_input_shape(scene, layer), flat) + " → " +
         shape_text(layer_output_shape(scene, layer), flat);
}

}  // namespace

void layer_choice(const PanelContext& context) {
  const Session& session = context.session;
  const auto& layers = scene_of(session).layers;
  if (layers.size() < 2) {
    return;
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {context.em(2), context.em(2)});
  const float right = ImGui::GetWindowContentRegionMax().x;
  float end = 0;  // of the row so far
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const std::string& name = layers[i].name;
    const std::string number = std::to_string(i + 1);
    const std::string words = number + " · " + (name.empty() ? torch_class(layers[i]) : name);
    const float width = choice_width(words);
    if (i > 0 && end + context.em(2) + width <= right) {
      ImGui::SameLine(0, context.em(2));
    }
    const auto layer = static_cast<std::int64_t>(i);
    if (choice_button(context, ("layer" + number).c_str(), words, layer == session.layer,
                      tip_of(context, layer))) {
      context.emit(action::SetLayer{layer});
    }
    end = ImGui::GetItemRectMax().x - ImGui::GetWindowPos().x;
  }
  ImGui::PopStyleVar();
  ImGui::Dummy({0, context.em(2)});
}

}  // namespace convscope
