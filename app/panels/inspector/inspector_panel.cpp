// The layer: its settings, and below them what follows from them.
#include "app/panels/inspector/filter_choice.h"
#include "app/panels/inspector/layer_choice.h"
#include "app/panels/inspector/layer_summary.h"
#include "app/panels/inspector/map_statistics.h"
#include "app/panels/inspector/spec_form.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/conv/operators/operator.h"
#include "core/lesson/layer_code.h"
#include "core/lesson/views.h"

namespace convscope::panels {
namespace {

// A transposed convolution has two stories with the same end.
void story_choice(const PanelContext& context) {
  const lesson::Locale& locale = context.locale;
  const bool scatter_add = session::is_scatter_add(context.session);
  widgets::dim_text(context, locale.text("panel.told_as"));
  if (widgets::choice_button(context, "stretch", locale.text("panel.told_stretch"), !scatter_add,
                             locale.text("tip.told_stretch"))) {
    context.emit(session::action::SetTransposedAs{lesson::TransposedAs::kZeroInsert});
  }
  ImGui::SameLine(0, context.em(2));
  if (widgets::choice_button(context, "stamp", locale.text("panel.told_stamp"), scatter_add,
                             locale.text("tip.told_stamp"))) {
    context.emit(session::action::SetTransposedAs{lesson::TransposedAs::kScatterAdd});
  }
}

// Whether a ReLU follows.
void relu_switch(const PanelContext& context) {
  const session::Session& session = context.session;
  const auto& layers = session::scene_of(session).layers;
  const auto after = static_cast<std::size_t>(session.look.layer) + 1;
  bool on = after < layers.size() && layers[after].spec.op == conv::Op::kRelu;
  if (widgets::check_box(context, context.locale.text("panel.relu_after") + "##relu", on)) {
    context.emit(session::action::SetRelu{on});
  }
  widgets::tooltip(context, context.locale.text("tip.relu_after"));
}

void title(const PanelContext& context) {
  const widgets::FontScope font(context.fonts.title);
  ImGui::TextUnformatted(lesson::torch_class(session::layer_of(context.session)).c_str());
}

}  // namespace

void inspector_panel(const PanelContext& context, const picture::Rect& area) {
  const conv::Op op = session::layer_of(context.session).spec.op;
  widgets::begin_area("inspector", area, true);
  ImGui::BeginChild("form");
  layer_choice(context);
  title(context);
  if (lesson::counts_steps(context.session.look.view)) {
    training_section(context);
  }
  spec_form(context);
  if (conv::operator_of(op).transposed()) {
    story_choice(context);
  }
  if (op != conv::Op::kRelu) {
    relu_switch(context);
  }
  if (op == conv::Op::kConv) {
    filter_choice(context);
  }
  layer_summary(context);
  map_statistics(context);
  widgets::fade_cut_edges(context);
  ImGui::EndChild();
  const float x = area.x + 0.5f;
  widgets::edge_line(context, {x, area.y}, {x, area.bottom()});
  widgets::focus_ring(context, area, KeyFocus::kInspector);
  widgets::end_area();
}

}  // namespace convscope::panels
