#include "app/panels/inspector/layer_tab.h"

#include <string>

#include "app/panels/inspector/layer_summary.h"
#include "app/panels/inspector/spec_form.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/dropdown.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/conv/operators/operator.h"
#include "core/lesson/layer_code.h"
#include "core/session/edit/build_layers.h"

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

// The operator in the place of a title.
void operator_row(const PanelContext& context) {
  const session::Session& session = context.session;
  const conv::Op current = session::layer_of(session).spec.op;
  ImGui::SetNextItemWidth(-1);
  const std::string shown = class_of(session, current);
  if (widgets::begin_dropdown(context, "##operator", shown.c_str(), ImGuiComboFlags_HeightLarge)) {
    int index = 0;
    for (const conv::Operator* row : conv::all_operators()) {
      if (session::takes_operator(session, row->op) &&
          widgets::dropdown_item(context, index++, class_of(session, row->op),
                                 row->op == current)) {
        context.emit(session::action::SetOperator{row->op});
      }
    }
    widgets::end_dropdown(context, index);
  } else {
    widgets::tooltip(context, context.locale.text("tip.operator"));
  }
}

}  // namespace

std::string class_of(const session::Session& session, conv::Op op) {
  return lesson::torch_class(op, session::layer_of(session).one_dimensional);
}

std::optional<float> layer_tab(const PanelContext& context) {
  const conv::Op op = session::layer_of(context.session).spec.op;
  operator_row(context);
  const std::optional<float> fault_y = spec_form(context);
  if (conv::operator_of(op).transposed()) {
    story_choice(context);
  }
  if (op != conv::Op::kRelu) {
    relu_switch(context);
  }
  layer_summary(context);
  return fault_y;
}

}  // namespace convscope::panels
