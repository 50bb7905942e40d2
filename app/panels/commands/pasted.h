// What pasted text asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/import/layers/layer_text.h"
#include "core/session/action.h"

namespace convscope::panels {

// The text as actions: layers become a document, numbers the input; an error message about shapes
// shows its layer, with the layers before it if they are pasted with it; what is none of these is a
// sentence with row and column. What was assumed about layers is a notice behind the document.
// Nothing for an empty text. `filter`: numbers are for this filter if they have its size, else for
// all weights of the layer.
session::Actions pasted_actions(std::string_view text, const session::Session& session,
                                std::optional<std::int64_t> filter = {});

// The layers as a new document, and what was assumed about them as a notice.
imports::Result<session::Actions> layer_actions(const imports::LayerText& text,
                                                const std::optional<lesson::TensorRef>& input = {});

// A picture, with the channels that the layers read where grey or RGB can give them.
session::Action pasted_picture(const Tensor& picture, const session::Session& session);

}  // namespace convscope::panels
