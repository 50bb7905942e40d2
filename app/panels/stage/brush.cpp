#include "app/panels/stage/brush.h"

#include <algorithm>

#include "app/panels/stage/stage_cells.h"
#include "app/panels/widgets/style.h"
#include "core/picture/display/grid_at.h"
#include "core/session/edit/stroke.h"

namespace convscope::panels {
namespace {

using session::TensorRole;

const derive::LayerResult* layer_on_stage(const PanelContext& context) {
  const auto layer = static_cast<std::size_t>(context.session.look.layer);
  return layer < context.derived.layers.size() ? &context.derived.layers[layer] : nullptr;
}

// Three channels that are drawn as one picture are painted as one.
bool is_merged(const PanelContext& context, picture::Point point) {
  const picture::TensorGrid* grid = picture::grid_at(context.stage, point);
  return grid != nullptr && grid->scale.kind == picture::ColorScale::Kind::kRgb;
}

void dab(const PanelContext& context, const session::Target& from, const Index& to, bool all) {
  context.emit(session::action::Paint{.target = from,
                                      .to = to,
                                      .size = brush_size(context),
                                      .value = brush_value(context),
                                      .all_channels = all,
                                      .commit = false});
}

}  // namespace

float brush_value(const PanelContext& context) {
  const Brush& brush = context.ui.brush;
  if (brush.tool == Brush::Tool::kEraser) {
    return 0;
  }
  const derive::LayerResult* layer = layer_on_stage(context);
  const float largest = layer != nullptr && context.session.look.layer == 0
                            ? std::max(1.0f, layer->input_range.high)
                            : 1.0f;
  return brush.value.value_or(largest);
}

std::int64_t brush_size(const PanelContext& context) {
  constexpr std::int64_t kShare = 48;      // of a picture's height
  constexpr std::int64_t kSmallSide = 20;  // sides of fewer cells are painted one by one
  if (context.ui.brush.size) {
    return *context.ui.brush.size;
  }
  const derive::LayerResult* layer = layer_on_stage(context);
  const std::int64_t side =
      layer == nullptr ? 1 : std::min(layer->input.shape().h, layer->input.shape().w);
  return side < kSmallSide ? 1 : std::max<std::int64_t>(2, side / kShare);
}

void resize_brush(const PanelContext& context, std::int64_t size) {
  context.ui.brush.size = std::clamp<std::int64_t>(size, 1, session::kMostBrushSize);
}

std::optional<session::Target> paintable(const PanelContext& context, picture::Point point) {
  const bool counts = context.session.look.view == lesson::View::kCoverage;
  const std::optional<session::Target> own =
      document_cell(context.session, picture::hit(context.stage, point));
  const bool has_value = own && cell_value(context.session, context.derived, *own);
  return has_value && !counts ? own : std::nullopt;
}

void paint_to(const PanelContext& context, StageDrag& drag, picture::Point point) {
  const std::optional<session::Target> now = paintable(context, point);
  if (now == drag.target && drag.moved) {
    return;
  }
  drag.moved = true;
  if (now) {
    const auto same_plane = [&](const session::Target& last) {
      return last.tensor == now->tensor && last.layer == now->layer && last.at.n == now->at.n &&
             last.at.c == now->at.c;
    };
    const session::Target from = drag.target && same_plane(*drag.target) ? *drag.target : *now;
    dab(context, from, now->at, context.ui.brush.all_channels || is_merged(context, point));
  }
  drag.target = now;
}

void draw_brush(const PanelContext& context, const picture::Rect& area, picture::Point point) {
  const std::optional<picture::Rect> cell = picture::cell_at(context.stage, point);
  if (!cell || !paintable(context, point)) {
    return;
  }
  const std::int64_t size = brush_size(context);
  const float radius = cell->w * static_cast<float>(size) / 2;
  const float shift = size % 2 == 0 ? cell->w / 2 : 0;
  const ImVec2 middle = {area.x + cell->center().x + shift, area.y + cell->center().y + shift};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float line = std::max(1.0f, context.px(1.5f));
  const auto ring = [&](float grown, picture::Rgba ink) {
    const float reach = std::max(radius, context.px(2)) + grown;
    if (size == 1) {
      list.AddRect({middle.x - reach, middle.y - reach}, {middle.x + reach, middle.y + reach},
                   widgets::color(ink), 0, 0, line);
    } else {
      list.AddCircle(middle, reach, widgets::color(ink), 0, line);
    }
  };
  ring(line, context.palette.background);
  ring(0, context.palette.text);
}

}  // namespace convscope::panels
