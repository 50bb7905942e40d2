// Converts a case's parameters and arrays to our types.
#pragma once

#include <map>
#include <stdexcept>
#include <string>

#include "core/conv/layer_spec.h"
#include "tests/golden_check/manifest.h"

namespace convscope::golden {

template <typename Value>
Value named(const std::map<std::string, Value>& table, const std::string& name) {
  const auto found = table.find(name);
  if (found == table.end()) {
    throw std::runtime_error("\"" + name + "\" is not known.");
  }
  return found->second;
}

// A list by axis, height first; a single number is the width of an image one row high.
conv::Size2 size_of(const nlohmann::json& list, std::int64_t height);

// [top, bottom, left, right], or [left, right].
conv::Pads pads_of(const nlohmann::json& list);

// (N, C, L) becomes (N, C, 1, L); (N, C, H, W) is unchanged.
Tensor image(const NpyArray& array);
Tensor image(const Case& golden, const std::string& name);
bool is_flat(const Case& golden);

// (K), or empty.
Tensor bias_in(const Case& golden);

// For a tensor of a flat case (N, C, L).
NpyArray array_of(const Tensor& tensor, bool flat);

// stride, dilation, groups, padding and padding_mode of a conv case, with the weight's sizes.
conv::LayerSpec conv_spec(const Case& golden);
// The same for conv_transpose, with output_padding.
conv::LayerSpec transpose_spec(const Case& golden);

// Throws if the layer can't run.
void require_possible(const conv::LayerSpec& spec, const Tensor& input);

}  // namespace convscope::golden
