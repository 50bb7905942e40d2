// The colour scale of each tensor of a layer.
#pragma once

#include <cstdint>

#include "core/derive/derived.h"
#include "core/lesson/lesson.h"
#include "core/picture/display/colormap.h"
#include "core/picture/display/theme.h"

namespace convscope::picture::kit {

// What the input looks like: kGray, kRgb or kSigned (never kAuto).
lesson::InputColors input_look(const lesson::Scene& scene, const derive::LayerResult& layer);

// The scale of one channel's slice; RGB slices are tinted red, green and blue.
ColorScale slice_scale(lesson::InputColors look, const derive::LayerResult& layer,
                       std::int64_t channel, const Palette& palette);

// The map's: diverging; or, where the map is a picture itself (hardly any negative values),
// grey from zero up, with the hue of negative values below.
ColorScale output_scale(const derive::LayerResult& layer, const Palette& palette);

// Symmetric about zero, neutral in the middle.
ColorScale diverging_scale(const derive::ValueRange& range, const Palette& palette);

}  // namespace convscope::picture::kit
