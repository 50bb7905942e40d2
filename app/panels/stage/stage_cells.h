// Cells of the stage: their values, whether they can be read, and what a drag makes of them.
#pragma once

#include <optional>

#include "app/panels/panels.h"

namespace convscope::panels {

// What the session makes of a cell that the picture shows: the layer's own cell behind a stretched
// or turned one; nothing where there is none.
std::optional<session::Target> document_cell(const session::Session& session,
                                             const std::optional<session::Target>& shown);

// The value of an editable cell: of the input, a filter, the biases or a drawn target map. Nothing
// for the output, the padding, and cells that the layer on stage does not have.
std::optional<float> cell_value(const session::Session& session, const derive::Derived& derived,
                                const session::Target& target);

// The cell after `target` in reading order, as the picture shows it, the first one after the last.
session::Target next_cell(const session::Session& session, const derive::Derived& derived,
                          const session::Target& target);

// Whether the cell is wide enough on screen for its number; smaller ones are pixels.
bool is_legible(const PanelContext& context, const session::Target& target);

// Whether its number can be typed and dragged.
bool is_editable(const PanelContext& context, const session::Target& target);

// `steps` up from `start`: whole numbers go by one, others by a twentieth.
float dragged_value(float start, float steps);

}  // namespace convscope::panels
