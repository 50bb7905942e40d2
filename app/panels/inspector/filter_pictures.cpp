#include "app/panels/inspector/filter_pictures.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/conv/analysis/step.h"
#include "core/lesson/views.h"
#include "core/session/cell_under_way.h"
#include "core/session/edit/scene_change.h"

namespace convscope::panels {
namespace {

constexpr float kPictureSide = 34;
constexpr float kPictureGap = 4;
constexpr std::int64_t kMostRows = 2;
constexpr std::int64_t kMostCells = 9;  // a side; larger kernels show every so many-th weight

// One channel of a filter, from the tensor that the stage shows.
void draw_plane(const PanelContext& context, const Tensor& weight, std::int64_t filter,
                const picture::Rect& area) {
  const conv::LayerSpec& spec = session::layer_of(context.session).spec;
  const std::int64_t channels = spec.in_channels / spec.groups;
  const std::int64_t c =
      std::clamp<std::int64_t>(filter_choice(context).channel.value_or(0), 0, channels - 1);
  const std::int64_t plane = spec.kernel_size.h * spec.kernel_size.w;
  const std::int64_t rows = std::min(spec.kernel_size.h, kMostCells);
  const std::int64_t columns = std::min(spec.kernel_size.w, kMostCells);
  const auto value_at = [&](std::int64_t y, std::int64_t x) {
    const std::int64_t place =
        (y * spec.kernel_size.h / rows) * spec.kernel_size.w + x * spec.kernel_size.w / columns;
    return weight.at(session::filter_cell(spec, filter, c * plane + place));
  };
  float most = 0;
  for (std::int64_t i = 0; i < rows * columns; ++i) {
    most = std::max(most, std::abs(value_at(i / columns, i % columns)));
  }
  const picture::Palette& palette = context.palette;
  const picture::ColorScale scale = {
      .low = -most, .high = most, .stops = {palette.negative, palette.neutral, palette.positive}};
  const float cell =
      std::floor(std::min(area.w / static_cast<float>(columns), area.h / static_cast<float>(rows)));
  const float left = std::round(area.center().x - cell * static_cast<float>(columns) / 2);
  const float top = std::round(area.center().y - cell * static_cast<float>(rows) / 2);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::int64_t y = 0; y < rows; ++y) {
    for (std::int64_t x = 0; x < columns; ++x) {
      const picture::Rgba color =
          most > 0 ? picture::color_of(scale, value_at(y, x)) : palette.neutral;
      const ImVec2 corner = {left + cell * static_cast<float>(x),
                             top + cell * static_cast<float>(y)};
      list.AddRectFilled(corner, {corner.x + cell, corner.y + cell}, widgets::color(color));
    }
  }
}

bool picture_button(const PanelContext& context, const Tensor& weight, std::int64_t filter,
                    bool chosen) {
  const std::string id = "filter" + std::to_string(filter);
  const float side = std::round(context.em(kPictureSide));
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  bool pressed = ImGui::InvisibleButton(id.c_str(), {side, side});
  const bool hovered = ImGui::IsItemHovered();
  pressed = widgets::focus_stop(context) || pressed;
  widgets::tooltip(context, context.locale.text("tip.filter_tab", {{"filter", filter}}));
  const float inset = std::round(context.em(4));
  draw_plane(context, weight, filter,
             {corner.x + inset, corner.y + inset, side - 2 * inset, side - 2 * inset});
  const picture::Palette& palette = context.palette;
  const picture::Rgba line = chosen    ? palette.weight.line
                             : hovered ? palette.text_dim
                                       : palette.border;
  ImGui::GetWindowDrawList()->AddRect(corner, {corner.x + side, corner.y + side},
                                      widgets::color(line), context.px(4), 0,
                                      std::max(1.0f, context.px(chosen ? 2.0f : 1.0f)));
  return pressed;
}

}  // namespace

FilterChoice& filter_choice(const PanelContext& context) {
  const session::Session& session = context.session;
  FilterChoice& chosen = context.ui.building.chosen;
  if (chosen.document != session.document.number || chosen.scene != session.look.scene ||
      chosen.layer != session.look.layer) {
    chosen = {.document = session.document.number,
              .scene = session.look.scene,
              .layer = session.look.layer};
  }
  return chosen;
}

std::int64_t filter_under_way(const session::Session& session) {
  const std::optional<Index> cell = session::cell_under_way(session);
  return cell ? cell->c : 0;
}

void choose_filter(const PanelContext& context, std::int64_t filter) {
  FilterChoice& chosen = filter_choice(context);
  chosen.filter = filter;
  chosen.under_way = filter_under_way(context.session);
}

void show_filter(const PanelContext& context, std::int64_t filter) {
  const session::Session& session = context.session;
  choose_filter(context, filter);
  const std::optional<Index> cell = session::cell_under_way(session);
  if (!cell || cell->c == filter) {
    return;
  }
  const Shape out = lesson::layer_output_shape(session::scene_of(session), session.look.layer);
  const Index at = {cell->n, filter, cell->y, cell->x};
  if (contains(out, at)) {
    context.emit(session::action::GoTo{conv::position_of(out, at)});
    filter_choice(context).under_way = filter;
  }
}

Tensor filters_on_stage(const PanelContext& context) {
  const auto layer = static_cast<std::size_t>(context.session.look.layer);
  const Shape wanted = conv::weight_shape(session::layer_of(context.session).spec);
  return layer < context.derived.layers.size() &&
                 context.derived.layers[layer].weight.shape() == wanted
             ? context.derived.layers[layer].weight
             : Tensor();
}

void filter_pictures(const PanelContext& context, std::int64_t shown) {
  const conv::LayerSpec& spec = session::layer_of(context.session).spec;
  const Tensor weight = filters_on_stage(context);
  if (weight.empty()) {
    return;
  }
  const float pitch = std::round(context.em(kPictureSide)) + context.em(kPictureGap);
  const auto columns = std::max<std::int64_t>(
      1, static_cast<std::int64_t>((ImGui::GetContentRegionAvail().x + context.em(kPictureGap)) /
                                   pitch));
  // Whole rows, the shown one among them.
  const std::int64_t first = std::max<std::int64_t>(0, shown / columns - kMostRows + 1) * columns;
  const std::int64_t last = std::min(spec.out_channels, first + kMostRows * columns);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing,
                      {context.em(kPictureGap), context.em(kPictureGap)});
  for (std::int64_t k = first; k < last; ++k) {
    if ((k - first) % columns != 0) {
      ImGui::SameLine();
    }
    if (picture_button(context, weight, k, k == shown)) {
      show_filter(context, k);
    }
  }
  ImGui::PopStyleVar();
  if (last - first < spec.out_channels) {
    widgets::dim_text(
        context,
        context.locale.text("panel.filters_shown",
                            {{"first", first}, {"last", last - 1}, {"count", spec.out_channels}}));
  }
}

}  // namespace convscope::panels
