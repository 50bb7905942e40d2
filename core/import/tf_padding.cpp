#include "core/import/tf_padding.h"

#include <algorithm>

namespace convscope::imports {
namespace {

constexpr std::int64_t kMost = std::int64_t{1} << 24;  // larger ones are refused later

struct Cut {
  std::int64_t padding = 0;
  std::int64_t output_padding = 0;
};

Cut cut_of(std::int64_t kernel, std::int64_t stride, bool same, const CallArguments& call,
           std::size_t at) {
  if (!same || kernel <= stride) {
    return {0, std::max<std::int64_t>(stride - kernel, 0)};
  }
  const std::int64_t total = kernel - stride;
  if (total % 2 != 0) {
    call.fail("layer_same_uneven", at, {{"kernel", kernel}, {"stride", stride}});
  }
  return {total / 2, 0};
}

}  // namespace

void set_transposed_padding(conv::LayerSpec& spec, bool same, const CallArguments& call,
                            std::size_t padding_at) {
  const auto small = [](std::int64_t value) { return std::clamp<std::int64_t>(value, 1, kMost); };
  const auto reach = [&](std::int64_t kernel, std::int64_t dilation) {
    return small(dilation) * (small(kernel) - 1) + 1;
  };
  const Cut rows = cut_of(reach(spec.kernel_size.h, spec.dilation.h), small(spec.stride.h), same,
                          call, padding_at);
  const Cut columns = cut_of(reach(spec.kernel_size.w, spec.dilation.w), small(spec.stride.w), same,
                             call, padding_at);
  spec.padding = conv::PaddingRule::kExplicit;
  spec.pads = {rows.padding, rows.padding, columns.padding, columns.padding};
  spec.output_padding = {rows.output_padding, columns.output_padding};
}

}  // namespace convscope::imports
