#include "core/picture/kit/tensor_colors.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace convscope::picture::kit {

namespace {

// The bright ends of red, green and blue slices; equally light, so that no channel dominates.
constexpr std::array<Rgba, 3> kChannelTints = {Rgba{236, 92, 84}, Rgba{84, 190, 106},
                                               Rgba{92, 140, 246}};

ColorScale sequential(float low, float high, Rgba dark, Rgba bright) {
  return {.kind = ColorScale::Kind::kSequential,
          .low = low,
          .high = high,
          .stops = {dark, mixed(dark, bright, 0.5F), bright}};
}

// An 8-bit picture reaches at least this value; smaller numbers are not grey levels.
constexpr float kDarkest8Bit = 64;

// The white of a grey picture: 1 or 255 where the numbers look like it, else the largest.
float white_point(const derive::ValueRange& range) {
  if (range.high <= 1) {
    return 1;
  }
  return range.high <= 255 && range.high >= kDarkest8Bit ? 255 : range.high;
}

}  // namespace

lesson::InputColors input_look(const lesson::Scene& scene, const derive::LayerResult& layer) {
  if (scene.colors != lesson::InputColors::kAuto) {
    return scene.colors;
  }
  const derive::ValueRange& range = layer.input_range;
  if (range.low < 0 || range.low > range.high) {
    return lesson::InputColors::kSigned;
  }
  const auto* file = std::get_if<lesson::FileSource>(&scene.input.source);
  const bool image = file != nullptr && file->kind == lesson::FileSource::Kind::kImage;
  const bool shades = image || (range.high >= kDarkest8Bit && range.high <= 255);
  if (layer.input.shape().c == 3 && shades) {
    return lesson::InputColors::kRgb;
  }
  return lesson::InputColors::kGray;
}

ColorScale slice_scale(lesson::InputColors look, const derive::LayerResult& layer,
                       std::int64_t channel, const Palette& palette) {
  switch (look) {
    case lesson::InputColors::kGray:
      return sequential(0, white_point(layer.input_range), palette.gray_low, palette.gray_high);
    case lesson::InputColors::kRgb:
      return sequential(0, 255, {12, 12, 14}, kChannelTints[static_cast<std::size_t>(channel % 3)]);
    case lesson::InputColors::kAuto:
    case lesson::InputColors::kSigned:
      break;
  }
  return diverging_scale(layer.input_range, palette);
}

ColorScale output_scale(const derive::LayerResult& layer, const Palette& palette) {
  const derive::ValueRange& span = layer.output_colors;
  // derive() gives only pictures another span than the range of their values.
  const bool picture = span.low == 0 && span.high > 0 && span != layer.output_range;
  if (!picture) {
    return diverging_scale(span, palette);
  }
  if (layer.output_range.low >= 0) {
    return sequential(0, span.high, palette.gray_low, palette.gray_high);
  }
  // Its few negative values, which may be large, must not look like zero.
  return {.kind = ColorScale::Kind::kDiverging,
          .low = -span.high,
          .high = span.high,
          .stops = {palette.negative, palette.gray_low, palette.gray_high}};
}

ColorScale diverging_scale(const derive::ValueRange& range, const Palette& palette) {
  const float reach = std::max({std::abs(range.low), std::abs(range.high), 1e-12F});
  return {.kind = ColorScale::Kind::kDiverging,
          .low = -reach,
          .high = reach,
          .stops = {palette.negative, palette.neutral, palette.positive}};
}

}  // namespace convscope::picture::kit
