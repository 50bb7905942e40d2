#include "app/panels/commands/copy_as.h"

#include <algorithm>
#include <string_view>

#include "app/panels/commands/commands.h"
#include "app/panels/commands/palette_entries.h"
#include "app/panels/widgets/dropdown.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/code/code_target.h"
#include "core/code/numbers/number_texts.h"
#include "core/code/numbers/scene_tensors.h"
#include "core/conv/analysis/step.h"
#include "core/lesson/scene_shapes.h"
#include "core/picture/descent/moment.h"
#include "core/session/cell_under_way.h"

namespace convscope::panels {
namespace {

code::Plan plan_on(const PanelContext& context) {
  const session::Session& session = context.session;
  code::Plan plan =
      code::plan_of(*session.document.lesson, static_cast<std::size_t>(session.look.scene),
                    session.look.language);
  plan.layer = static_cast<std::size_t>(session.look.layer);
  if (const std::optional<Index> cell = session::cell_under_way(session)) {
    plan.position = conv::position_of(
        lesson::layer_output_shape(session::scene_of(session), session.look.layer), *cell);
  }
  return plan;
}

void copy_program(const code::CodeTarget& target, const PanelContext& context) {
  const code::Plan plan = plan_on(context);
  if (const auto problem = code::too_large(plan, target.most_values)) {
    return context.emit(session::action::Notify{*problem});
  }
  context.ui.clipboard = target.write(plan);
  context.emit(session::action::Notify{{"code_copied", "", {}}});
}

// That of the filter for the weights on show.
std::optional<code::NamedTensor> gradient_of(const PanelContext& context,
                                             const code::PlannedLayer& layer) {
  if (context.derived.training->empty()) {
    return std::nullopt;
  }
  const picture::descent::DescentMoment moment =
      picture::descent::descent_moment_of(context.session, *context.derived.training);
  const Tensor& gradient = moment.step.grad_weight;
  return code::NamedTensor{layer.name + ".weight.grad",
                           code::dimensions(gradient.shape(), layer.line()), gradient};
}

}  // namespace

CopiedWords copied_words(InspectorTab tab) {
  switch (tab) {
    case InspectorTab::kInput:
      return {"input", "of_input"};
    case InspectorTab::kFilter:
      return {"filter", "of_filter"};
    case InspectorTab::kTraining:
      return {"gradient", "of_gradient"};
    case InspectorTab::kLayer:
    case InspectorTab::kMap:
    case InspectorTab::kTexts:
      break;
  }
  return {"map", "of_map"};
}

std::optional<code::NamedTensor> copied_tensor(const PanelContext& context, InspectorTab tab) {
  const auto at = static_cast<std::size_t>(context.session.look.layer);
  const code::Plan plan = plan_on(context);
  if (at >= context.derived.layers.size() || at >= plan.layers.size()) {
    return std::nullopt;
  }
  const code::PlannedLayer& layer = plan.layers[at];
  const derive::LayerResult& result = context.derived.layers[at];
  if (tab == InspectorTab::kInput && !result.input.empty()) {
    return code::input_of_layer(plan, at, result.input);
  }
  if (tab == InspectorTab::kFilter && !layer.weight.empty()) {
    return code::weight_of_layer(layer);
  }
  if (tab == InspectorTab::kTraining) {
    return gradient_of(context, layer);
  }
  const bool map = tab == InspectorTab::kLayer || tab == InspectorTab::kMap;
  return map && !result.output.empty() && result.output.shape() == layer.output
             ? std::optional(code::output_of_layer(layer, result.output))
             : std::nullopt;
}

bool can_copy(const PanelContext& context) {
  return !context.empty && !session::is_asking(context.session);
}

void copy_numbers(const PanelContext& context, InspectorTab tab, const code::NumberFormat& format) {
  const std::optional<code::NamedTensor> tensor = copied_tensor(context, tab);
  if (!tensor) {
    return context.emit(session::action::Notify{{"map_not_ready", "", {}}});
  }
  const std::span<const code::NamedTensor> one(&*tensor, 1);
  if (code::too_many_numbers(one, code::kMostCopied)) {
    return context.emit(session::action::Notify{{"map_too_large_to_copy", "", {}}});
  }
  context.ui.clipboard = format.write(one);
  context.emit(session::action::Notify{
      {"numbers_copied",
       "",
       {{"name", tensor->name}, {"shape", "(" + code::sides_text(tensor->sides) + ")"}}}});
}

void copy_map(const PanelContext& context) {
  const auto formats = code::number_formats();
  copy_numbers(
      context, InspectorTab::kMap,
      *std::ranges::find(formats, std::string_view("spreadsheet"), &code::NumberFormat::word));
}

std::optional<std::string> number_file(const PanelContext& context, const std::string& path) {
  const std::size_t point = std::min(path.find_last_of('.'), path.size());
  const code::NumberFormat* format = code::number_format_of_ending(folded(path.substr(point)));
  std::vector<code::NamedTensor> tensors;
  if (format != nullptr && format->of_scene && derive::has_maps(context.derived)) {
    tensors = code::scene_tensors(plan_on(context), derive::maps_of(context.derived));
  } else if (format != nullptr && !format->of_scene) {
    if (auto tensor = copied_tensor(context, context.ui.building.tab)) {
      tensors.push_back(*std::move(tensor));
    }
  }
  if (tensors.empty()) {
    context.emit(session::action::Notify{{"map_not_ready", "", {}}});
    return std::nullopt;
  }
  if (auto problem = code::too_many_numbers(tensors, format->most_values)) {
    context.emit(session::action::Notify{*std::move(problem)});
    return std::nullopt;
  }
  return format->write(tensors);
}

std::vector<CopyChoice> copy_choices() {
  std::vector<CopyChoice> choices;
  for (const code::NumberFormat& format : code::number_formats()) {
    if (format.copied) {
      choices.push_back({.name =
                             [&format](const lesson::Locale& locale) {
                               return locale.text("numbers." + std::string(format.word));
                             },
                         .numbers = true,
                         .run =
                             [&format](const PanelContext& context) {
                               copy_numbers(context, context.ui.building.tab, format);
                             }});
    }
  }
  for (const code::CodeTarget& target : code::code_targets()) {
    if (!target.binary) {
      choices.push_back(
          {.name = [&target](const lesson::Locale&) { return std::string(target.name); },
           .run = [&target](const PanelContext& context) { copy_program(target, context); }});
    }
  }
  return choices;
}

void copy_row(const PanelContext& context) {
  if (!can_copy(context)) {
    return;
  }
  const lesson::Locale& locale = context.locale;
  ImGui::Dummy({0, context.em(6)});
  ImGui::SetNextItemWidth(-1);
  if (!widgets::begin_dropdown(context, "##copy_as", locale.text("numbers.copy").c_str(),
                               ImGuiComboFlags_HeightLargest)) {
    widgets::tooltip(context, locale.text("numbers.copy_tip"));
    return;
  }
  const bool saves = widgets::dropdown_item(context, 0, locale.text("numbers.save"), false);
  if (saves) {
    run_command(Command::kSaveNumbers, context);
  }
  int index = 1;
  const CopyChoice* before = nullptr;
  const std::vector<CopyChoice> choices = copy_choices();
  for (const CopyChoice& choice : choices) {
    if (before == nullptr || before->numbers != choice.numbers) {
      const std::string word =
          choice.numbers ? copied_words(context.ui.building.tab).heading : "program";
      widgets::dim_text(context, locale.text("numbers." + word));
    }
    if (widgets::dropdown_item(context, index, choice.name(locale) + "##" + std::to_string(index),
                               false)) {
      choice.run(context);
    }
    ++index;
    before = &choice;
  }
  widgets::end_dropdown(context, index);
}

}  // namespace convscope::panels
