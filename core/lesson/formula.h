// A layer's formulas as text, with the numbers filled in.
#pragma once

#include <cstdint>
#include <string>

#include "core/conv/operators/axis_numbers.h"

namespace convscope::lesson {

using conv::AxisNumbers;

// Both assert problems(spec, input).empty().
AxisNumbers height_numbers(const conv::LayerSpec& spec, const Shape& input);
AxisNumbers width_numbers(const conv::LayerSpec& spec, const Shape& input);

// "⌊(5 + 2·1 - 1·(3-1) - 1)/2⌋ + 1 = 3"; unequal padding is written "(13 + 1 + 2 - ...". A pool
// with ceil_mode has "⌈...⌉", and "+ 1 - 1" if its last window would start after the input. A
// transposed convolution: "(5-1)·2 - 2·1 + 1·(3-1) + 1 + 1 = 10", where the 1 before the last is
// output_padding. ReLU: "5". The axis must fit: the dilated kernel is no longer than the padded
// input.
std::string size_formula(const AxisNumbers& axis);

// The shape that PyTorch's Unfold gives, (C·kh·kw, L) with L = OH·OW: "(3·3·3, 55·55) = (27,
// 3025)".
std::string unfold_formula(const conv::LayerSpec& spec, const Shape& input);

// "(3·3·3 + 1)·5 = 140", without a bias "3·3·3·5 = 135", with groups "(1·3·3 + 1)·6 = 60"; for a
// transposed convolution "5·3·3·3 + 3 = 138"; "0" without weights.
std::string parameter_formula(const conv::LayerSpec& spec);

// "6·32·32·3·3·3 = 165 888": outputs times products per output; for a transposed convolution inputs
// times products per stamp; "0" without weights. The product must be within the limit that
// problems() allows.
std::string multiply_add_formula(const conv::LayerSpec& spec, const Shape& input);

// Groups of three digits from 10,000 on, separated by narrow no-break spaces, in every language.
std::string grouped_digits(std::int64_t number);

// "(1, 3, 100, 100)", as code prints it; the tensors of a conv1d have no height: "(1, 1, 13)".
std::string shape_text(const Shape& shape, bool one_dimensional = false);
// "(1, 3, ?, ?)": of a shape whose size is asked for.
std::string asked_shape_text(const Shape& shape, bool one_dimensional = false);

}  // namespace convscope::lesson
