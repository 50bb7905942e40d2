// Decides whether a transposed convolution is shown by stamps; clock, picture and panels all use
// is_stamping() (session.h).
#pragma once

#include <optional>

#include "core/lesson/lesson.h"

namespace convscope::lesson {

// Whether a layer in these views is shown by stamps.
bool stamps(const Layer& layer, TransposedAs as, View view, const std::optional<View>& second);

// The same of a layer in a scene that has just been opened.
bool opens_stamping(const Scene& scene, std::int64_t layer);

}  // namespace convscope::lesson
