// The export of the stage: a panel at its side, which shows what will be written while one steps
// on.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

void open_export(const PanelContext& context);
// Asks for the name of the file, with the ending of the chosen format.
void ask_export_name(const PanelContext& context);
// How many frames the chosen animation has.
std::int64_t export_frames(const session::Session& session, const ExportForm& form);

void export_panel(const PanelContext& context, const picture::Rect& stage);
// Above the stage: how far an export is, and a button that ends it.
void export_note(const PanelContext& context, const picture::Rect& stage);

}  // namespace convscope::panels
