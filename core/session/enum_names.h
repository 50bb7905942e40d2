// The words that JSON and the command line use for the session's enumerations.
#pragma once

#include "core/lesson/enum_names.h"
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
inline constexpr lesson::Words<Theme, 3> kThemes = {
    {{"dark", Theme::kDark}, {"light", Theme::kLight}, {"projector", Theme::kProjector}}};
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
