// Many lessons to many files, on all cores.
#pragma once

#include <iosfwd>

#include "app/cli/command_line.h"
#include "app/cli/render/interruption.h"

namespace convscope::cli {

// Every lesson in every format, into one folder. A failure does not stop the others; the summary
// names it. Returns the exit status, of the gravest failure.
int render_batch(const command::Render& what, const Look& look, Interruption& interruption,
                 std::ostream& out);

}  // namespace convscope::cli
