// The words that JSON and the command line use for our enumerations.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "core/lesson/session.h"

namespace convscope {

// An operator as a lesson file calls it.
struct OpWord {
  Op op = Op::kConv;
  bool one_dimensional = false;

  bool operator==(const OpWord&) const = default;
};

template <typename Value, std::size_t kCount>
using Words = std::array<std::pair<std::string_view, Value>, kCount>;

inline constexpr Words<PaddingMode, 4> kPaddingModes = {{{"zeros", PaddingMode::kZeros},
                                                         {"reflect", PaddingMode::kReflect},
                                                         {"replicate", PaddingMode::kReplicate},
                                                         {"circular", PaddingMode::kCircular}}};
inline constexpr Words<PaddingRule, 3> kPaddingRules = {{{"valid", PaddingRule::kValid},
                                                         {"same", PaddingRule::kSame},
                                                         {"same_tf", PaddingRule::kSameTf}}};
inline constexpr Words<Distribution, 3> kDistributions = {{{"normal", Distribution::kNormal},
                                                           {"uniform", Distribution::kUniform},
                                                           {"integers", Distribution::kIntegers}}};
inline constexpr Words<InputColors, 4> kInputColors = {{{"auto", InputColors::kAuto},
                                                        {"gray", InputColors::kGray},
                                                        {"rgb", InputColors::kRgb},
                                                        {"signed", InputColors::kSigned}}};
inline constexpr Words<OpWord, 10> kOps = {{{"conv1d", {Op::kConv, true}},
                                            {"conv2d", {Op::kConv, false}},
                                            {"conv_transpose1d", {Op::kConvTranspose, true}},
                                            {"conv_transpose2d", {Op::kConvTranspose, false}},
                                            {"max_pool1d", {Op::kMaxPool, true}},
                                            {"max_pool2d", {Op::kMaxPool, false}},
                                            {"avg_pool1d", {Op::kAvgPool, true}},
                                            {"avg_pool2d", {Op::kAvgPool, false}},
                                            {"relu", {Op::kRelu, false}},
                                            {"unfold", {Op::kUnfold, false}}}};
inline constexpr Words<View, 8> kViews = {{{"flat", View::kFlat},
                                           {"volume", View::kVolume},
                                           {"strip", View::kStrip},
                                           {"neuron", View::kNeuron},
                                           {"matrix", View::kMatrix},
                                           {"descent", View::kDescent},
                                           {"coverage", View::kCoverage},
                                           {"receptive-field", View::kReceptiveField}}};
inline constexpr Words<CodeStrip, 3> kCodeStrips = {
    {{"none", CodeStrip::kNone}, {"loop", CodeStrip::kLoop}, {"linear", CodeStrip::kLinear}}};
inline constexpr Words<TransposedAs, 2> kTransposedAs = {
    {{"stretch", TransposedAs::kStretch}, {"stamp", TransposedAs::kStamp}}};
inline constexpr Words<Optimizer::Kind, 2> kOptimizers = {
    {{"sgd", Optimizer::Kind::kSgd}, {"adam", Optimizer::Kind::kAdam}}};
inline constexpr Words<Granularity, 3> kGranularities = {{{"position", Granularity::kPosition},
                                                          {"channel", Granularity::kChannel},
                                                          {"term", Granularity::kTerm}}};
inline constexpr Words<Theme, 3> kThemes = {
    {{"dark", Theme::kDark}, {"light", Theme::kLight}, {"projector", Theme::kProjector}}};
inline constexpr Words<Language, 2> kLanguages = {
    {{"en", Language::kEnglish}, {"ru", Language::kRussian}}};
inline constexpr Words<TensorRole, 8> kTensorRoles = {{{"input", TensorRole::kInput},
                                                       {"weight", TensorRole::kWeight},
                                                       {"bias", TensorRole::kBias},
                                                       {"output", TensorRole::kOutput},
                                                       {"product", TensorRole::kProduct},
                                                       {"stretched", TensorRole::kStretched},
                                                       {"turned", TensorRole::kTurned},
                                                       {"target", TensorRole::kTarget}}};

}  // namespace convscope
