#include "app/panels/stage/minimap.h"

#include <algorithm>
#include <cmath>

#include "app/panels/stage/stage_camera.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/picture/display/cell_color.h"

namespace convscope::panels {
namespace {

constexpr float kMapWidth = 180;  // at scale 1
constexpr float kMargin = 10;
constexpr float kLeastStage = 3;  // times as wide as the map
constexpr std::int64_t kMostSamples = 48;

// From the stage as it would lie without zoom to the map.
struct Reduction {
  picture::Rect area;  // of the stage
  picture::Rect map;   // in window pixels
  const session::Camera& camera;

  float factor() const { return map.w / area.w; }
  // Where a point of the zoomed stage lies on the map.
  picture::Point place(picture::Point at) const {
    const picture::Point plain = unzoomed(camera, at, area);
    return {map.x + (plain.x - area.x) * factor(), map.y + (plain.y - area.y) * factor()};
  }
  picture::Rect place(const picture::Rect& rect) const {
    const picture::Point corner = place(picture::Point{rect.x, rect.y});
    const picture::Point opposite = place(picture::Point{rect.right(), rect.bottom()});
    return {corner.x, corner.y, opposite.x - corner.x, opposite.y - corner.y};
  }
};

void draw_tensor(const PanelContext& context, const picture::TensorGrid& grid,
                 const picture::Rect& place) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (grid.opacity >= 1) {  // what was kept lies over what is there
    list.AddRectFilled({place.x, place.y}, {place.right(), place.bottom()},
                       widgets::color(context.palette.empty_cell));
  }
  const Shape& shape = grid.tensor.shape();
  const auto samples = [](float length, std::int64_t cells) {
    return std::clamp<std::int64_t>(static_cast<std::int64_t>(length / 2), 1,
                                    std::min(cells, kMostSamples));
  };
  if (grid.tensor.empty()) {
    return;
  }
  const std::int64_t rows = samples(place.h, shape.h);
  const std::int64_t columns = samples(place.w, shape.w);
  const float h = place.h / static_cast<float>(rows);
  const float w = place.w / static_cast<float>(columns);
  for (std::int64_t row = 0; row < rows; ++row) {
    for (std::int64_t column = 0; column < columns; ++column) {
      const std::int64_t y = (2 * row + 1) * shape.h / (2 * rows);
      const std::int64_t x = (2 * column + 1) * shape.w / (2 * columns);
      if (grid.revealed >= 0 && y * shape.w + x >= grid.revealed) {
        continue;
      }
      const ImVec2 corner = {place.x + static_cast<float>(column) * w,
                             place.y + static_cast<float>(row) * h};
      list.AddRectFilled(
          corner, {corner.x + w, corner.y + h},
          widgets::color(picture::mixed(context.palette.background, picture::cell_color(grid, y, x),
                                        grid.opacity)));
    }
  }
}

void draw_frame(const PanelContext& context, const Reduction& reduction) {
  const picture::Rect seen = reduction.place(reduction.area);
  const picture::Rect& map = reduction.map;
  const float least = context.px(4);  // a cell that fills the screen is still seen
  const auto span = [&](float from, float to, float low, float high) {
    const float middle = std::clamp((from + to) / 2, low, high);
    const float half = std::max(to - from, least) / 2;
    return std::pair{std::max(middle - half, low), std::min(middle + half, high)};
  };
  const auto [left, right] = span(seen.x, seen.right(), map.x, map.right());
  const auto [top, bottom] = span(seen.y, seen.bottom(), map.y, map.bottom());
  const float line = std::max(1.0f, std::round(context.px(2)));
  ImGui::GetWindowDrawList()->AddRect({left, top}, {right, bottom},
                                      widgets::color(context.palette.accent), 0, 0, line);
}

bool is_wanted(const PanelContext& context) {
  const session::Look& look = context.session.look;
  const picture::Rect area = camera_area(context.stage);
  return is_zoomed_in(look.camera) && look.view != lesson::View::kVolume && !look.second_view &&
         look.comparison == session::Comparison::kNone && !context.session.asking &&
         area.w > kLeastStage * context.px(kMapWidth) && area.h > context.px(kMapWidth);
}

}  // namespace

void minimap(const PanelContext& context, const picture::Rect& stage) {
  if (!is_wanted(context)) {
    return;
  }
  const picture::Rect area = camera_area(context.stage);
  const float w = std::round(context.px(kMapWidth));
  const float h = std::round(w * area.h / area.w);
  const float margin = context.px(kMargin);
  const picture::Rect map = {stage.x + context.stage.width - margin - w,
                             stage.y + area.bottom() - margin - h, w, h};
  const Reduction reduction{area, map, context.session.look.camera};
  ImGui::PushStyleColor(ImGuiCol_WindowBg, widgets::color_vec(context.palette.surface));
  widgets::begin_area("minimap", map, false, /*above=*/true);
  ImGui::PopStyleColor();
  ImGui::InvisibleButton("map", {map.w, map.h});
  if (ImGui::IsItemActive()) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const picture::Point plain = {area.x + (mouse.x - map.x) / reduction.factor(),
                                  area.y + (mouse.y - map.y) / reduction.factor()};
    const session::Camera camera = centred_on(context.session.look.camera, plain, area);
    if (camera != context.session.look.camera) {
      context.emit(session::action::SetCamera{camera});
    }
  }
  widgets::tooltip(context, context.locale.text("tip.minimap"));
  for (const picture::Record& record : context.stage.records) {
    if (const auto* grid = std::get_if<picture::TensorGrid>(&record)) {
      draw_tensor(context, *grid, reduction.place(grid->rect));
    }
  }
  draw_frame(context, reduction);
  ImGui::GetWindowDrawList()->AddRect({map.x, map.y}, {map.right(), map.bottom()},
                                      widgets::color(context.palette.border));
  widgets::end_area();
}

}  // namespace convscope::panels
