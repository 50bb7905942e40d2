// A picture and its map in one place: the map over the right part of the input.
#include <algorithm>

#include "core/picture/flat/context.h"
#include "core/picture/kit/tensor_colors.h"

namespace convscope::picture::flat {

namespace {

// Where the map lies on the input: each of its cells around the middle of its window.
Rect map_on_input(const Context& context, const kit::Plane& plane) {
  const conv::LayerSpec& spec = context.layer.spec;
  const conv::Size2 reach = conv::dilated_kernel(spec);
  const auto first = [](std::int64_t pad, std::int64_t window, std::int64_t stride) {
    return static_cast<float>(window - stride) / 2 - static_cast<float>(pad);
  };
  return plane.cells(first(context.layer.pads.top, reach.h, spec.stride.h),
                     first(context.layer.pads.left, reach.w, spec.stride.w),
                     context.layer.output_shape.h * spec.stride.h,
                     context.layer.output_shape.w * spec.stride.w);
}

}  // namespace

bool can_split(const Context& context) {
  return context.layout.pixels && !context.operation().transposed() &&
         !context.operation().unfolds && !context.layer.output.empty();
}

void draw_split(kit::Canvas& canvas, const Context& context) {
  if (!can_split(context)) {
    return;
  }
  const kit::Plane& plane = context.layout.input.front();
  canvas.picture.split_area = plane.rect;
  if (!context.session.look.split) {
    return;
  }
  const float at = static_cast<float>(*context.session.look.split) * plane.rect.w;
  const Rect right = {plane.rect.x + at, plane.rect.y, plane.rect.w - at, plane.rect.h};
  const Rect map = map_on_input(context, plane);
  const Rect visible = kit::intersection(kit::intersection(right, map), context.layout.view);
  if (visible.w <= 0 || visible.h <= 0) {
    return;
  }
  canvas.add(TensorGrid{.rect = map,
                        .visible = visible,
                        .tensor = context.layer.output,
                        .n = context.batch(),
                        .c = context.filter(),
                        .scale = kit::output_scale(context.layer, canvas.palette),
                        .role = session::TensorRole::kOutput});
}

}  // namespace convscope::picture::flat
