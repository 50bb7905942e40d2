#include "app/cli/version.h"

namespace convscope::cli {

std::string version_number() { return CONVSCOPE_VERSION; }

std::string version_text() { return "convscope " CONVSCOPE_VERSION "\n" CONVSCOPE_BUILT_WITH; }

}  // namespace convscope::cli
