// How the filter is trained: a section of the inspector.
#include "app/panels/panels.h"

namespace convscope {

void training_section(const PanelContext& /*context*/) {}

}  // namespace convscope
