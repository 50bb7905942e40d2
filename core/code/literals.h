// Numbers, lists and index expressions as Python and C++ write them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/conv/layer_spec.h"
#include "core/tensor/tensor.h"

namespace convscope::code {

// A float32 in as few digits as give it back; whole numbers without a point; "nan" and "inf" where
// it is not finite.
std::string number_text(float value);

// "(1, 2)", "(1,)".
std::string tuple_text(std::span<const std::int64_t> numbers);
// Of the axes that there are: "(2, 2)", in one dimension "(2,)".
std::string tuple_text(const conv::Size2& size, bool one_dimensional);

// "[[1, 2],\n [3, 4]]", a row a line, `column` characters from the left; rows that are too long are
// broken.
std::string nested_list(std::span<const float> values, std::span<const std::int64_t> dimensions,
                        std::size_t column);
// Lines of numbers, without brackets, each line indented.
std::string number_lines(std::span<const float> values, std::size_t per_row, std::size_t indent);

// "2*y + 3*i - 1"; "y" where all else is nothing. An empty `tap` has no second term.
std::string place_text(const std::string& place, std::int64_t stride, const std::string& tap,
                       std::int64_t dilation, std::int64_t before);

bool all_finite(const Tensor& tensor);

}  // namespace convscope::code
