#include "core/import/layers/failed_layers.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

namespace convscope::imports {

std::size_t error_begin(std::string_view text) {
  for (std::size_t line = 0; line < text.size();) {
    const std::size_t end = std::min(text.find('\n', line), text.size());
    const std::string_view words = text.substr(line, end - line);
    const std::string_view name = words.substr(0, words.find(':'));
    const bool error = name.size() < words.size() && name.ends_with("Error") &&
                       name.find_first_of(" (") == std::string_view::npos;
    if (error || words.starts_with("Traceback (")) {
      return line;
    }
    line = end + 1;
  }
  return text.size();
}

std::optional<FailedLayers> read_failed_layers(std::string_view text) {
  const std::size_t error = error_begin(text);
  if (error == text.size()) {
    return std::nullopt;
  }
  FailedLayers failed;
  std::vector<conv::LayerSpec> specs;
  Shape input;
  auto layers = read_layer_text(text.substr(0, error));
  if (auto* read = std::get_if<LayerText>(&layers)) {
    for (const PastedLayer& layer : read->layers) {
      specs.push_back(layer.spec);
    }
    input = read->input;
    failed.layers = std::move(*read);
  }
  auto mismatch = read_mismatch(text.substr(error), specs, input);
  if (!mismatch) {
    return std::nullopt;
  }
  failed.mismatch = *std::move(mismatch);
  return failed;
}

}  // namespace convscope::imports
