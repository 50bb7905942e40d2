// The brush: what it paints with, where, and how it looks before it does.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

// What the brush in hand paints. Without a choice 1, or the largest value of an input whose values
// are larger; the eraser paints 0.
float brush_value(const PanelContext& context);

// Its diameter in cells. Without a choice it grows with the input.
std::int64_t brush_size(const PanelContext& context);
void resize_brush(const PanelContext& context, std::int64_t size);

// The document's own cell at a point of the stage, if the brush can paint there.
std::optional<session::Target> paintable(const PanelContext& context, picture::Point point);

// Goes on to the point; a stroke that left its plane begins anew.
void paint_to(const PanelContext& context, StageDrag& drag, picture::Point point);

// An outline of what the next dab would cover.
void draw_brush(const PanelContext& context, const picture::Rect& stage_area, picture::Point point);

// At the stage's edge: what the pointer does, and with what.
void tool_row(const PanelContext& context, const picture::Rect& stage_area);

}  // namespace convscope::panels
