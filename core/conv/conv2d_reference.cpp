#include <cassert>
#include <utility>
#include <vector>

#include "core/conv/analysis/as_convolution.h"
#include "core/conv/conv2d.h"
#include "core/conv/padding.h"
#include "core/conv/rounding.h"

namespace convscope::conv {

Tensor conv2d_reference(const Tensor& input, const Tensor& weight, const Tensor& bias,
                        const LayerSpec& spec) {
  assert(problems(spec, input.shape()).empty());
  assert(weight.shape() == weight_shape(spec));
  const Shape output = output_shape(spec, input.shape());
  const Pads pads = resolved_pads(spec, input.shape());
  const std::int64_t group_channels = spec.in_channels / spec.groups;
  const std::int64_t group_filters = spec.out_channels / spec.groups;

  std::vector<float> values;
  values.reserve(static_cast<std::size_t>(output.count()));
  for (std::int64_t n = 0; n < output.n; ++n) {
    for (std::int64_t k = 0; k < output.c; ++k) {
      const std::int64_t first_channel = k / group_filters * group_channels;
      for (std::int64_t y = 0; y < output.h; ++y) {
        for (std::int64_t x = 0; x < output.w; ++x) {
          double sum = 0.0;
          for (std::int64_t c = 0; c < group_channels; ++c) {
            double channel_sum = 0.0;
            for (std::int64_t i = 0; i < spec.kernel_size.h; ++i) {
              for (std::int64_t j = 0; j < spec.kernel_size.w; ++j) {
                const Index at = {n, first_channel + c,
                                  y * spec.stride.h + i * spec.dilation.h - pads.top,
                                  x * spec.stride.w + j * spec.dilation.w - pads.left};
                channel_sum += static_cast<double>(padded_value(input, at, spec.padding_mode)) *
                               weight.at(own_weight_at(spec, {k, c, i, j}));
              }
            }
            sum += channel_sum;
          }
          if (!bias.empty()) {
            sum += bias.at({0, 0, 0, k});
          }
          values.push_back(rounded(sum));
        }
      }
    }
  }
  return Tensor(output, std::move(values));
}

}  // namespace convscope::conv
