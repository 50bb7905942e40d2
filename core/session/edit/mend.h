// How settings that can't run are made to run.
#pragma once

namespace convscope::session {

// kInput gives the input the channels that the layer wants; kLayers gives the layers that read it
// the channels that there are.
enum class Mend { kNone, kInput, kLayers };

}  // namespace convscope::session
