#include <algorithm>
#include <string>

#include "core/picture/kit/number_text.h"
#include "core/picture/kit/tensor_colors.h"
#include "core/picture/volume/context.h"

namespace convscope::picture::volume {

namespace {

constexpr float kNumbersFrom = 21;  // pixels of a cell at scale 1
constexpr float kSmallestNumber = 9;
constexpr float kFlattest = 0.6F;  // of a front face with numbers: its shortening

// The front of a slab: a plane of a tensor, and the colours that its numbers stand on.
struct Front {
  const Block& block;
  std::int64_t slab = 0;
  const Tensor& tensor;
  std::int64_t n = 0;
  std::int64_t c = 0;
  std::int64_t revealed = 0;  // only the first so many
  ColorScale scale;
  float opacity = 1;
};

// Upright, all of one size and one style.
void draw_numbers(kit::Canvas& canvas, const Front& front) {
  const Block& block = front.block;
  if (!has_numbers(canvas, block) || front.tensor.empty()) {
    return;
  }
  constexpr int kLongest = 5;
  const Shape& shape = front.tensor.shape();
  const auto each = [&](const auto& visit) {
    for (std::int64_t i = 0; i < std::min(front.revealed, shape.h * shape.w); ++i) {
      const Index at = {front.n, front.c, i / shape.w, i % shape.w};
      visit(at, front.tensor.at(at));
    }
  };
  kit::NumberStyle style{kLongest, -1};
  each([&](const Index&, float value) {
    if (!kit::is_exact_text(static_cast<double>(value), kLongest)) {
      style.decimals = 2;
    }
  });
  float widest = 0.5F;
  each([&](const Index&, float value) {
    const std::string text = kit::number_text(static_cast<double>(value), style);
    widest = std::max(widest, canvas.metrics.width(text, Font::kSans, 1));
  });
  const float size = std::min(block.unit * block.projection.y.y * 0.42F,
                              block.unit * block.projection.x.x * 0.8F / widest);
  if (size < kSmallestNumber * canvas.scale) {
    return;
  }
  each([&](const Index& at, float value) {
    const Point middle = block.at(static_cast<double>(front.slab), static_cast<double>(at.y) + 0.5,
                                  static_cast<double>(at.x) + 0.5);
    const Rgba ground =
        mixed(canvas.palette.background, color_of(front.scale, value), front.opacity);
    canvas.centered_text({middle.x, middle.y, 0, 0},
                         kit::number_text(static_cast<double>(value), style), Font::kSans, size,
                         faded(ink_on(ground), std::max(front.opacity, 0.6F)));
  });
}

}  // namespace

bool has_numbers(const kit::Canvas& canvas, const Block& block) {
  const Projection& p = block.projection;
  return is_visible(p, Side::kFront) && block.unit >= kNumbersFrom * canvas.scale &&
         p.x.x >= kFlattest && p.y.y >= kFlattest;
}

void draw_front_numbers(kit::Canvas& canvas, const Context& context) {
  const step::WindowScene& scene = context.scene;
  const Layout& layout = context.layout;
  const Index& now = scene.step().output_at;
  const auto cells = [](const Tensor& tensor) { return tensor.shape().h * tensor.shape().w; };
  draw_numbers(canvas, {.block = layout.input,
                        .slab = 0,
                        .tensor = scene.input(),
                        .n = now.n,
                        .c = 0,
                        .revealed = cells(scene.input()),
                        .scale = kit::slice_scale(scene.look, scene.layer, 0, canvas.palette)});
  for (std::size_t i = 0; i < layout.filters.size(); ++i) {
    const std::int64_t k = layout.first_filter + static_cast<std::int64_t>(i);
    draw_numbers(canvas, {.block = layout.filters[i],
                          .slab = 0,
                          .tensor = scene.weight(),
                          .n = k,
                          .c = 0,
                          .revealed = cells(scene.weight()),
                          .scale = kit::diverging_scale(scene.layer.weight_range, canvas.palette),
                          .opacity = k == now.c ? 1.0F : kInactiveFilter});
  }
  const std::int64_t before = conv::position_of(scene.layer.output_shape, {now.n, now.c, 0, 0});
  draw_numbers(canvas, {.block = layout.output,
                        .slab = slab_of(layout.output, now.c),
                        .tensor = scene.layer.output,
                        .n = now.n,
                        .c = now.c,
                        .revealed = std::max<std::int64_t>(scene.moment.revealed - before, 0),
                        .scale = kit::output_scale(scene.layer, canvas.palette)});
}

}  // namespace convscope::picture::volume
