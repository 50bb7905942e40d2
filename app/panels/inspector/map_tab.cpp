#include "app/panels/inspector/map_tab.h"

#include <string>

#include "app/panels/inspector/layer_summary.h"
#include "app/panels/inspector/map_statistics.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/value_text.h"
#include "app/panels/widgets/widgets.h"
#include "core/lesson/formula.h"

namespace convscope::panels {

void map_tab(const PanelContext& context) {
  const session::Session& session = context.session;
  const bool flat = session::layer_of(session).one_dimensional;
  if (session::keeps_size(session)) {
    return;  // it is asked for
  }
  const Shape out = lesson::layer_output_shape(session::scene_of(session), session.look.layer);
  {
    const widgets::FontScope font(context.fonts.mono);
    ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(context.palette.output.text));
    ImGui::TextUnformatted(("out " + lesson::shape_text(out, flat)).c_str());
    ImGui::PopStyleColor();
  }
  const auto layer = static_cast<std::size_t>(session.look.layer);
  if (layer < context.derived.layers.size() && !context.derived.layers[layer].output.empty()) {
    const derive::ValueRange& range = context.derived.layers[layer].output_range;
    widgets::dim_text(context, context.locale.text("panel.map_range",
                                                   {{"low", widgets::value_text(range.low)},
                                                    {"high", widgets::value_text(range.high)}}));
  }
  ImGui::Dummy({0, context.em(4)});
  size_summary(context);
  map_statistics(context);
}

}  // namespace convscope::panels
