// The cell of the stage that the keyboard has reached.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

// From no cell to the first of the input; from one tensor to the next (step 1) or the one before
// (-1): input, filter, bias, map. False: there is none that way.
bool to_next_tensor(const PanelContext& context, int step);

// Past the edge of a channel lies the next one. Stays where the picture has no such cell.
void move_cursor(const PanelContext& context, std::int64_t dy, std::int64_t dx);

// As a click: types over the value, or goes there.
void use_cell(const PanelContext& context, const session::Target& target);

void leave_cells(const PanelContext& context);

// Around the cell.
void draw_cursor(const PanelContext& context, const picture::Rect& stage_area);

}  // namespace convscope::panels
