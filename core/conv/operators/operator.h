// What an operator is. Each has one file in this folder, which fills in this table row; the rest of
// the program reads the row instead of checking which operator it has.
//
// To add one: a value of Op (layer_spec.h), its file here, its row in operator.cpp, and the texts
// that its `caption` names in the locale files.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/conv/area.h"
#include "core/conv/layer_spec.h"
#include "core/conv/operators/axis_numbers.h"
#include "core/conv/operators/problem_checks.h"
#include "core/conv/operators/setting.h"
#include "core/conv/operators/step_terms.h"
#include "core/conv/run_options.h"
#include "core/tensor/tensor.h"
#include "core/tensor/tensor_view.h"

namespace convscope::conv {

// The order of the weight's first two dimensions.
enum class WeightLayout {
  kNone,
  kOutIn,  // (K, C/groups, kh, kw)
  kInOut,  // (C, K/groups, kh, kw)
};

// How a padding cell enters a value.
enum class PaddingRole {
  kValue,     // like any other number
  kIgnored,   // nothing: it is never the maximum
  kMayCount,  // a zero that an average may count (count_include_pad)
};

struct Operator {
  Op op = Op::kConv;
  // Its name in lesson files, in one and in two dimensions; empty where it does not exist; equal if
  // it takes any number of dimensions.
  std::string_view word_1d;
  std::string_view word_2d;
  // torch.nn's class; followed by "1d" or "2d" if the two words above differ.
  std::string_view torch_class;
  // Names its texts in the locale files: "im2col." + caption for the matrix view, "fold." + caption
  // for the result of a window without weights, "operator." + caption if it has no settings.
  std::string_view caption;
  // What it does with a window, shown in place of a filter: "max". Empty with weights.
  std::string_view sign = {};
  // What it does with a row of the im2col matrix, as PyTorch writes it: ".amax(1)".
  std::string_view row_code = {};
  // The settings it reads, in the order in which a form shows them.
  std::span<const Setting> settings = {};
  WeightLayout weight = WeightLayout::kNone;
  PaddingRole padding = PaddingRole::kValue;
  bool one_cell = false;          // a value has a single term: one cell of the window
  bool stride_is_kernel = false;  // PyTorch's default stride is the kernel size
  bool unfolds = false;           // the output's maps are the window's cells (im2col)

  // Sets the channels that follow from the operator; see fitted(). Null: any are allowed.
  void (*fit)(LayerSpec& spec, const Shape& input) = nullptr;
  void (*find_problems)(Problems& found, const LayerSpec& spec, const Shape& input) = nullptr;
  // (N, K, OH, OW) for a fitted spec without problems.
  Shape (*output_shape)(const LayerSpec& spec, const Shape& input) = nullptr;
  // forward_into(), and the oracle; weight and bias may be empty. See forward.h. No forward_into:
  // the whole is computed as a part.
  bool (*forward_into)(std::span<float> out, const TensorView& input, const TensorView& weight,
                       const TensorView& bias, const LayerSpec& spec,
                       const RunOptions& run) = nullptr;
  Tensor (*reference)(const Tensor& input, const Tensor& weight, const Tensor& bias,
                      const LayerSpec& spec) = nullptr;
  // An area of the map, (N, K, area.h, area.w); null: only the whole map can be computed. False if
  // cancelled.
  bool (*part_into)(std::span<float> out, const TensorView& input, const LayerSpec& spec,
                    const Area& area, const RunOptions& run) = nullptr;
  // Adds terms, statistics and value to a step whose position is set.
  void (*spell_out)(Step& step, const StepLayer& layer) = nullptr;
  // The size of the output on one axis: see lesson::size_formula().
  std::string (*size_formula)(const AxisNumbers& axis) = nullptr;
  // What every step computes, of an input called `name`: "out[n,c,y,x] = max img[n,c,2y+i,2x+j]".
  std::string (*formula)(const LayerSpec& spec, const Shape& input,
                         const std::string& name) = nullptr;

  bool reads(Setting setting) const;
  // Like reads(setting), for a layer of this many dimensions: torch.nn.AvgPool1d has no
  // divisor_override.
  bool reads(Setting setting, bool one_dimensional) const;
  // All settings such a layer reads, in the order of `settings`.
  std::vector<Setting> settings_read(bool one_dimensional) const;
  bool transposed() const { return weight == WeightLayout::kInOut; }
  bool any_dimensions() const { return word_1d == word_2d; }
};

const Operator& operator_of(Op op);

// All of them, in the order of Op.
std::span<const Operator* const> all_operators();

}  // namespace convscope::conv
