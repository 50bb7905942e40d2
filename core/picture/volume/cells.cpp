#include <algorithm>
#include <cmath>

#include "core/picture/kit/tensor_colors.h"
#include "core/picture/volume/context.h"

namespace convscope::picture::volume {

namespace {

constexpr std::int64_t kMostPatches = 3000;  // of one block
constexpr float kSmallestPatch = 2.5F;       // pixels at scale 1
constexpr std::int64_t kSamples = 4;         // of a patch each way: its mean needs no more

// The cells that a patch stands for, as channels of a tensor.
struct Cells {
  std::int64_t c0, c1, y0, y1, x0, x1;
};

// Visits the cells, or enough of them spread evenly.
template <typename Visit>
void sample(const Cells& cells, const Visit& visit) {
  const std::int64_t dy = std::max<std::int64_t>(1, (cells.y1 - cells.y0) / kSamples);
  const std::int64_t dx = std::max<std::int64_t>(1, (cells.x1 - cells.x0) / kSamples);
  for (std::int64_t c = cells.c0; c < cells.c1; ++c) {
    for (std::int64_t y = cells.y0; y < cells.y1; y += dy) {
      for (std::int64_t x = cells.x0; x < cells.x1; x += dx) {
        visit(c, y, x);
      }
    }
  }
}

// What stands for the cells: their mean; of signed values the root mean square with the heavier
// side's sign, as in the flat view, or the two sides of every edge would cancel.
float value_of(const Tensor& tensor, std::int64_t n, const Cells& cells, bool is_signed) {
  double sum = 0;
  double squares = 0;
  std::int64_t count = 0;
  sample(cells, [&](std::int64_t c, std::int64_t y, std::int64_t x) {
    const auto value = static_cast<double>(tensor.at({n, c, y, x}));
    sum += is_signed ? value * std::abs(value) : value;
    squares += value * value;
    ++count;
  });
  const auto cells_read = static_cast<double>(count);
  if (count == 1 || !is_signed) {
    return count == 1 ? tensor.at({n, cells.c0, cells.y0, cells.x0})
                      : static_cast<float>(sum / cells_read);
  }
  return static_cast<float>(std::copysign(std::sqrt(squares / cells_read), sum));
}

// Faces that look away from the light are a little darker.
Rgba shaded(Rgba color, Side side) {
  constexpr float kTop = 0.1F;
  constexpr float kSide = 0.2F;
  const bool flat = side == Side::kFront || side == Side::kBack;
  const bool level = side == Side::kTop || side == Side::kBottom;
  const Rgba black = {0, 0, 0, color.a};
  return flat ? color : mixed(color, black, level ? kTop : kSide);
}

// How one patch looks.
struct PatchLook {
  Rgba fill;
  Rgba edge;
  std::optional<session::Target> target;
};

void draw_patch(kit::Canvas& canvas, const FacePatch& patch, const PatchLook& look, bool coarse) {
  const Rgba fill = shaded(look.fill, patch.side);
  // Coarse patches overlap slightly, so that no seams show.
  canvas.add(Polygon{.points = {patch.corners.begin(), patch.corners.end()},
                     .fill = fill,
                     .stroke = coarse ? fill : look.edge,
                     .stroke_width = coarse ? canvas.scale : canvas.line_width(1),
                     .target = look.target});
}

Cells cells_of(const FacePatch& patch, bool piled_up, std::int64_t slabs) {
  return {.c0 = piled_up ? slabs - patch.z1 : patch.z0,
          .c1 = piled_up ? slabs - patch.z0 : patch.z1,
          .y0 = patch.y0,
          .y1 = patch.y1,
          .x0 = patch.x0,
          .x1 = patch.x1};
}

// A patch takes its centre cell.
Index middle_of(const Cells& cells, std::int64_t n) {
  return {n, (cells.c0 + cells.c1 - 1) / 2, (cells.y0 + cells.y1 - 1) / 2,
          (cells.x0 + cells.x1 - 1) / 2};
}

PatchSize size_of(const kit::Canvas& canvas, const Block& block) {
  return patch_size(block, kSmallestPatch * canvas.scale, kMostPatches);
}

// The ring of padding: the front cells of every slab would hide the block, so only those of the
// first slab are drawn, as glass, and the edges of the whole.
void draw_padding_ring(kit::Canvas& canvas, const Context& context) {
  const Block& block = context.layout.input;
  const Cuboid part = padded_part(context.scene, block);
  const Cuboid whole = block.whole();
  if (part.y0 == whole.y0 && part.y1 == whole.y1 && part.x0 == whole.x0 && part.x1 == whole.x1) {
    return;
  }
  const Palette& palette = canvas.palette;
  for (const Edge& edge : edges_of(block, part)) {
    if (!edge.hidden) {
      canvas.line(edge.from, edge.to, palette.padding_hatch, canvas.line_width(1),
                  4 * canvas.scale);
    }
  }
  if (block.unit < 5 * canvas.scale || !is_visible(block.projection, Side::kFront)) {
    return;
  }
  for (double y = part.y0; y < part.y1; ++y) {
    for (double x = part.x0; x < part.x1; ++x) {
      if (y >= 0 && y < whole.y1 && x >= 0 && x < whole.x1) {
        x = whole.x1 - 1;  // on to the right-hand ring
        continue;
      }
      const Index at = {context.scene.step().output_at.n, 0, static_cast<std::int64_t>(y),
                        static_cast<std::int64_t>(x)};
      canvas.add(Polygon{.points = {block.at(0, y, x), block.at(0, y, x + 1),
                                    block.at(0, y + 1, x + 1), block.at(0, y + 1, x)},
                         .stroke = faded(palette.padding_hatch, 0.8F),
                         .stroke_width = canvas.line_width(0.8F),
                         .target = step::input_target(context.scene, at)});
    }
  }
}

// Inserted zeros look empty.
bool is_inserted(const step::WindowScene& scene, const Cells& cells) {
  const conv::Size2& stretch = scene.layer.equivalent.stretch;
  return cells.y1 - cells.y0 == 1 && cells.x1 - cells.x0 == 1 &&
         (cells.y0 % stretch.h != 0 || cells.x0 % stretch.w != 0);
}

}  // namespace

void draw_input_block(kit::Canvas& canvas, const Context& context) {
  const step::WindowScene& scene = context.scene;
  const Block& block = context.layout.input;
  const Tensor& input = scene.input();
  const std::int64_t n = scene.step().output_at.n;
  const PatchSize size = size_of(canvas, block);
  const bool coarse = size.yx > 1 || block.unit < 5 * canvas.scale;
  const bool picture = scene.is_rgb() && !has_numbers(canvas, block);
  const auto color = [&](const Cells& cells) {
    const ColorScale scale = kit::slice_scale(scene.look, scene.layer, cells.c0, canvas.palette);
    return color_of(scale, value_of(input, n, cells, scale.kind == ColorScale::Kind::kDiverging));
  };
  each_patch(block, 0, block.slabs, size, [&](const FacePatch& patch) {
    const Cells cells = cells_of(patch, false, block.slabs);
    PatchLook look{color(cells), canvas.palette.cell_line,
                   step::input_target(scene, middle_of(cells, n))};
    if (picture && patch.side == Side::kFront) {
      std::array<float, 3> rgb{};
      for (std::int64_t c = 0; c < 3; ++c) {
        rgb[static_cast<std::size_t>(c)] =
            value_of(input, n, {c, c + 1, cells.y0, cells.y1, cells.x0, cells.x1}, false);
      }
      look.fill = color_of_rgb(rgb[0], rgb[1], rgb[2]);
    }
    if (is_inserted(scene, cells)) {
      look.fill = canvas.palette.empty_cell;
    }
    draw_patch(canvas, patch, look, coarse);
  });
  draw_padding_ring(canvas, context);
}

void draw_filter_blocks(kit::Canvas& canvas, const Context& context) {
  const step::WindowScene& scene = context.scene;
  const ColorScale scale = kit::diverging_scale(scene.layer.weight_range, canvas.palette);
  for (std::size_t i = 0; i < context.layout.filters.size(); ++i) {
    const Block& block = context.layout.filters[i];
    const std::int64_t k = context.layout.first_filter + static_cast<std::int64_t>(i);
    const float opacity = k == scene.step().output_at.c ? 1.0F : kInactiveFilter;
    const auto color = [&](const Cells& cells) {
      return mixed(canvas.palette.background,
                   color_of(scale, value_of(scene.weight(), k, cells, true)), opacity);
    };
    const PatchSize size = size_of(canvas, block);
    each_patch(block, 0, block.slabs, size, [&](const FacePatch& patch) {
      const Cells cells = cells_of(patch, false, block.slabs);
      draw_patch(
          canvas, patch,
          {color(cells), canvas.palette.cell_line, step::weight_target(scene, middle_of(cells, k))},
          size.yx > 1);
    });
  }
}

void draw_output_block(kit::Canvas& canvas, const Context& context) {
  const step::WindowScene& scene = context.scene;
  const Block& block = context.layout.output;
  const Index& now = scene.step().output_at;
  const Tensor& map = scene.layer.output;
  const Shape& shape = scene.layer.output_shape;
  const PatchSize size = size_of(canvas, block);
  const bool coarse = size.yx > 1 || block.unit < 5 * canvas.scale;
  const ColorScale scale = kit::output_scale(scene.layer, canvas.palette);
  // How bright a value stands: what was computed before a click took the moment back is dimmed.
  const auto share_of = [&](const Index& at) {
    constexpr float kKept = 0.45F;
    const std::int64_t position = conv::position_of(shape, at);
    const bool revealed = scene.map_at_once() || position < scene.moment.revealed;
    return map.empty() ? 0 : revealed ? 1 : position < scene.moment.kept ? kKept : 0;
  };
  const std::int64_t front = slab_of(block, now.c);
  // The maps that are still to come: only their outline.
  for (const Edge& edge : edges_of(block, block.whole())) {
    if (!edge.hidden) {
      canvas.line(edge.from, edge.to, faded(canvas.palette.output.line, 0.7F), canvas.line_width(1),
                  4 * canvas.scale);
    }
  }
  each_patch(block, front, block.slabs, size, [&](const FacePatch& patch) {
    const Cells cells = cells_of(patch, true, block.slabs);
    const Index last = {now.n, cells.c1 - 1, cells.y1 - 1, cells.x1 - 1};
    PatchLook look{canvas.palette.empty_cell, canvas.palette.cell_line,
                   session::Target{session::TensorRole::kOutput, middle_of(cells, now.n)}};
    if (const float share = share_of(last); share > 0) {
      look.fill = mixed(canvas.palette.empty_cell,
                        color_of(scale, value_of(map, now.n, cells, true)), share);
    }
    draw_patch(canvas, patch, look, coarse);
  });
}

}  // namespace convscope::picture::volume
