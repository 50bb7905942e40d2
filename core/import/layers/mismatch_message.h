// What the readers of error messages share. Internal to mismatch_text.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/import/layers/mismatch_text.h"

namespace convscope::imports {

using Numbers = std::vector<std::int64_t>;
using Fits = std::function<bool(const conv::LayerSpec&)>;

struct Message {
  std::string_view text;
  std::span<const conv::LayerSpec> layers;
  Shape input;

  bool says(std::string_view words) const { return text.find(words) != std::string_view::npos; }
};

// The integers after `mark`, separated by commas, spaces, "x" or "None", up to anything else.
Numbers numbers_after(std::string_view text, std::string_view mark);
// The first of them; -1 without one.
std::int64_t number_after(std::string_view text, std::string_view mark);
// "8 x 3 x 3".
std::string joined(const Numbers& numbers);

// The layer that fails on the input if it fits the message, otherwise the first one that fits it.
std::optional<std::size_t> layer_that(const Message& message, const Fits& fits);
Mismatch placed(Problem problem, std::optional<std::size_t> layer);

// Messages about what is behind or beside the convolutions: linear layers, loaded weights, maps
// that are joined or added.
std::optional<Mismatch> linear_features(const Message& message);
std::optional<Mismatch> state_of_another(const Message& message);
std::optional<Mismatch> joined_maps(const Message& message);
std::optional<Mismatch> added_maps(const Message& message);

}  // namespace convscope::imports
