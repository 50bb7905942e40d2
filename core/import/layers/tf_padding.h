// Padding as defined by TensorFlow and JAX. Internal to layer_text.
#pragma once

#include "core/import/layers/call_arguments.h"

namespace convscope::imports {

// Sets padding and output_padding of a transposed layer for "SAME" or "VALID": outputs of
// input·stride, or of (input - 1)·stride + max(kernel, stride). If kernel - stride is odd and
// positive, "SAME" crops one cell more at the end, which our transposed layers can't do; then it
// fails at `padding_at`.
void set_transposed_padding(conv::LayerSpec& spec, bool same, const CallArguments& call,
                            std::size_t padding_at);

}  // namespace convscope::imports
