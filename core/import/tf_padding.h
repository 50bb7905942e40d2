// Padding as TensorFlow and JAX mean it. Internal to layer_text.
#pragma once

#include "core/import/call_arguments.h"

namespace convscope::imports {

// Sets padding and output_padding of a transposed layer to what "SAME" or "VALID" gives: outputs of
// input·stride, or of (input - 1)·stride + max(kernel, stride). Where kernel - stride is odd and
// positive, "SAME" cuts one cell more at the end, which no transposed layer here can; then it fails
// at `padding_at`.
void set_transposed_padding(conv::LayerSpec& spec, bool same, const CallArguments& call,
                            std::size_t padding_at);

}  // namespace convscope::imports
