// Which colour scale each tensor of a layer wears.
#pragma once

#include <cstdint>

#include "core/lesson/derived.h"
#include "core/lesson/lesson.h"
#include "core/picture/colormap.h"
#include "core/picture/theme.h"

namespace convscope {

// What the input looks like: kGray, kRgb or kSigned (never kAuto).
InputColors input_look(const Scene& scene, const LayerResult& layer);

// The scale of one channel's slice; RGB slices are tinted red, green and blue.
ColorScale slice_scale(InputColors look, const LayerResult& layer, std::int64_t channel,
                       const Palette& palette);

// The map's: diverging, or, where it is a picture itself (negative values are next to nothing),
// grey from zero up, with the hue of negative values below.
ColorScale output_scale(const LayerResult& layer, const Palette& palette);

// Symmetric about zero, neutral in the middle.
ColorScale diverging_scale(const ValueRange& range, const Palette& palette);

}  // namespace convscope
