#include "core/picture/flat/alone.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/picture/flat/context.h"
#include "core/picture/flat/plan.h"
#include "core/picture/flat/subject.h"
#include "core/picture/kit/tensor_colors.h"

namespace convscope::picture::flat {

namespace {

// Lengths at scale 1.
constexpr float kMargin = 14;
constexpr float kBetween = 20;

constexpr std::int64_t kMostPlanes = 64;  // more could not be told apart

// Equal planes in rows.
struct Planes {
  kit::PlaneSize size = {};  // of one, in cells
  std::int64_t count = 1;
  std::int64_t columns = 1;
  float cell = 0;  // pixels
  float margin = 0;
  float between = 0;

  std::int64_t rows() const { return (count + columns - 1) / columns; }
  float along(float cells, std::int64_t planes) const {
    return cells * cell * static_cast<float>(planes) + between * static_cast<float>(planes - 1) +
           2 * margin;
  }
  float width() const { return std::ceil(along(size.columns(), columns)); }
  float height() const { return std::ceil(along(size.rows(), rows())); }
  kit::Plane at(std::int64_t i) const {
    const auto x = static_cast<float>(i % columns);
    const auto y = static_cast<float>(i / columns);
    return kit::plane_at(margin + x * (size.columns() * cell + between),
                         margin + y * (size.rows() * cell + between), size, cell);
  }
};

// The arrangement with the largest cells.
Planes arranged(Planes planes, const Viewport& viewport) {
  Planes best = planes;
  for (planes.columns = 1; planes.columns <= planes.count; ++planes.columns) {
    const auto fit = [&](float room, float cells, std::int64_t count) {
      return (room - planes.along(0, count)) / (cells * static_cast<float>(count));
    };
    const float cell = std::min(fit(viewport.width, planes.size.columns(), planes.columns),
                                fit(viewport.height, planes.size.rows(), planes.rows()));
    // Smaller ones lose too much by that.
    planes.cell = std::max(cell >= 2 ? std::floor(cell) : cell, 1e-4F);
    if (planes.columns == 1 || planes.cell >= best.cell) {
      best = planes;
    }
  }
  return best;
}

lesson::InputColors look_of(const session::Session& session, const derive::LayerResult& own) {
  return session.look.layer == 0 ? kit::input_look(session::scene_of(session), own)
                                 : lesson::InputColors::kSigned;
}

std::int64_t channels_of(const derive::LayerResult& layer) {
  return layer.input.shape().c / layer.spec.groups;
}

// How a tensor is arranged, and whether its channels are one picture.
struct Arrangement {
  Planes planes;
  bool merged_rgb = false;
  bool pixels = false;
};

Arrangement arrangement_of(const session::Session& session, const derive::LayerResult& own,
                           const derive::LayerResult& layer, session::TensorRole tensor,
                           const Viewport& viewport) {
  Planes planes{.margin = std::round(kMargin * viewport.scale),
                .between = std::round(kBetween * viewport.scale)};
  const Shape& input = layer.input.shape();
  if (tensor == session::TensorRole::kInput) {
    planes.size = {input.h, input.w, layer.pads};
    planes.count = std::min(channels_of(layer), kMostPlanes);
  } else if (tensor == session::TensorRole::kWeight) {
    planes.size = {layer.spec.kernel_size.h, layer.spec.kernel_size.w};
    planes.count = std::min(channels_of(layer), kMostPlanes);
  } else {
    planes.size = {layer.output_shape.h, layer.output_shape.w};
  }
  const float least = measures_of(viewport, 1).min_cell;
  Arrangement arrangement{.planes = arranged(planes, viewport)};
  arrangement.pixels = arrangement.planes.cell < least;
  if (tensor == session::TensorRole::kInput && arrangement.pixels && input.c == 3 &&
      look_of(session, own) == lesson::InputColors::kRgb) {
    planes.count = 1;
    arrangement.merged_rgb = true;
    arrangement.planes = arranged(planes, viewport);
  }
  return arrangement;
}

Layout layout_of(const Arrangement& arrangement, const derive::LayerResult& layer,
                 const step::Moment& moment, session::TensorRole tensor, const Viewport& viewport) {
  const Planes& planes = arrangement.planes;
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
  const std::int64_t shown = std::min(channels, kMostPlanes);
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
  const Arrangement arrangement = arrangement_of(session, own, subject_of(own), tensor, viewport);
  Viewport fitted = viewport;
  fitted.width = std::min(arrangement.planes.width(), viewport.width);
  fitted.height = std::min(arrangement.planes.height(), viewport.height);
  return fitted;
}

void compose_tensor(kit::Canvas& canvas, const session::Session& session,
                    const derive::LayerResult& own, const step::Moment& moment,
                    session::TensorRole tensor, const Viewport& viewport) {
  const derive::LayerResult layer = subject_of(own);
  const Arrangement arrangement = arrangement_of(session, own, layer, tensor, viewport);
  const Layout layout = layout_of(arrangement, layer, moment, tensor, viewport);
  const step::Highlight unlit;
  const std::int64_t map_cells = layer.output_shape.h * layer.output_shape.w;
  Context context{.session = session,
                  .own = own,
                  .layer = layer,
                  .moment = moment,
                  .lit = unlit,
                  .layout = layout,
                  .taps = window_taps(own, moment.step),
                  .look = look_of(session, own),
                  .whole_map = layout.pixels && map_cells > kit::kMostCells};
  context.numbers = fit_numbers(canvas, context);
  context.numbers.chip = fit_chips(canvas, context);
  draw_cells(canvas, context);
  draw_numbers(canvas, context);
  draw_rgb_numbers(canvas, context);
  draw_window(canvas, context);
}

}  // namespace convscope::picture::flat
