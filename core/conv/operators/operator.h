// What an operator is. Each has one file in this folder, which fills in this table row; the rest of
// the program asks it instead of asking which operator it has before it.
//
// To add one: a value of Op (layer_spec.h), its file here, its row in operator.cpp, and the texts
// that its `caption` names in the locale files.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/conv/layer_spec.h"
#include "core/conv/operators/axis_numbers.h"
#include "core/conv/operators/problem_checks.h"
#include "core/conv/operators/setting.h"
#include "core/conv/operators/step_terms.h"
#include "core/conv/run_options.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

// How the weight's first two dimensions lie.
enum class WeightLayout {
  kNone,
  kOutIn,  // (K, C/groups, kh, kw)
  kInOut,  // (C, K/groups, kh, kw)
};

// What a cell of the padding is to a value.
enum class PaddingRole {
  kValue,     // a number as any other
  kIgnored,   // nothing: it is never the maximum
  kMayCount,  // a zero of an average that may be counted (count_include_pad)
};

struct Operator {
  Op op = Op::kConv;
  // As a lesson file calls it over one dimension and over two; empty where it does not exist; alike
  // where it takes any number of dimensions.
  std::string_view word_1d;
  std::string_view word_2d;
  // torch.nn's class; "1d" or "2d" follows where the two words differ.
  std::string_view torch_class;
  // Names its texts in the locale files: "im2col." + caption for the matrix view, "fold." + caption
  // for what becomes of a window without weights, "operator." + caption where it has no settings.
  std::string_view caption;
  // What it does with a window, in the place of a filter: "max". Empty with weights.
  std::string_view sign = {};
  // What it does with a row of the im2col matrix, as PyTorch writes it: ".amax(1)".
  std::string_view row_code = {};
  // What it reads, in the order in which a form shows it.
  std::span<const Setting> settings = {};
  WeightLayout weight = WeightLayout::kNone;
  PaddingRole padding = PaddingRole::kValue;
  bool one_cell = false;          // a value has one term: the window is one cell of it
  bool stride_is_kernel = false;  // PyTorch's default stride is the kernel
  bool unfolds = false;           // the output's maps are the window's cells (im2col)

  // The channels that the operator leaves no choice about; see fitted(). Null: any.
  void (*fit)(LayerSpec& spec, const Shape& input) = nullptr;
  void (*find_problems)(Problems& found, const LayerSpec& spec, const Shape& input) = nullptr;
  // (N, K, OH, OW) of a fitted spec without problems.
  Shape (*output_shape)(const LayerSpec& spec, const Shape& input) = nullptr;
  // forward(), and its oracle where that is another function; weight and bias may be empty. See
  // forward.h.
  Tensor (*forward)(const Tensor& input, const Tensor& weight, const Tensor& bias,
                    const LayerSpec& spec, const RunOptions& run) = nullptr;
  Tensor (*reference)(const Tensor& input, const Tensor& weight, const Tensor& bias,
                      const LayerSpec& spec) = nullptr;
  // Adds terms, statistics and value to a step whose place is known.
  void (*spell_out)(Step& step, const StepLayer& layer) = nullptr;
  // The size of the output on one axis: see lesson::size_formula().
  std::string (*size_formula)(const AxisNumbers& axis) = nullptr;
  // What every step computes, of an input called `name`: "out[n,c,y,x] = max img[n,c,2y+i,2x+j]".
  std::string (*formula)(const LayerSpec& spec, const Shape& input,
                         const std::string& name) = nullptr;

  bool reads(Setting setting) const;
  // The same of a layer over so many dimensions: torch.nn.AvgPool1d has no divisor_override.
  bool reads(Setting setting, bool one_dimensional) const;
  // All that such a layer reads, in the order of `settings`.
  std::vector<Setting> settings_read(bool one_dimensional) const;
  bool transposed() const { return weight == WeightLayout::kInOut; }
  bool any_dimensions() const { return word_1d == word_2d; }
};

const Operator& operator_of(Op op);

// All of them, in the order of Op.
std::span<const Operator* const> all_operators();

}  // namespace convscope::conv
