#include "app/panels/inspector/spec_form.h"

#include <algorithm>

#include "app/panels/inspector/refusal.h"
#include "app/panels/widgets/form_rows.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

void convolution_rows(widgets::Form& form) {
  conv::LayerSpec& spec = form.spec;
  widgets::number_row(form, "in_channels", spec.in_channels);
  widgets::number_row(form, "out_channels", spec.out_channels);
  widgets::pair_row(form, "kernel_size", &conv::LayerSpec::kernel_size);
  widgets::pair_row(form, "stride", &conv::LayerSpec::stride);
  widgets::padding_rows(form);
  widgets::pair_row(form, "dilation", &conv::LayerSpec::dilation);
  widgets::number_row(form, "groups", spec.groups);
  widgets::switch_row(form, "bias", spec.bias);
  widgets::told_switch(form, "flip", spec.flip, form.context.locale.text("panel.flip"));
}

void transposed_rows(widgets::Form& form) {
  conv::LayerSpec& spec = form.spec;
  widgets::number_row(form, "in_channels", spec.in_channels);
  widgets::number_row(form, "out_channels", spec.out_channels);
  widgets::pair_row(form, "kernel_size", &conv::LayerSpec::kernel_size);
  widgets::pair_row(form, "stride", &conv::LayerSpec::stride);
  widgets::even_padding_row(form);
  widgets::pair_row(form, "output_padding", &conv::LayerSpec::output_padding);
  widgets::pair_row(form, "dilation", &conv::LayerSpec::dilation);
  widgets::number_row(form, "groups", spec.groups);
  widgets::switch_row(form, "bias", spec.bias);
}

void window_rows(widgets::Form& form) {
  conv::LayerSpec& spec = form.spec;
  widgets::pair_row(form, "kernel_size", &conv::LayerSpec::kernel_size);
  widgets::pair_row(form, "stride", &conv::LayerSpec::stride);
  widgets::even_padding_row(form);
  if (spec.op != conv::Op::kAvgPool) {
    widgets::pair_row(form, "dilation", &conv::LayerSpec::dilation);
  }
  if (spec.op != conv::Op::kUnfold) {
    widgets::switch_row(form, "ceil_mode", spec.ceil_mode);
  }
  if (spec.op == conv::Op::kAvgPool) {
    widgets::switch_row(form, "count_include_pad", spec.count_include_pad);
    widgets::number_row(form, "divisor_override", spec.divisor_override);
  }
}

void rows(widgets::Form& form) {
  switch (form.spec.op) {
    case conv::Op::kConv:
      return convolution_rows(form);
    case conv::Op::kConvTranspose:
      return transposed_rows(form);
    case conv::Op::kMaxPool:
    case conv::Op::kAvgPool:
    case conv::Op::kUnfold:
      return window_rows(form);
    case conv::Op::kRelu:
      return widgets::dim_text(form.context, form.context.locale.text("panel.relu"));
  }
}

// A drag shows at once what it does, a typed number when it is complete.
void hand_over(const widgets::Form& form) {
  std::optional<conv::LayerSpec>& typed = form.context.ui.typed_spec;
  if (form.typing && !form.released) {
    typed = form.changed ? std::optional(form.spec) : typed;
    return;
  }
  if (form.changed || typed) {
    form.context.emit(session::action::SetSpec{form.spec, false});
  }
  if (form.released) {
    form.context.emit(session::action::Commit{});
  }
  typed.reset();
}

}  // namespace

void spec_form(const PanelContext& context) {
  const session::Session& session = context.session;
  const lesson::Layer& layer = session::layer_of(session);
  const conv::LayerSpec& current =
      session.transient.draft ? session.transient.draft->spec : layer.spec;
  std::optional<conv::LayerSpec>& typed = context.ui.typed_spec;
  if (typed && typed->op != layer.spec.op) {
    typed.reset();  // it was meant for another layer
  }
  widgets::Form form{context, typed.value_or(current), layer.one_dimensional};
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {context.em(8), context.em(4)});
  rows(form);
  ImGui::PopStyleVar();
  hand_over(form);
  if (session.transient.draft) {
    const float top = ImGui::GetWindowPos().y;
    const float bottom = top + ImGui::GetWindowHeight();
    refusal(context, {ImGui::GetWindowPos().x - ImGui::GetStyle().WindowPadding.x,
                      std::clamp(form.fault_y.value_or(top), top, bottom)});
  }
}

}  // namespace convscope::panels
