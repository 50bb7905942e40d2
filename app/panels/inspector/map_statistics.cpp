#include "app/panels/inspector/map_statistics.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/picture/kit/number_text.h"
#include "core/session/cell_under_way.h"

namespace convscope::panels {
namespace {

constexpr float kHeight = 44;

// The map that is stepped through.
std::int64_t plane_on_stage(const session::Session& session, const Shape& output) {
  const std::optional<Index> cell = session::cell_under_way(session);
  return cell && contains(output, {cell->n, cell->c, 0, 0}) ? cell->n * output.c + cell->c : 0;
}

const MapStatistics* up_to_date(const PanelContext& context) {
  const auto index = static_cast<std::size_t>(context.session.look.layer);
  if (index >= context.derived.layers.size()) {
    return nullptr;
  }
  const derive::LayerResult& layer = context.derived.layers[index];
  if (layer.input.empty() || layer.output.empty()) {
    return nullptr;
  }
  const std::int64_t plane = plane_on_stage(context.session, layer.output.shape());
  const MapStatistics* last = context.ui.statistics.get();
  const bool same_input = last != nullptr && last->input == TensorName(layer.input);
  const bool same_map =
      last != nullptr && last->output == TensorName(layer.output) && last->plane == plane;
  if (!same_input || !same_map) {
    const Shape& in = layer.input.shape();
    const std::vector<derive::MapSurvey>& surveys = *layer.map.surveys;
    const auto place = static_cast<std::size_t>(plane);
    const auto range = place < surveys.size() ? std::optional(surveys[place].range) : std::nullopt;
    context.ui.statistics = std::make_shared<const MapStatistics>(MapStatistics{
        .input = layer.input,
        .output = layer.output,
        .plane = plane,
        .of_input = same_input ? last->of_input
                               : derive::statistics_of(layer.input, 0, in.n * in.c,
                                                       layer.input_range, layer.input_range),
        .of_map = same_map
                      ? last->of_map
                      : derive::statistics_of(layer.output, plane, 1, layer.output_colors, range)});
  }
  return context.ui.statistics.get();
}

// Roots of the counts: a rare value is still seen beside a frequent one.
void histogram(const PanelContext& context, const derive::Statistics& of,
               const derive::ValueRange& colors, const picture::Hue& hue, const char* id) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float width = std::max(1.0f, ImGui::GetContentRegionAvail().x);
  const float height = std::round(context.em(kHeight));
  ImGui::InvisibleButton(id, {width, height});
  widgets::tooltip(context, context.locale.text("tip.histogram"));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(corner, {corner.x + width, corner.y + height},
                     widgets::color(context.palette.background), context.px(3));
  const std::int64_t most = std::max<std::int64_t>(1, *std::ranges::max_element(of.bins));
  const float step = width / static_cast<float>(of.bins.size());
  const float span = of.high - of.low;
  for (std::size_t i = 0; i < of.bins.size(); ++i) {
    if (of.bins[i] == 0) {
      continue;
    }
    const float share = std::sqrt(static_cast<float>(of.bins[i]) / static_cast<float>(most));
    const float middle =
        of.low + span * (static_cast<float>(i) + 0.5f) / static_cast<float>(of.bins.size());
    const bool beyond = middle < colors.low || middle > colors.high;
    const float x = corner.x + static_cast<float>(i) * step;
    const float top = corner.y + height - std::max(context.px(1), share * (height - context.px(3)));
    list.AddRectFilled({x, top}, {x + std::max(1.0f, step - 1), corner.y + height},
                       widgets::color(beyond ? picture::faded(hue.line, 0.4f) : hue.line));
  }
  if (of.low < 0 && of.high > 0) {
    const float zero = corner.x + width * (-of.low / span);
    list.AddLine({zero, corner.y}, {zero, corner.y + height},
                 widgets::color(context.palette.text_dim));
  }
}

std::string number(double value) { return picture::kit::number_text(value, 7); }

std::string named(const PanelContext& context, const char* key, const std::string& value) {
  return context.locale.text(key) + " " + value;
}

// min and max; those of the map lead to their cells.
void extremes(const PanelContext& context, const derive::Statistics& of, bool leads) {
  const std::string low = named(context, "statistics.min", number(static_cast<double>(of.low)));
  const std::string high = named(context, "statistics.max", number(static_cast<double>(of.high)));
  const float right = ImGui::GetWindowContentRegionMax().x;
  if (!leads) {
    ImGui::TextUnformatted(low.c_str());
    ImGui::SameLine();
    ImGui::SetCursorPosX(right - ImGui::CalcTextSize(high.c_str()).x);
    ImGui::TextUnformatted(high.c_str());
    return;
  }
  ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(context.palette.accent));
  // The numbers stand below those of the input.
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      {context.em(1), ImGui::GetStyle().FramePadding.y});
  if (widgets::choice_button(context, "min", low, false, command_tip(context, Command::kWeakest))) {
    run_command(Command::kWeakest, context);
  }
  ImGui::SameLine();
  ImGui::SetCursorPosX(right - widgets::choice_width(high));
  if (widgets::choice_button(context, "max", high, false,
                             command_tip(context, Command::kStrongest))) {
    run_command(Command::kStrongest, context);
  }
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
}

void moments(const PanelContext& context, const derive::Statistics& of) {
  const std::string about = of.sampled ? "\u2248 " : "";
  widgets::dim_text(context, named(context, "statistics.mean", about + number(of.mean)) + ",  " +
                                 named(context, "statistics.std", about + number(of.deviation)));
  if (of.broken > 0) {
    widgets::warning_text(context,
                          context.locale.text("statistics.broken", {{"count", of.broken}}));
  }
}

void told_clipped(const PanelContext& context, const derive::Statistics& of) {
  if (of.beyond == 0) {
    widgets::dim_text(context, context.locale.text("statistics.none_clipped"));
    return;
  }
  const double percent = 100 * static_cast<double>(of.beyond) /
                         static_cast<double>(std::max<std::int64_t>(1, of.count));
  widgets::dim_text(
      context, context.locale.text("statistics.clipped",
                                   {{"percent", picture::kit::fixed_number_text(percent, 2)}}));
}

}  // namespace

void map_statistics(const PanelContext& context) {
  const MapStatistics* known = up_to_date(context);
  if (known == nullptr) {
    return;
  }
  const derive::LayerResult& layer =
      context.derived.layers[static_cast<std::size_t>(context.session.look.layer)];
  widgets::heading(context, context.locale.text("statistics.title"));
  widgets::dim_text(context, context.locale.text("statistics.input"));
  const derive::ValueRange any = {known->of_input.low, known->of_input.high};
  histogram(context, known->of_input, any, context.palette.input, "histogram of the input");
  extremes(context, known->of_input, false);
  moments(context, known->of_input);
  ImGui::Dummy({0, context.em(4)});
  widgets::dim_text(context, context.locale.text("statistics.map"));
  histogram(context, known->of_map, layer.output_colors, context.palette.output,
            "histogram of the map");
  extremes(context, known->of_map, true);
  moments(context, known->of_map);
  told_clipped(context, known->of_map);
}

}  // namespace convscope::panels
