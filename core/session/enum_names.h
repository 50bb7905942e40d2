// The words that JSON and the command line use for the session's enumerations.
#pragma once

#include "core/lesson/build/filter_presets.h"
#include "core/lesson/build/input_fill.h"
#include "core/lesson/enum_names.h"
#include "core/session/action/author.h"
#include "core/session/edit/mend.h"
#include "core/session/export_choice.h"
#include "core/session/session.h"

namespace convscope::session {

inline constexpr lesson::Words<Granularity, 4> kGranularities = {
    {{"row", Granularity::kRow},
     {"position", Granularity::kPosition},
     {"channel", Granularity::kChannel},
     {"term", Granularity::kTerm}}};
inline constexpr lesson::Words<AskAbout, 4> kAskAbouts = {{{"scene", AskAbout::kScene},
                                                           {"lesson", AskAbout::kLesson},
                                                           {"concept", AskAbout::kConcept},
                                                           {"quiz", AskAbout::kQuiz}}};
inline constexpr lesson::Words<Mend, 3> kMends = {
    {{"none", Mend::kNone}, {"input", Mend::kInput}, {"layers", Mend::kLayers}}};
inline constexpr lesson::Words<ExportChoice::What, 6> kExportWhats = {
    {{"stage", ExportChoice::What::kStage},
     {"sum", ExportChoice::What::kSum},
     {"input", ExportChoice::What::kInput},
     {"filter", ExportChoice::What::kFilter},
     {"map", ExportChoice::What::kMap},
     {"window", ExportChoice::What::kWindow}}};
inline constexpr lesson::Words<lesson::InputFill, 6> kInputFills = {
    {{"zeros", lesson::InputFill::kZeros},
     {"ones", lesson::InputFill::kOnes},
     {"ramp", lesson::InputFill::kRamp},
     {"checker", lesson::InputFill::kChecker},
     {"impulse", lesson::InputFill::kImpulse},
     {"noise", lesson::InputFill::kNoise}}};
inline constexpr lesson::Words<lesson::InputChange, 7> kInputChanges = {
    {{"gray", lesson::InputChange::kGray},
     {"rgb", lesson::InputChange::kRgb},
     {"unit", lesson::InputChange::kUnit},
     {"bytes", lesson::InputChange::kBytes},
     {"standardize", lesson::InputChange::kStandardize},
     {"scale", lesson::InputChange::kScale},
     {"crop", lesson::InputChange::kCrop}}};
inline constexpr lesson::Words<lesson::FilterTransform, 5> kFilterTransforms = {
    {{"normalize", lesson::FilterTransform::kNormalize},
     {"negate", lesson::FilterTransform::kNegate},
     {"flip", lesson::FilterTransform::kFlip},
     {"transpose", lesson::FilterTransform::kTranspose},
     {"rotate", lesson::FilterTransform::kRotate}}};
// The table of presets' words.
inline const auto kFilterKinds = [] {
  lesson::Words<lesson::FilterKind, 22> words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const lesson::FilterPreset& preset = lesson::filter_presets()[i];
    words[i] = {preset.word, preset.kind};
  }
  return words;
}();
// An operator by its word over two dimensions, whatever the layers at hand have.
inline const auto kOperators = [] {
  lesson::Words<conv::Op, 6> words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const conv::Operator& row = *conv::all_operators()[i];
    words[i] = {row.word_2d, row.op};
  }
  return words;
}();
inline constexpr lesson::Words<Theme, 4> kThemes = {{{"dark", Theme::kDark},
                                                     {"light", Theme::kLight},
                                                     {"projector", Theme::kProjector},
                                                     {"contrast", Theme::kContrast}}};
inline constexpr lesson::Words<action::TitleOf, 3> kTitlesOf = {
    {{"lesson", action::TitleOf::kLesson},
     {"summary", action::TitleOf::kSummary},
     {"scene", action::TitleOf::kScene}}};
inline constexpr lesson::Words<action::Attached, 2> kAttached = {
    {{"question", action::Attached::kQuestion}, {"exercise", action::Attached::kExercise}}};
inline constexpr lesson::Words<Comparison, 6> kComparisons = {{{"none", Comparison::kNone},
                                                               {"lesson", Comparison::kLesson},
                                                               {"before", Comparison::kBefore},
                                                               {"padding", Comparison::kPadding},
                                                               {"stride", Comparison::kStride},
                                                               {"same", Comparison::kSame}}};
inline constexpr lesson::Words<TensorRole, 8> kTensorRoles = {
    {{"input", TensorRole::kInput},
     {"weight", TensorRole::kWeight},
     {"bias", TensorRole::kBias},
     {"output", TensorRole::kOutput},
     {"product", TensorRole::kProduct},
     {"stretched", TensorRole::kZeroInserted},
     {"turned", TensorRole::kFlipped},
     {"target", TensorRole::kTarget}}};

}  // namespace convscope::session
