#include "app/panels/inspector/spec_form.h"

#include <algorithm>
#include <string>

#include "app/panels/widgets/form_rows.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/conv/operators/operator.h"

namespace convscope::panels {
namespace {

void row(widgets::Form& form, const conv::Operator& op, conv::Setting setting) {
  conv::LayerSpec& spec = form.spec;
  const char* name = conv::name_of(setting).data();  // literals end with a zero
  switch (setting) {
    case conv::Setting::kInChannels:
      return widgets::number_row(form, name, spec.in_channels);
    case conv::Setting::kOutChannels:
      return widgets::number_row(form, name, spec.out_channels);
    case conv::Setting::kKernelSize:
      return widgets::pair_row(form, name, &conv::LayerSpec::kernel_size);
    case conv::Setting::kStride:
      return widgets::pair_row(form, name, &conv::LayerSpec::stride);
    case conv::Setting::kPadding:
      return op.reads(conv::Setting::kPaddingMode) ? widgets::padding_rows(form)
                                                   : widgets::even_padding_row(form);
    case conv::Setting::kPaddingMode:
      return;  // one of the padding rows
    case conv::Setting::kDilation:
      return widgets::pair_row(form, name, &conv::LayerSpec::dilation);
    case conv::Setting::kGroups:
      return widgets::number_row(form, name, spec.groups);
    case conv::Setting::kOutputPadding:
      return widgets::pair_row(form, name, &conv::LayerSpec::output_padding);
    case conv::Setting::kBias:
      return widgets::switch_row(form, name, spec.bias);
    case conv::Setting::kFlip:
      return widgets::told_switch(form, name, spec.flip, form.context.locale.text("panel.flip"));
    case conv::Setting::kCeilMode:
      return widgets::switch_row(form, name, spec.ceil_mode);
    case conv::Setting::kCountIncludePad:
      return widgets::switch_row(form, name, spec.count_include_pad);
    case conv::Setting::kDivisorOverride:
      return widgets::number_row(form, name, spec.divisor_override);
  }
}

std::string_view group_of(conv::Setting setting) {
  switch (setting) {
    case conv::Setting::kPadding:
    case conv::Setting::kPaddingMode:
    case conv::Setting::kCountIncludePad:
      return "group_padding";
    case conv::Setting::kInChannels:
    case conv::Setting::kOutChannels:
    case conv::Setting::kGroups:
    case conv::Setting::kBias:
      return "group_channels";
    default:
      return "group_kernel";
  }
}

void rows(widgets::Form& form) {
  const conv::Operator& op = conv::operator_of(form.spec.op);
  bool first = true;
  for (const SettingGroup& group : setting_groups(op, form.flat)) {
    if (!first) {
      ImGui::Dummy({0, form.context.em(4)});
    }
    first = false;
    widgets::dim_text(form.context, form.context.locale.text("panel." + std::string(group.name)));
    for (const conv::Setting setting : group.settings) {
      row(form, op, setting);
    }
  }
  if (op.settings.empty()) {
    widgets::dim_text(form.context,
                      form.context.locale.text("operator." + std::string(op.caption)));
  }
}

void hand_over(const widgets::Form& form) {
  if (widgets::is_due(form.edit, form.spec, form.context.ui.typed_spec)) {
    form.context.emit(session::action::SetSpec{form.spec, false});
  }
  if (form.edit.released) {
    form.context.emit(session::action::Commit{});
  }
}

}  // namespace

std::vector<SettingGroup> setting_groups(const conv::Operator& op, bool one_dimensional) {
  std::vector<SettingGroup> groups = {
      {"group_kernel", {}}, {"group_padding", {}}, {"group_channels", {}}};
  for (const conv::Setting setting : op.settings_read(one_dimensional)) {
    std::ranges::find(groups, group_of(setting), &SettingGroup::name)->settings.push_back(setting);
  }
  std::erase_if(groups, [](const SettingGroup& group) { return group.settings.empty(); });
  return groups;
}

std::optional<float> spec_form(const PanelContext& context) {
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
  return form.fault_y;
}

}  // namespace convscope::panels
