#include "app/panels/layout.h"

#include <algorithm>
#include <cmath>

namespace convscope::panels {
namespace {

constexpr float kTopBar = 46;
constexpr float kTransport = 78;
constexpr float kLessons = 208;
constexpr float kInspector = 304;
constexpr float kStrip = 40;
// The stage's share of the width below which a side panel gives way, and its least width.
constexpr float kStageShare = 0.62f;
constexpr float kStageLeast = 560;

}  // namespace

Layout layout_of(float width, float height, float scale, float text_scale, const SidePanels& sides,
                 const Foot& foot, bool bare) {
  const float unit = scale * text_scale;
  // Panels grow with the text, but less than it: their fields have slack.
  const float side_unit = scale * (1 + (text_scale - 1) * 0.75f);
  const float top = bare ? 0 : std::min(std::round(kTopBar * unit), height);
  const float transport = bare ? 0 : std::min(std::round(kTransport * unit), height - top);
  const float middle = height - top;

  float lessons = std::round(kLessons * side_unit);
  float inspector = std::round(kInspector * side_unit);
  const float least = std::max(width * kStageShare, kStageLeast * unit);
  const bool show_inspector = sides.inspector.value_or(width - inspector >= least);
  // The list comes second: where the inspector had no room, it has none either. Hiding the
  // inspector makes room for the stage, not for the list.
  const bool show_lessons = sides.lessons.value_or(width - inspector - lessons >= least);
  inspector = show_inspector ? std::min(inspector, width) : 0;
  lessons = show_lessons ? std::min(lessons, width - inspector) : 0;

  Layout layout;
  layout.window = {0, 0, width, height};
  layout.top_bar = {0, 0, width, top};
  const float stage_width = width - lessons - inspector;
  // A band without the transport is as much taller, so that the stage keeps its size.
  const float shown_transport = foot.transport ? transport : 0;
  const float band = foot.height > 0
                         ? std::min(std::round(foot.height * unit), (middle - transport) / 2) +
                               transport - shown_transport
                         : 0;
  const float strip =
      sides.strip ? std::min(std::round(kStrip * unit), (middle - transport) / 4) : 0;
  layout.stage = {lessons, top + strip, stage_width, middle - shown_transport - band - strip};
  if (strip > 0) {
    layout.strip = picture::Rect{lessons, top, stage_width, strip};
  }
  layout.transport = {lessons, height - shown_transport, stage_width, shown_transport};
  if (band > 0) {
    layout.foot = picture::Rect{lessons, layout.stage.bottom(), stage_width, band};
  }
  if (show_lessons) {
    layout.lessons = picture::Rect{0, top, lessons, middle};
  }
  if (show_inspector) {
    layout.inspector = picture::Rect{width - inspector, top, inspector, middle};
  }
  return layout;
}

}  // namespace convscope::panels
