#include "core/picture/coverage/layout.h"

#include <algorithm>
#include <cmath>

#include "core/conv/operators/operator.h"
#include "core/picture/kit/bands.h"
#include "core/picture/kit/camera.h"
#include "core/picture/kit/fit.h"

namespace convscope::picture::coverage {

namespace {

constexpr float kMaxCell = 76;  // at scale 1
constexpr float kLegible = 22;  // a small map beside a large one grows to this, if there is room
constexpr float kGap = 96;

// What padding cuts off around the output of a transposed convolution.
conv::Pads cut_of(const derive::LayerResult& layer) {
  const conv::Pads& pads = layer.pads;
  const conv::Size2& more = layer.spec.output_padding;  // takes back what is cut at the end
  return {pads.top, std::max<std::int64_t>(pads.bottom - more.h, 0), pads.left,
          std::max<std::int64_t>(pads.right - more.w, 0)};
}

// Both planes with their captions. `input_cell` is the input's, where it is not to be found.
kit::Table table_of(const derive::LayerResult& layer, const CoverageContent& content,
                    const Layout& out, bool stacked, float gap, float input_cell = 0) {
  // Captions may reach beyond their planes on both sides, into the space between them too.
  const float reach = stacked ? 0 : gap - out.caption_size;
  const float widest = stacked ? out.main.w : (out.main.w - out.caption_size) / 2;
  kit::Table table(gap, gap / 2);
  const auto add = [&](std::size_t index, const kit::PlaneSize& size, float caption, bool fixed) {
    kit::Item item{.row = stacked ? index : 0, .column = stacked ? 0 : index};
    item.above = out.caption_height;
    const auto length = [&](float cells) {
      return fixed ? kit::Length{.fixed = cells * input_cell} : kit::Length{.per_cell = cells};
    };
    item.w = length(size.columns());
    item.h = length(size.rows());
    table.add(item);
    item.w = {.fixed = std::max(std::min(caption, widest) - reach, 0.0F)};
    item.h = {};
    table.add(item);
  };
  const Shape& in = layer.input.shape();
  const Shape& map = layer.output_shape;
  add(0, {in.h, in.w, out.input.ring}, content.input_caption, input_cell > 0);
  add(1, {map.h, map.w, out.output.ring}, content.output_caption, false);
  return table;
}

// A plane whose caption has the room from `left` to `right`.
CoveragePlace placed(const Rect& place, const Shape& shape, const conv::Pads& ring, float cell,
                     float left, float right) {
  return {.plane = kit::plane_at(std::floor(place.x), std::floor(place.y), {shape.h, shape.w, ring},
                                 cell),
          .ring = ring,
          .slot = {left, place.y, right - left, place.h}};
}

void lay_planes(const derive::LayerResult& layer, const CoverageContent& content, float scale,
                Layout& out) {
  const Rect& main = out.main;
  const float gap = kGap * scale;
  const auto largest = [&](bool stacked, float most, float input_cell = 0) {
    return table_of(layer, content, out, stacked, gap, input_cell)
        .largest_cell(main.w, main.h, most * scale);
  };
  const float beside = largest(false, kMaxCell);
  const float stacked = largest(true, kMaxCell);
  out.stacked = stacked > beside * 1.15F;
  const float cell = kit::whole_pixels(std::max(out.stacked ? stacked : beside, 0.01F));
  // The map of a wide stride is small beside its input: its cells need not be.
  const float legible = kit::whole_pixels(largest(out.stacked, kLegible, cell));
  const float map_cell = std::max(cell, legible);
  const std::vector<Rect> places =
      table_of(layer, content, out, out.stacked, gap, cell).places(map_cell, main);
  // A caption may leave its column, but never meets the other: an em stays between them.
  const float middle = std::max(places[0].right(), places[1].right()) + gap / 2;
  const float half = out.caption_size / 2;
  out.input = placed(places[0], layer.input.shape(), out.input.ring, cell, main.x,
                     out.stacked ? main.right() : middle - half);
  out.output = placed(places[2], layer.output_shape, out.output.ring, map_cell,
                      out.stacked ? main.x : middle + half, main.right());
}

}  // namespace

float caption_size(const Viewport& viewport, float text_scale) {
  return 14.5F * viewport.scale * text_scale;
}

Layout lay_out(const derive::LayerResult& layer, const CoverageContent& content,
               const session::Camera& camera, const Viewport& viewport) {
  const float s = viewport.scale;
  const float t = s * content.text_scale;
  Layout out;
  out.caption_size = caption_size(viewport, content.text_scale);
  out.caption_height = std::floor(48 * t);
  const bool transposed = conv::operator_of(layer.spec.op).transposed();
  (transposed ? out.output.ring : out.input.ring) = transposed ? cut_of(layer) : layer.pads;
  const float legend = std::floor(34 * t);
  const float words = std::floor(2 * 24 * t);
  const float between = std::floor(6 * s);
  const kit::Bands bands = kit::bands_of(viewport, content.header, legend + between + words);
  const Rect& foot = bands.foot;
  out.header = bands.header;
  out.main = bands.main;
  out.view = bands.view;
  out.legend = {foot.x, foot.y, foot.w, legend};
  out.words = {foot.x, foot.bottom() - words, foot.w, words};
  lay_planes(layer, content, s, out);
  const kit::CameraView view(camera, out.main);
  for (CoveragePlace* place : {&out.input, &out.output}) {
    view.move(place->plane);
    view.move(place->slot);
  }
  return out;
}

}  // namespace convscope::picture::coverage
