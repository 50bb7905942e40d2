// Layers pasted together with the error message that they gave.
#pragma once

#include <optional>
#include <string_view>

#include "core/import/layers/layer_text.h"
#include "core/import/layers/mismatch_text.h"

namespace convscope::imports {

struct FailedLayers {
  std::optional<LayerText> layers;  // of the code before the message, if there is any
  Mismatch mismatch;
};

// Where "Traceback (most recent call last)" or "RuntimeError: ..." begins; the end if nowhere.
std::size_t error_begin(std::string_view text);

// nullopt if the text has no known message after what names an error.
std::optional<FailedLayers> read_failed_layers(std::string_view text);

}  // namespace convscope::imports
