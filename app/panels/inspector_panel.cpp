// The layer: its settings, and below them what follows from them.
#include "app/panels/filter_choice.h"
#include "app/panels/imgui_shim.h"
#include "app/panels/layer_choice.h"
#include "app/panels/layer_facts.h"
#include "app/panels/spec_form.h"
#include "app/panels/widgets.h"
#include "core/lesson/layer_code.h"

namespace convscope {
namespace {

// A transposed convolution has two stories with the same end.
void story_choice(const PanelContext& context) {
  const Locale& locale = context.locale;
  const bool stamping = is_stamping(context.session);
  dim_text(context, locale.text("panel.told_as"));
  if (choice_button(context, "stretch", locale.text("panel.told_stretch"), !stamping,
                    locale.text("tip.told_stretch"))) {
    context.emit(action::SetTransposedAs{TransposedAs::kStretch});
  }
  ImGui::SameLine(0, context.em(2));
  if (choice_button(context, "stamp", locale.text("panel.told_stamp"), stamping,
                    locale.text("tip.told_stamp"))) {
    context.emit(action::SetTransposedAs{TransposedAs::kStamp});
  }
}

// Whether a ReLU follows.
void relu_switch(const PanelContext& context) {
  const Session& session = context.session;
  const auto& layers = scene_of(session).layers;
  const auto after = static_cast<std::size_t>(session.layer) + 1;
  bool on = after < layers.size() && layers[after].spec.op == Op::kRelu;
  if (ImGui::Checkbox((context.locale.text("panel.relu_after") + "##relu").c_str(), &on)) {
    context.emit(action::SetRelu{on});
  }
  tooltip(context, context.locale.text("tip.relu_after"));
}

void title(const PanelContext& context) {
  const FontScope font(context.fonts.title);
  ImGui::TextUnformatted(torch_class(layer_of(context.session)).c_str());
}

}  // namespace

void inspector_panel(const PanelContext& context, const Rect& area) {
  const Op op = layer_of(context.session).spec.op;
  begin_area("inspector", area, true);
  ImGui::BeginChild("form");
  layer_choice(context);
  title(context);
  if (context.session.view == View::kDescent) {
    training_section(context);
  }
  spec_form(context);
  if (op == Op::kConvTranspose) {
    story_choice(context);
  }
  if (op != Op::kRelu) {
    relu_switch(context);
  }
  if (op == Op::kConv) {
    filter_choice(context);
  }
  layer_facts(context);
  fade_cut_edges(context);
  ImGui::EndChild();
  const float x = area.x + 0.5f;
  edge_line(context, {x, area.y}, {x, area.bottom()});
  focus_ring(context, area, KeyFocus::kInspector);
  end_area();
}

}  // namespace convscope
