// The steps to a question's answer, some of them to be filled in.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

// Whether practice with worked examples has come to a question without steps; the row says so.
bool has_no_steps(const session::Session& session);

void worked_row(const PanelContext& context);

}  // namespace convscope::panels
