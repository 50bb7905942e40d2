// What `render` draws: one moment, an animation, or a sheet of moments, as the bytes of a file.
#pragma once

#include <string>

#include "app/cli/command_line.h"
#include "app/cli/render/interruption.h"

namespace convscope::cli {

// Draws one lesson and writes one file. Threads may draw at the same time.
void render_file(const command::Render& what, const Look& look, Interruption& interruption);

}  // namespace convscope::cli
