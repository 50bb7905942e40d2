// The checks that problems() of several ops share. Each returns whether the numbers it checked are
// safe to use further, so that nothing overflows later.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "core/conv/layer_limits.h"
#include "core/conv/layer_spec.h"

namespace convscope::conv {

using Problems = std::vector<Problem>;
using ProblemValues = std::vector<std::pair<std::string, ProblemValue>>;

// Adds the problem once if both axes have the same one.
void add(Problems& found, const char* code, const char* field, ProblemValues values);

// Each of `values` lies in [1, kMostCells].
bool check_positive(Problems& found, const char* field, std::initializer_list<std::int64_t> values);

// What every operator with a window reads: kernel_size, stride, dilation, pads.
bool check_window_numbers(Problems& found, const LayerSpec& spec);

bool check_input(Problems& found, const Shape& input);

// Whether the product of positive sizes stays within kMostCells.
bool fits(std::initializer_list<std::int64_t> sizes);

// in_channels, out_channels and groups of a layer with weights; the weight's size.
bool check_channels(Problems& found, const LayerSpec& spec, const Shape& input);

// Padding by equal numbers on both sides, of zeros: all that layers other than kConv accept.
bool check_plain_padding(Problems& found, const LayerSpec& spec);

// One axis of the geometry.
struct CheckedAxis {
  std::int64_t size = 0;
  std::int64_t before = 0;
  std::int64_t after = 0;
  std::int64_t kernel = 0;
  std::int64_t stride = 1;
  std::int64_t dilation = 1;
  std::int64_t reach = 0;
  std::int64_t output_padding = 0;
  bool vertical = false;

  std::int64_t padded() const { return size + before + after; }
};
// Rows and columns; for numbers that passed check_window_numbers and check_input.
std::pair<CheckedAxis, CheckedAxis> axes_of(const LayerSpec& spec, const Shape& input);

// The window fits in the padded input; `overhang` cells of it may lie past the end (ceil_mode).
bool check_kernel_fits(Problems& found, const CheckedAxis& axis, std::int64_t overhang = 0);

}  // namespace convscope::conv
