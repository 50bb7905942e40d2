// The words that JSON uses for our enumerations. Internal to core/lesson.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "core/lesson/session.h"

namespace convscope {

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
inline constexpr Words<LayerKind, 2> kLayerKinds = {
    {{"conv1d", LayerKind::kConv1d}, {"conv2d", LayerKind::kConv2d}}};
inline constexpr Words<View, 1> kViews = {{{"flat", View::kFlat}}};
inline constexpr Words<Granularity, 3> kGranularities = {{{"position", Granularity::kPosition},
                                                          {"channel", Granularity::kChannel},
                                                          {"term", Granularity::kTerm}}};
inline constexpr Words<Theme, 3> kThemes = {
    {{"dark", Theme::kDark}, {"light", Theme::kLight}, {"projector", Theme::kProjector}}};
inline constexpr Words<Language, 2> kLanguages = {
    {{"en", Language::kEnglish}, {"ru", Language::kRussian}}};
inline constexpr Words<TensorRole, 5> kTensorRoles = {{{"input", TensorRole::kInput},
                                                       {"weight", TensorRole::kWeight},
                                                       {"bias", TensorRole::kBias},
                                                       {"output", TensorRole::kOutput},
                                                       {"product", TensorRole::kProduct}}};

}  // namespace convscope
