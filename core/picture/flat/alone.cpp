#include "core/picture/flat/alone.h"

#include <algorithm>
#include <cstdint>

#include "core/picture/flat/context.h"
#include "core/picture/flat/plan.h"
#include "core/picture/flat/subject.h"
#include "core/picture/kit/plane_rows.h"

namespace convscope::picture::flat {

namespace {

std::int64_t channels_of(const derive::LayerResult& layer) {
  return layer.input.shape().c / layer.spec.groups;
}

// How a tensor is arranged, and whether its channels are one picture.
struct Arrangement {
  kit::PlaneRows planes;
  bool merged_rgb = false;
  bool pixels = false;
};

Arrangement arrangement_of(const session::Session& session, const derive::LayerResult& own,
                           const derive::LayerResult& layer, session::TensorRole tensor,
                           const Viewport& viewport) {
  kit::PlaneSize size;
  std::int64_t count = 1;
  const Shape& input = layer.input.shape();
  if (tensor == session::TensorRole::kInput) {
    size = {input.h, input.w, layer.pads};
    count = channels_of(layer);
  } else if (tensor == session::TensorRole::kWeight) {
    size = {layer.spec.kernel_size.h, layer.spec.kernel_size.w};
    count = channels_of(layer);
  } else {
    size = {layer.output_shape.h, layer.output_shape.w};
  }
  const float least = measures_of(viewport, 1).min_cell;
  Arrangement arrangement{.planes = kit::plane_rows(size, count, viewport)};
  arrangement.pixels = arrangement.planes.cell < least;
  if (tensor == session::TensorRole::kInput && arrangement.pixels && input.c == 3 &&
      look_of(session, own) == lesson::InputColors::kRgb) {
    arrangement.merged_rgb = true;
    arrangement.planes = kit::plane_rows(size, 1, viewport);
  }
  return arrangement;
}

Layout layout_of(const Arrangement& arrangement, const derive::LayerResult& layer,
                 const step::Moment& moment, session::TensorRole tensor, const Viewport& viewport) {
  const kit::PlaneRows& planes = arrangement.planes;
  Layout out;
  out.main = {0, 0, viewport.width, viewport.height};
  out.view = out.main;
  out.pixels = arrangement.pixels;
  out.merged_rgb = arrangement.merged_rgb;
  out.caption_size = 14.5F * viewport.scale;
  if (tensor == session::TensorRole::kOutput) {
    out.output = planes.at(0);
    return out;
  }
  const std::int64_t channels = channels_of(layer);
  const std::int64_t shown = std::min(channels, kit::kMostPlanes);
  out.first_channel = std::clamp<std::int64_t>(
      std::max<std::int64_t>(moment.active_channel, 0) - shown / 2, 0, channels - shown);
  std::vector<kit::Plane>& slices = tensor == session::TensorRole::kInput ? out.input : out.weight;
  for (std::int64_t i = 0; i < planes.count; ++i) {
    slices.push_back(planes.at(i));
  }
  return out;
}

}  // namespace

Viewport tensor_viewport(const session::Session& session, const derive::LayerResult& own,
                         session::TensorRole tensor, const Viewport& viewport) {
  return kit::fitted_to(arrangement_of(session, own, subject_of(own), tensor, viewport).planes,
                        viewport);
}

void compose_tensor(kit::Canvas& canvas, const session::Session& session,
                    const derive::LayerResult& own, const step::Moment& moment,
                    session::TensorRole tensor, const Viewport& viewport) {
  const derive::LayerResult layer = subject_of(own);
  const Arrangement arrangement = arrangement_of(session, own, layer, tensor, viewport);
  const Layout layout = layout_of(arrangement, layer, moment, tensor, viewport);
  const step::Highlight unlit;
  const Context context = context_of(canvas, session, own, layer, moment, unlit, layout);
  draw_cells(canvas, context);
  draw_numbers(canvas, context);
  draw_rgb_numbers(canvas, context);
  draw_window(canvas, context);
}

}  // namespace convscope::picture::flat
