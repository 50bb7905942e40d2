// Tensors as texts. Every float is written in as few digits as give it back, except for LaTeX,
// which is read by people.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/code/numbers/number_format.h"

namespace convscope::code {

// Of the first tensor.
std::string numpy_text(std::span<const NamedTensor> tensors);
std::string pytorch_text(std::span<const NamedTensor> tensors);
// Height, width, channels, images, as MATLAB orders them.
std::string matlab_text(std::span<const NamedTensor> tensors);
// A bmatrix for each plane.
std::string latex_text(std::span<const NamedTensor> tensors);
// Rows of cells parted by tabs, a blank line between planes.
std::string spreadsheet_text(std::span<const NamedTensor> tensors);
// A table for each plane, its rows and columns counted.
std::string markdown_text(std::span<const NamedTensor> tensors);
// Rows of cells parted by commas, a blank line between planes.
std::string csv_text(std::span<const NamedTensor> tensors);
// Nested lists; what is not finite is a string.
std::string json_text(std::span<const NamedTensor> tensors);

// "1, 3, 5, 5".
std::string sides_text(std::span<const std::int64_t> sides);

}  // namespace convscope::code
