// The words for our enumerations in JSON and on the command line.
#pragma once

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "core/conv/operators/operator.h"
#include "core/lesson/lesson.h"
#include "core/lesson/views.h"

namespace convscope::lesson {

// The name of an operator in a lesson file.
struct OpWord {
  conv::Op op = conv::Op::kConv;
  bool one_dimensional = false;

  bool operator==(const OpWord&) const = default;
};

template <typename Value, std::size_t kCount>
using Words = std::array<std::pair<std::string_view, Value>, kCount>;

inline constexpr Words<conv::PaddingMode, 4> kPaddingModes = {
    {{"zeros", conv::PaddingMode::kZeros},
     {"reflect", conv::PaddingMode::kReflect},
     {"replicate", conv::PaddingMode::kReplicate},
     {"circular", conv::PaddingMode::kCircular}}};
inline constexpr Words<conv::PaddingRule, 3> kPaddingRules = {
    {{"valid", conv::PaddingRule::kValid},
     {"same", conv::PaddingRule::kSame},
     {"same_tf", conv::PaddingRule::kSameTf}}};
inline constexpr Words<Distribution, 3> kDistributions = {{{"normal", Distribution::kNormal},
                                                           {"uniform", Distribution::kUniform},
                                                           {"integers", Distribution::kIntegers}}};
inline constexpr Words<InputColors, 4> kInputColors = {{{"auto", InputColors::kAuto},
                                                        {"gray", InputColors::kGray},
                                                        {"rgb", InputColors::kRgb},
                                                        {"signed", InputColors::kSigned}}};
// All operators and their names.
inline const std::vector<std::pair<std::string_view, OpWord>> kOps = [] {
  std::vector<std::pair<std::string_view, OpWord>> words;
  for (const conv::Operator* op : conv::all_operators()) {
    if (!op->any_dimensions() && !op->word_1d.empty()) {
      words.emplace_back(op->word_1d, OpWord{op->op, true});
    }
    words.emplace_back(op->word_2d, OpWord{op->op, false});
  }
  return words;
}();
inline constexpr auto kViews = [] {
  Words<View, kViewTable.size()> words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    words[i] = {kViewTable[i].word, kViewTable[i].view};
  }
  return words;
}();
inline constexpr Words<CodeStrip, 4> kCodeStrips = {{{"none", CodeStrip::kNone},
                                                     {"loop", CodeStrip::kLoop},
                                                     {"linear", CodeStrip::kLinear},
                                                     {"conv2d", CodeStrip::kConv2d}}};
inline constexpr Words<TransposedAs, 2> kTransposedAs = {
    {{"stretch", TransposedAs::kZeroInsert}, {"stamp", TransposedAs::kScatterAdd}}};
inline constexpr Words<conv::Optimizer::Kind, 2> kOptimizers = {
    {{"sgd", conv::Optimizer::Kind::kSgd}, {"adam", conv::Optimizer::Kind::kAdam}}};
inline constexpr Words<Language, 2> kLanguages = {
    {{"en", Language::kEnglish}, {"ru", Language::kRussian}}};

}  // namespace convscope::lesson
