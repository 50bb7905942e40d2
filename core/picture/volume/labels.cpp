#include <algorithm>
#include <string>

#include "core/lesson/formula.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/volume/context.h"

namespace convscope::picture::volume {

namespace {

// A tensor's name and shape above its block, in its hue; a quieter line below it.
void draw_caption(kit::Canvas& canvas, const Context& context, const Rect& bounds,
                  const std::string& title, const std::string& detail, const Hue& hue) {
  const step::WindowScene& scene = context.scene;
  const float size = scene.caption_size;
  const float width = canvas.metrics.width(title, Font::kSansBold, size);
  const float x = std::clamp(bounds.center().x - width / 2, scene.main.x,
                             std::max(scene.main.x, scene.main.right() - width));
  canvas.text({x, std::max(bounds.y - size * 0.75F, scene.main.y + size)}, title, Font::kSansBold,
              size, hue.text);
  if (!detail.empty()) {
    const float y = std::min(bounds.bottom() + scene.label_size * 1.6F,
                             scene.main.bottom() - scene.label_size * 0.2F);
    canvas.text({bounds.center().x, y}, detail, Font::kSans, scene.label_size,
                canvas.palette.text_dim, Align::kCenter);
  }
}

// Which channel a slab is, at the left end of its upper edge.
void draw_slab_indices(kit::Canvas& canvas, const Context& context, const Block& block,
                       bool piled_up, const Hue& hue) {
  constexpr float kRoom = 13;  // pixels at scale 1 from slab to slab
  const float size = std::min(context.scene.label_size, 14 * canvas.scale);
  const Point step = block.projection.z;
  const float along = block.unit * block.thickness * std::abs(step.y);
  if (block.slabs < 2 || along < kRoom * canvas.scale || step.x < 0 || step.y > 0) {
    return;
  }
  for (std::int64_t slab = 0; slab < block.slabs; ++slab) {
    const Point edge = block.at(static_cast<double>(slab) + 0.5, 0, 0);
    const std::int64_t index = piled_up ? block.slabs - 1 - slab : slab;
    canvas.text({edge.x - size * 0.4F, edge.y + size * 0.2F}, std::to_string(index), Font::kSans,
                size, hue.text, Align::kRight);
  }
}

std::string weight_title(const kit::Canvas& canvas, const step::WindowScene& scene) {
  const std::string title =
      "weight " + lesson::shape_text(scene.layer.weight.shape(), scene.one_dimensional());
  return scene.layer.equivalent.flipped ? title + ", " + canvas.locale.text("stage.turned") : title;
}

std::string zero_inserted_text(const kit::Canvas& canvas, const step::WindowScene& scene) {
  const conv::Size2& stride = scene.layer.equivalent.stretch;
  if (stride == conv::Size2{1, 1}) {
    return {};
  }
  const Shape& shape = scene.input().shape();
  const std::string w = std::to_string(shape.w);
  const std::string by = std::to_string(stride.w);
  const bool line = scene.one_dimensional();
  return canvas.locale.text(
      "stage.stretched",
      {{"stride", line || stride.h == stride.w ? by : std::to_string(stride.h) + "\u00D7" + by},
       {"size", line ? w : std::to_string(shape.h) + "\u00D7" + w}});
}

// How the input's size was changed before the window slides over it.
std::string size_text(const kit::Canvas& canvas, const step::WindowScene& scene) {
  const conv::Pads pads = scene.pads();
  const Shape& shape = scene.input().shape();
  const std::string zero_inserted = zero_inserted_text(canvas, scene);
  if (pads.top + pads.bottom + pads.left + pads.right == 0) {
    return zero_inserted;
  }
  const lesson::TextValues sizes = {{"h", shape.h + pads.top + pads.bottom},
                                    {"w", shape.w + pads.left + pads.right}};
  const std::string padded =
      canvas.locale.text(scene.one_dimensional() ? "stage.padded_to_1d" : "stage.padded_to", sizes);
  return zero_inserted.empty() ? padded : zero_inserted + " " + padded;
}

// The map that is in front: "out[0, 2]"; empty when there is only one.
std::string map_text(const step::WindowScene& scene) {
  const Shape& shape = scene.layer.output_shape;
  const Index& at = scene.step().output_at;
  return shape.n * shape.c > 1 ? "out[" + std::to_string(at.n) + ", " + std::to_string(at.c) + "]"
                               : "";
}

// The value of a cell of the document; nothing for what has none (yet).
std::optional<double> value_at(const step::WindowScene& scene, const session::Target& target) {
  const auto of = [&](const Tensor& tensor) {
    return contains(tensor.shape(), target.at)
               ? std::optional(static_cast<double>(tensor.at(target.at)))
               : std::nullopt;
  };
  switch (target.tensor) {
    case session::TensorRole::kInput:
      return of(scene.layer.input);
    case session::TensorRole::kWeight:
      return of(scene.layer.weight);
    case session::TensorRole::kOutput:
      return contains(scene.layer.output_shape, target.at) &&
                     conv::position_of(scene.layer.output_shape, target.at) < scene.moment.revealed
                 ? of(scene.layer.output)
                 : std::nullopt;
    default:
      return std::nullopt;
  }
}

// Where a cell of the document stands; nothing when it is not on stage.
std::optional<Point> place_of(const Context& context, const session::Target& target) {
  const step::WindowScene& scene = context.scene;
  const auto front = [](const Block& block, std::int64_t slab, const Index& at) {
    return block.at(static_cast<double>(slab), static_cast<double>(at.y),
                    static_cast<double>(at.x) + 0.5);
  };
  if (target.tensor == session::TensorRole::kInput) {
    const Index at = conv::equivalent_input_at(scene.layer.spec, target.at);
    return front(context.layout.input, at.c, at);
  }
  if (target.tensor == session::TensorRole::kOutput) {
    return front(context.layout.output, slab_of(context.layout.output, target.at.c), target.at);
  }
  const Index at = conv::equivalent_weight_at(scene.layer.spec, target.at);
  const std::int64_t i = at.n - context.layout.first_filter;
  if (target.tensor != session::TensorRole::kWeight || i < 0 ||
      i >= static_cast<std::int64_t>(context.layout.filters.size())) {
    return std::nullopt;
  }
  return front(context.layout.filters[static_cast<std::size_t>(i)], at.c, at);
}

std::string index_text(const Index& at) {
  return "[" + std::to_string(at.n) + ", " + std::to_string(at.c) + ", " + std::to_string(at.y) +
         ", " + std::to_string(at.x) + "]";
}

}  // namespace

void draw_volume_captions(kit::Canvas& canvas, const Context& context) {
  const step::WindowScene& scene = context.scene;
  const bool line = scene.one_dimensional();
  const Layout& layout = context.layout;
  const Palette& palette = canvas.palette;
  draw_caption(canvas, context, bounds_of(layout.input, padded_part(scene, layout.input)),
               scene.input_name() + " " + lesson::shape_text(scene.layer.input.shape(), line),
               size_text(canvas, scene), palette.input);
  draw_slab_indices(canvas, context, layout.input, false, palette.input);
  if (!layout.filters.empty()) {
    const Block& first = layout.filters.front();
    const Block& last = layout.filters.back();
    Rect bounds = bounds_of(first, first.whole());
    bounds.h = bounds_of(last, last.whole()).bottom() - bounds.y;
    const auto shown = static_cast<std::int64_t>(layout.filters.size());
    const std::int64_t total = scene.weight().shape().n;
    draw_caption(canvas, context, bounds, weight_title(canvas, scene),
                 shown < total ? canvas.locale.text("stage.filters_shown",
                                                    {{"shown", shown}, {"total", total}})
                               : "",
                 palette.weight);
  }
  draw_caption(canvas, context, bounds_of(layout.output, layout.output.whole()),
               "out " + lesson::shape_text(scene.layer.output_shape, line),
               scene.layer.output.empty() ? canvas.locale.text("stage.computing") : map_text(scene),
               palette.output);
  draw_slab_indices(canvas, context, layout.output, true, palette.output);
}

void draw_hovered_value(kit::Canvas& canvas, const Context& context) {
  const step::WindowScene& scene = context.scene;
  if (!scene.session.transient.hover) {
    return;
  }
  const session::Target& target = *scene.session.transient.hover;
  const std::optional<double> value = value_at(scene, target);
  const std::optional<Point> place = place_of(context, target);
  if (!value || !place) {
    return;
  }
  const std::string name = target.tensor == session::TensorRole::kInput    ? scene.input_name()
                           : target.tensor == session::TensorRole::kWeight ? "weight"
                                                                           : "out";
  const std::string text = name + index_text(target.at) + " = " + kit::number_text(*value, 8);
  const float size = scene.label_size;
  const float width = canvas.metrics.width(text, Font::kMono, size) + size;
  const Rect chip = {std::clamp(place->x - width / 2, scene.main.x,
                                std::max(scene.main.x, scene.main.right() - width)),
                     std::max(place->y - size * 2.3F, scene.main.y), width, size * 1.7F};
  canvas.add(Box{.rect = chip,
                 .fill = canvas.palette.raised,
                 .stroke = canvas.palette.border,
                 .stroke_width = canvas.line_width(1),
                 .radius = 4 * canvas.scale});
  canvas.centered_text(chip, text, Font::kMono, size, canvas.palette.text);
}

}  // namespace convscope::picture::volume
