#include <algorithm>
#include <cmath>

#include "core/picture/flat/plan.h"

namespace convscope::picture::flat {

namespace {

// The largest cell for which h x w cells fit in a box. Pixels stay whole while they are enlarged.
float fit_cell(float h, float w, float box_h, float box_w) {
  const float cell = std::max(std::min(box_h / h, box_w / w), 1e-4F);
  return cell >= 2 ? std::floor(cell) : cell;
}

// The padded input as a picture, or a stack of slices, whose whole extent begins at (x, y).
void lay_picture(float x, float y, float cell, const Extents& e, const Measures& m, Layout& out) {
  const int planes = out.merged_rgb ? 1 : static_cast<int>(e.slices);
  out.stacked = planes > 1;
  for (int slice = 0; slice < planes; ++slice) {
    const float back = static_cast<float>(slice) * m.slice_gap;
    const float front = static_cast<float>(planes - 1 - slice) * m.slice_gap;
    out.input.push_back(input_plane(x + back, y + front, e, cell));
  }
}

// A patch and its filter, or a patch alone.
float kernels_side_by_side(const derive::LayerResult& layer) {
  return conv::has_weight(layer.spec.op) ? 2 : 1;
}
float gap_between(const derive::LayerResult& layer, const Measures& m) {
  return conv::has_weight(layer.spec.op) ? m.gap * 0.5F : 0;
}

// One slice's patch and filter from (x, y) on. Their sum stands behind them, or in a line below.
void lay_pair(const derive::LayerResult& layer, float x, float y, float cell, const Measures& m,
              Layout& out) {
  const conv::Size2& kernel = layer.spec.kernel_size;
  out.lens.push_back(kit::plane_at(x, y, {kernel.h, kernel.w}, cell));
  if (!conv::has_weight(layer.spec.op)) {
    return;
  }
  const float kernel_x = std::floor(out.lens.back().rect.right() + m.gap * 0.5F);
  out.weight.push_back(kit::plane_at(kernel_x, y, {kernel.h, kernel.w}, cell));
  const Rect& weight = out.weight.back().rect;
  if (out.columns) {
    out.partial.push_back({x, weight.bottom(), weight.right() - x, m.caption});
  } else {
    out.partial.push_back({weight.right(), y, m.partial, weight.h});
  }
}

// Sizes of a layout with pictures: of a cell in the input, in the map, and under the lens.
struct PixelCells {
  float input = 0;
  float output = 0;
  float lens = 0;
};

float stack_of(const Extents& e, const Measures& m, bool merged_rgb) {
  return merged_rgb ? 0 : (e.slices - 1) * m.slice_gap;
}

// The largest pictures in boxes of tall x side.
PixelCells fit_pictures(const derive::LayerResult& layer, const Extents& e, const Measures& m,
                        float stack, float tall, float side, float lens) {
  const float fitting = fit_cell(e.padded_h, e.padded_w, tall - stack, side - stack);
  const float input = m.max_picture_cell > 0 ? std::min(fitting, m.max_picture_cell) : fitting;
  const float output = fit_cell(e.out_h, e.out_w, tall - thumbnail_room(layer, m), side);
  return {.input = input, .output = std::min(output, input), .lens = lens};
}

// A lens's cells are whole pixels where they can be.
float whole(float cell) { return cell >= 2 ? std::floor(cell) : std::max(cell, 1e-3F); }

// How far the line of the bias reaches below the last of several filters.
float bias_below(const derive::LayerResult& layer, const Extents& e, const Measures& m,
                 float lens) {
  constexpr float kFromMiddle = 1.35F;  // lines of caption, from the middle of the last sum
  const bool told = layer.spec.bias && e.slices > 1 && conv::has_weight(layer.spec.op);
  return told ? std::max(0.0F, kFromMiddle * m.caption - e.kernel_h * lens / 2) : 0;
}

// The lens between the pictures.
PixelCells cells_beside(const derive::LayerResult& layer, const Extents& e, const Measures& m,
                        const Layout& out) {
  const Rect& main = out.main;
  const float row = main.h / e.slices - m.caption;
  const float kernels = kernels_side_by_side(layer) * e.kernel_w;
  const float share = main.w * 0.36F - gap_between(layer, m) - m.partial;
  float lens = whole(std::min({row / e.kernel_h, share / kernels, m.max_cell}));
  const auto tall = [&] {
    return e.slices * (e.kernel_h * lens + m.caption) + bias_below(layer, e, m, lens);
  };
  while (lens > 2 && tall() > main.h) {
    lens -= 1;
  }
  const float middle = kernels * lens + gap_between(layer, m) + m.partial;
  return fit_pictures(layer, e, m, stack_of(e, m, out.merged_rgb), main.h - m.caption,
                      (main.w - middle - 2 * m.gap) / 2, lens);
}

void lay_lens_beside(const derive::LayerResult& layer, const Extents& e, const Measures& m,
                     const PixelCells& cells, Layout& out) {
  const Rect& main = out.main;
  const float stack = stack_of(e, m, out.merged_rgb);
  const float middle =
      kernels_side_by_side(layer) * e.kernel_w * cells.lens + gap_between(layer, m) + m.partial;
  const float width =
      e.padded_w * cells.input + stack + middle + e.out_w * cells.output + 2 * m.gap;
  const float left = std::floor(main.x + (main.w - width) / 2);
  const auto centred = [&](float height) {
    return std::floor(main.y + m.caption + std::max(0.0F, (main.h - m.caption - height) / 2));
  };
  lay_picture(left, centred(e.padded_h * cells.input + stack), cells.input, e, m, out);
  const float lens_x = std::floor(left + e.padded_w * cells.input + stack + m.gap);
  const float row = e.kernel_h * cells.lens + m.caption;
  const float spare = main.h - e.slices * row;
  const float below = std::max(spare / 2, bias_below(layer, e, m, cells.lens));
  const float lens_top = std::floor(main.y + spare - below);
  for (int slice = 0; slice < static_cast<int>(e.slices); ++slice) {
    const float y = std::floor(lens_top + static_cast<float>(slice) * row + m.caption);
    lay_pair(layer, lens_x, y, cells.lens, m, out);
  }
  const float out_y = centred(e.out_h * cells.output + thumbnail_room(layer, m));
  out.output = kit::plane_at(std::floor(lens_x + middle + m.gap), out_y,
                             {layer.output_shape.h, layer.output_shape.w}, cells.output);
}

float pair_gap(const Measures& m) { return m.gap * 0.5F; }
float side_gap(const Measures& m) { return m.gap * 0.75F; }
float pair_width(const derive::LayerResult& layer, const Extents& e, const Measures& m,
                 float lens) {
  return kernels_side_by_side(layer) * e.kernel_w * lens + gap_between(layer, m);
}

constexpr float kLegibleLens = 1.5F;  // of the smallest cell with a number
constexpr float kLeastSide = 3;       // of a picture beside legible numbers, in such cells

// The largest lens with a line of words above it, and `below` pixels for words below.
float between_lens(const Extents& e, const Measures& m, const Layout& out, float below) {
  return whole(std::min((out.main.h - m.caption - below) / e.kernel_h, m.max_cell));
}

// Sums stand below their filters, unless that costs the numbers and the sum bar has them anyway.
bool sums_below(const Extents& e, const Measures& m, const Layout& out) {
  return out.bar.h <= 0 || between_lens(e, m, out, m.caption) >= kLegibleLens * m.min_cell;
}

// The lenses in a row between the pictures, for a low stage, without the small maps. They give way
// to pictures of cells as large as `least` while their own numbers stay legible.
PixelCells cells_between(const derive::LayerResult& layer, const Extents& e, const Measures& m,
                         const Layout& out, float least) {
  const Rect& main = out.main;
  const float stack = stack_of(e, m, out.merged_rgb);
  const float below = sums_below(e, m, out) ? m.caption : 0;
  PixelCells cells{.lens = between_lens(e, m, out, below)};
  const auto fit = [&] {
    const float row = e.slices * (pair_width(layer, e, m, cells.lens) + pair_gap(m)) - pair_gap(m);
    const float side = main.w - row - 2 * side_gap(m) - stack;
    const float input =
        std::min((main.h - m.caption - stack) / e.padded_h, side / (e.padded_w + e.out_w));
    cells.input = whole(m.max_picture_cell > 0 ? std::min(input, m.max_picture_cell) : input);
    cells.output = std::min(whole((main.h - m.caption) / e.out_h), cells.input);
  };
  fit();
  while (cells.lens > kLegibleLens * m.min_cell && cells.input < least) {
    cells.lens -= 1;
    fit();
  }
  return cells;
}

void lay_lens_between(const derive::LayerResult& layer, const Extents& e, const Measures& m,
                      const PixelCells& cells, Layout& out) {
  const Rect& main = out.main;
  const float stack = stack_of(e, m, out.merged_rgb);
  const float in_w = e.padded_w * cells.input + stack;
  const float pair = pair_width(layer, e, m, cells.lens);
  const float row = e.slices * (pair + pair_gap(m)) - pair_gap(m);
  const float width = in_w + row + 2 * side_gap(m) + e.out_w * cells.output;
  const float left = std::floor(main.x + (main.w - width) / 2);
  const bool below = sums_below(e, m, out);
  const auto centred = [&](float height) {
    return std::floor(main.y + m.caption + std::max(0.0F, (main.h - m.caption - height) / 2));
  };
  out.columns = true;
  out.between = true;
  lay_picture(left, centred(e.padded_h * cells.input + stack), cells.input, e, m, out);
  const float y = centred(e.kernel_h * cells.lens + (below ? m.caption : 0));
  for (int slice = 0; slice < static_cast<int>(e.slices); ++slice) {
    const float x = left + in_w + side_gap(m) + static_cast<float>(slice) * (pair + pair_gap(m));
    lay_pair(layer, std::floor(x), y, cells.lens, m, out);
  }
  if (!below) {
    out.partial.clear();
  }
  out.output = kit::plane_at(std::floor(left + in_w + row + 2 * side_gap(m)),
                             centred(e.out_h * cells.output),
                             {layer.output_shape.h, layer.output_shape.w}, cells.output);
}

// The lens in a row under the pictures.
PixelCells cells_below(const derive::LayerResult& layer, const Extents& e, const Measures& m,
                       const Layout& out) {
  const Rect& main = out.main;
  const float pair = (main.w - (e.slices - 1) * m.gap) / e.slices - gap_between(layer, m);
  const float kernels = kernels_side_by_side(layer) * e.kernel_w;
  const float lens = whole(std::min({main.h * 0.3F / e.kernel_h, pair / kernels, m.max_cell}));
  const float tall = main.h - 3 * m.caption - m.slice_gap - e.kernel_h * lens;
  return fit_pictures(layer, e, m, stack_of(e, m, out.merged_rgb), tall, (main.w - m.gap) / 2,
                      lens);
}

void lay_lens_below(const derive::LayerResult& layer, const Extents& e, const Measures& m,
                    const PixelCells& cells, Layout& out) {
  const Rect& main = out.main;
  const float stack = stack_of(e, m, out.merged_rgb);
  const float in_w = e.padded_w * cells.input + stack;
  const float out_w = e.out_w * cells.output;
  const float gap = std::min(m.gap * 2, main.w - in_w - out_w);
  const float pictures =
      std::max(e.padded_h * cells.input + stack, e.out_h * cells.output + thumbnail_room(layer, m));
  const float height = 3 * m.caption + m.slice_gap + pictures + e.kernel_h * cells.lens;
  const float top = std::floor(main.y + (main.h - height) / 2 + m.caption);
  const float left = std::floor(main.x + (main.w - in_w - gap - out_w) / 2);
  out.columns = true;
  lay_picture(left, top, cells.input, e, m, out);
  out.output = kit::plane_at(std::floor(left + in_w + gap), top,
                             {layer.output_shape.h, layer.output_shape.w}, cells.output);
  const float pair = kernels_side_by_side(layer) * e.kernel_w * cells.lens + gap_between(layer, m);
  const float row_w = e.slices * pair + (e.slices - 1) * m.gap;
  const float row_x = std::floor(main.x + (main.w - row_w) / 2);
  const float row_y = std::floor(top + pictures + m.slice_gap + m.caption);
  for (int slice = 0; slice < static_cast<int>(e.slices); ++slice) {
    const float x = std::floor(row_x + static_cast<float>(slice) * (pair + m.gap));
    lay_pair(layer, x, row_y, cells.lens, m, out);
  }
}

// An arrangement and its sizes.
struct Choice {
  PixelCells cells;
  void (*lay)(const derive::LayerResult& layer, const Extents& e, const Measures& m,
              const PixelCells& cells, Layout& out) = nullptr;
};

Choice choose(const derive::LayerResult& layer, const Extents& e, const Measures& m,
              const Layout& out) {
  const PixelCells beside = cells_beside(layer, e, m, out);
  const PixelCells below = cells_below(layer, e, m, out);
  const bool lens_below = below.input + below.output > beside.input + beside.output;
  const Choice usual = lens_below ? Choice{below, lay_lens_below} : Choice{beside, lay_lens_beside};
  if (usual.cells.lens >= m.min_cell) {
    return usual;
  }
  const PixelCells between = cells_between(layer, e, m, out, usual.cells.input);
  const float side = between.input * std::max(e.padded_h, e.padded_w);
  const bool better = between.lens >= m.min_cell && side >= kLeastSide * m.min_cell;
  return better ? Choice{between, lay_lens_between} : usual;
}

}  // namespace

bool lens_has_numbers(const derive::LayerResult& layer, const Extents& e, const Measures& m,
                      const Layout& out) {
  return choose(layer, e, m, out).cells.lens >= m.min_cell;
}

void lay_pixels(const derive::LayerResult& layer, const Extents& e, const Measures& m,
                Layout& out) {
  const Choice choice = choose(layer, e, m, out);
  choice.lay(layer, e, m, choice.cells, out);
}

}  // namespace convscope::picture::flat
