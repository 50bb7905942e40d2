#include "core/picture/stamp/alone.h"

#include <algorithm>

#include "core/picture/kit/tensor_colors.h"
#include "core/picture/stamp/moment.h"

namespace convscope::picture::stamp {

std::optional<kit::TensorAlone> tensor_alone(const session::Session& session,
                                             const derive::LayerResult& layer,
                                             session::TensorRole tensor, const Palette& palette) {
  const std::optional<StampMoment> moment = stamp_moment_of(session, layer);
  if (!moment) {
    return std::nullopt;
  }
  const Index& at = moment->stamp.input_at;
  const Shape& input = layer.input.shape();
  const std::int64_t channels = input.c / layer.spec.groups;
  const std::int64_t maps = layer.output_shape.c / layer.spec.groups;
  const std::int64_t group = at.c / channels;
  kit::TensorAlone out;
  const auto add = [&](const Tensor& values, std::int64_t n, std::int64_t c,
                       const ColorScale& scale) {
    out.slices.push_back({.tensor = values, .n = n, .c = c, .scale = scale, .role = tensor});
  };
  if (tensor == session::TensorRole::kInput) {
    const lesson::InputColors look = session.look.layer == 0
                                         ? kit::input_look(session::scene_of(session), layer)
                                         : lesson::InputColors::kSigned;
    out.size = {input.h, input.w};
    out.edge = palette.input.line;
    for (std::int64_t c = group * channels; c < (group + 1) * channels; ++c) {
      add(layer.input, at.n, c, kit::slice_scale(look, layer, c, palette));
    }
  } else if (tensor == session::TensorRole::kWeight) {
    out.size = {layer.spec.kernel_size.h, layer.spec.kernel_size.w};
    out.edge = palette.weight.line;
    for (std::int64_t c = 0; c < maps; ++c) {
      add(layer.weight, at.c, c, kit::diverging_scale(layer.weight_range, palette));
    }
  } else {
    const Tensor sums = stamp_sums(layer, *moment);
    if (sums.empty()) {
      return std::nullopt;
    }
    out.size = {layer.output_shape.h, layer.output_shape.w};
    out.edge = palette.output.line;
    if (!moment->complete && layer.output_shape.h * layer.output_shape.w <= kit::kMostCells) {
      out.there = stamp_counts(layer, at.n, at.c, moment->added);
    }
    for (std::int64_t k = group * maps; k < (group + 1) * maps; ++k) {
      add(sums, at.n, k, kit::output_scale(layer, palette));
    }
  }
  return out;
}

}  // namespace convscope::picture::stamp
