#include "app/panels/spec_form.h"

#include <algorithm>

#include "app/panels/form_rows.h"
#include "app/panels/imgui_shim.h"
#include "app/panels/refusal.h"
#include "app/panels/widgets.h"

namespace convscope {
namespace {

void convolution_rows(Form& form) {
  LayerSpec& spec = form.spec;
  number_row(form, "in_channels", spec.in_channels);
  number_row(form, "out_channels", spec.out_channels);
  pair_row(form, "kernel_size", &LayerSpec::kernel_size);
  pair_row(form, "stride", &LayerSpec::stride);
  padding_rows(form);
  pair_row(form, "dilation", &LayerSpec::dilation);
  number_row(form, "groups", spec.groups);
  switch_row(form, "bias", spec.bias);
  told_switch(form, "flip", spec.flip, form.context.locale.text("panel.flip"));
}

void transposed_rows(Form& form) {
  LayerSpec& spec = form.spec;
  number_row(form, "in_channels", spec.in_channels);
  number_row(form, "out_channels", spec.out_channels);
  pair_row(form, "kernel_size", &LayerSpec::kernel_size);
  pair_row(form, "stride", &LayerSpec::stride);
  even_padding_row(form);
  pair_row(form, "output_padding", &LayerSpec::output_padding);
  pair_row(form, "dilation", &LayerSpec::dilation);
  number_row(form, "groups", spec.groups);
  switch_row(form, "bias", spec.bias);
}

void window_rows(Form& form) {
  LayerSpec& spec = form.spec;
  pair_row(form, "kernel_size", &LayerSpec::kernel_size);
  pair_row(form, "stride", &LayerSpec::stride);
  even_padding_row(form);
  if (spec.op != Op::kAvgPool) {
    pair_row(form, "dilation", &LayerSpec::dilation);
  }
  if (spec.op != Op::kUnfold) {
    switch_row(form, "ceil_mode", spec.ceil_mode);
  }
  if (spec.op == Op::kAvgPool) {
    switch_row(form, "count_include_pad", spec.count_include_pad);
    number_row(form, "divisor_override", spec.divisor_override);
  }
}

void rows(Form& form) {
  switch (form.spec.op) {
    case Op::kConv:
      return convolution_rows(form);
    case Op::kConvTranspose:
      return transposed_rows(form);
    case Op::kMaxPool:
    case Op::kAvgPool:
    case Op::kUnfold:
      return window_rows(form);
    case Op::kRelu:
      return dim_text(form.context, form.context.locale.text("panel.relu"));
  }
}

// A drag shows at once what it does, a typed number when it is complete.
void hand_over(const Form& form) {
  std::optional<LayerSpec>& typed = form.context.ui.typed_spec;
  if (form.typing && !form.released) {
    typed = form.changed ? std::optional(form.spec) : typed;
    return;
  }
  if (form.changed || typed) {
    form.context.emit(action::SetSpec{form.spec, false});
  }
  if (form.released) {
    form.context.emit(action::Commit{});
  }
  typed.reset();
}

}  // namespace

void spec_form(const PanelContext& context) {
  const Session& session = context.session;
  const Layer& layer = layer_of(session);
  const LayerSpec& current = session.draft ? session.draft->spec : layer.spec;
  std::optional<LayerSpec>& typed = context.ui.typed_spec;
  if (typed && typed->op != layer.spec.op) {
    typed.reset();  // it was meant for another layer
  }
  Form form{context, typed.value_or(current), layer.one_dimensional};
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {context.em(8), context.em(4)});
  rows(form);
  ImGui::PopStyleVar();
  hand_over(form);
  if (session.draft) {
    const float top = ImGui::GetWindowPos().y;
    const float bottom = top + ImGui::GetWindowHeight();
    refusal(context, {ImGui::GetWindowPos().x - ImGui::GetStyle().WindowPadding.x,
                      std::clamp(form.fault_y.value_or(top), top, bottom)});
  }
}

}  // namespace convscope
