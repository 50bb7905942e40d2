// Views that can't show a map without its size wait while their scene asks for that size.
#pragma once

#include "core/picture/display/viewport.h"
#include "core/picture/kit/canvas.h"
#include "core/session/session.h"

namespace convscope::picture::asked {

// The flat view need not wait: it draws only what is computed.
bool waits_for_size(const session::Session& session, lesson::View view);

// Says so in the view's place.
void compose_waiting(kit::Canvas& canvas, const session::Session& session,
                     const Viewport& viewport);

}  // namespace convscope::picture::asked
