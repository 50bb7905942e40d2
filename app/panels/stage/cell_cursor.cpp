#include "app/panels/stage/cell_cursor.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/panels/stage/stage_cells.h"
#include "app/panels/widgets/style.h"
#include "core/lesson/scene_shapes.h"
#include "core/picture/display/target_rect.h"

namespace convscope::panels {
namespace {

using session::TensorRole;

constexpr std::array kWay = {TensorRole::kInput, TensorRole::kWeight, TensorRole::kBias,
                             TensorRole::kOutput};

Shape shape_of(const PanelContext& context, TensorRole role) {
  const session::Session& session = context.session;
  const lesson::Layer& layer = session::layer_of(session);
  switch (role) {
    case TensorRole::kInput:
      return lesson::layer_input_shape(session::scene_of(session), session.look.layer);
    case TensorRole::kWeight:
      return layer.weight.base.shape();
    case TensorRole::kBias:
      return layer.bias.base.shape();
    case TensorRole::kOutput:
      return lesson::layer_output_shape(session::scene_of(session), session.look.layer);
    default:
      return {0, 0, 0, 0};
  }
}

bool is_seen(const PanelContext& context, const session::Target& target) {
  return picture::target_rect(context.stage, target).has_value();
}

// The picture may show one filter or image of many.
std::optional<session::Target> first_seen(const PanelContext& context, TensorRole role) {
  constexpr std::int64_t kMostPlanes = 256;
  const Shape shape = shape_of(context, role);
  if (shape.count() == 0) {
    return std::nullopt;
  }
  const std::int64_t planes = std::min(shape.n * shape.c, kMostPlanes);
  for (std::int64_t plane = 0; plane < planes; ++plane) {
    const session::Target target{role, {plane / shape.c, plane % shape.c, 0, 0}};
    if (is_seen(context, target)) {
      return target;
    }
  }
  return std::nullopt;
}

void place(const PanelContext& context, const session::Target& target) {
  context.ui.cursor = target;
  context.ui.pointed = false;
  context.emit(session::action::Hover{target});
}

}  // namespace

bool to_next_tensor(const PanelContext& context, int step) {
  const std::optional<session::Target>& cursor = context.ui.cursor;
  const auto count = static_cast<int>(kWay.size());
  int at = cursor ? static_cast<int>(std::ranges::find(kWay, cursor->tensor) - kWay.begin()) : -1;
  for (at += step; at >= 0 && at < count; at += step) {
    if (const auto target = first_seen(context, kWay[static_cast<std::size_t>(at)])) {
      place(context, *target);
      return true;
    }
  }
  return false;
}

void move_cursor(const PanelContext& context, std::int64_t dy, std::int64_t dx) {
  session::Target target = *context.ui.cursor;
  const Shape shape = shape_of(context, target.tensor);
  target.at.y += dy;
  target.at.x += dx;
  if (target.at.y < 0 || target.at.x < 0) {
    --target.at.c;
    target.at.y = target.at.y < 0 ? shape.h - 1 : target.at.y;
    target.at.x = target.at.x < 0 ? shape.w - 1 : target.at.x;
  } else if (target.at.y >= shape.h || target.at.x >= shape.w) {
    ++target.at.c;
    target.at.y %= shape.h;
    target.at.x %= shape.w;
  }
  if (contains(shape, target.at) && is_seen(context, target)) {
    place(context, target);
  }
}

void leave_cells(const PanelContext& context) {
  if (context.ui.cursor) {
    context.ui.cursor.reset();
    context.emit(session::action::Hover{});
  }
}

void draw_cursor(const PanelContext& context, const picture::Rect& area) {
  if (!context.ui.cursor || context.ui.keys != KeyFocus::kStage) {
    return;
  }
  const auto cell = picture::target_rect(context.stage, *context.ui.cursor);
  if (!cell) {
    return;
  }
  const float line = std::max(2.0f, std::round(context.px(3)));
  const ImVec2 corner = {area.x + cell->x - line / 2, area.y + cell->y - line / 2};
  const ImVec2 opposite = {area.x + cell->right() + line / 2, area.y + cell->bottom() + line / 2};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRect({corner.x - line, corner.y - line}, {opposite.x + line, opposite.y + line},
               widgets::color(context.palette.background), context.px(4), 0, line);
  list.AddRect(corner, opposite, widgets::color(context.palette.accent), context.px(3), 0, line);
}

}  // namespace convscope::panels
