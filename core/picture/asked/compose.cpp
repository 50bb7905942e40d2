#include "core/picture/asked/compose.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/conv/operators/operator.h"
#include "core/lesson/formula.h"
#include "core/picture/flat/layout.h"
#include "core/picture/kit/bands.h"
#include "core/picture/kit/cell_plane.h"
#include "core/picture/kit/header.h"
#include "core/picture/kit/marks.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/tensor_colors.h"
#include "core/picture/kit/veil.h"
#include "core/picture/sum/sum_lines.h"
#include "core/quiz/templates/templates.h"

namespace convscope::picture::asked {
namespace {

struct Context {
  const session::Session& session;
  const quiz::Question& question;
  const quiz::Template& asked;
  const derive::LayerResult& layer;
  lesson::InputColors look;
  flat::Layout layout;

  const quiz::Veil& veil() const { return asked.veil; }
  bool transposed() const { return conv::operator_of(layer.spec.op).transposed(); }
  std::int64_t filter() const { return question.spot.filter; }
  std::int64_t channel(std::size_t slice) const {
    return layout.first_channel + static_cast<std::int64_t>(slice);
  }
  std::optional<std::int64_t> number(std::string_view name) const {
    const auto found = question.values.find(name);
    return found ? std::optional(static_cast<std::int64_t>(*found)) : std::nullopt;
  }
};

// The layer as the stage may know it: without the padding that is asked about.
derive::LayerResult visible_layer(const derive::LayerResult& layer, const quiz::Veil& veil) {
  derive::LayerResult visible = layer;
  const bool ringed =
      !veil.hatching && !veil.size_caption && !conv::operator_of(layer.spec.op).transposed();
  const auto kept = [&](std::int64_t cells) {
    return ringed ? std::max<std::int64_t>(cells, 0) : 0;
  };
  visible.pads = {kept(layer.pads.top), kept(layer.pads.bottom), kept(layer.pads.left),
                  kept(layer.pads.right)};
  return visible;
}

kit::PlaneStyle input_style(const Context& context, const Palette& palette, std::size_t slice) {
  kit::PlaneStyle style{.tensor = context.layer.input, .c = context.channel(slice)};
  style.scale = kit::slice_scale(context.look, context.layer, style.c, palette);
  if (context.layout.merged_rgb) {
    style.c = 0;
    style.scale = ColorScale{.kind = ColorScale::Kind::kRgb, .low = 0, .high = 255};
  }
  return style;
}

// The weights as they are kept, not as they lie on the window. Of a training those it starts from.
kit::PlaneStyle weight_style(const Context& context, const Palette& palette, std::size_t slice) {
  const std::optional<lesson::Training>& training = context.question.scene.training;
  kit::PlaneStyle style{.tensor = training ? training->start.tensor() : context.layer.weight,
                        .n = context.filter(),
                        .c = context.channel(slice),
                        .scale = kit::diverging_scale(context.layer.weight_range, palette),
                        .role = session::TensorRole::kWeight};
  if (context.transposed()) {
    std::swap(style.n, style.c);
  }
  return style;
}

void draw_caption(kit::Canvas& canvas, const Context& context, const Rect& plane,
                  const std::string& text, Rgba color) {
  const float size = context.layout.caption_size;
  const float room = std::max(plane.w + context.layout.gap * 0.45F, 1.0F);  // up to the veil
  const float width = std::max(canvas.metrics.width(text, Font::kSansBold, size), 1.0F);
  canvas.text({plane.x, plane.y - size * 0.55F}, text, Font::kSansBold,
              size * std::clamp(room / width, 0.6F, 1.0F), color);
}

using StyleOf = kit::PlaneStyle (*)(const Context&, const Palette&, std::size_t);

// Cells with numbers of one size.
void draw_tensor(kit::Canvas& canvas, const Context& context, const std::vector<kit::Plane>& planes,
                 StyleOf style_of, const Hue& hue) {
  const Rect& view = context.layout.view;
  std::optional<kit::NumberFit> numbers;
  for (std::size_t i = 0; i < planes.size(); ++i) {
    const kit::NumberFit one =
        kit::fit_numbers(canvas, planes[i], style_of(context, canvas.palette, i), view);
    numbers = numbers ? kit::common_fit(*numbers, one) : one;
  }
  for (std::size_t i = planes.size(); i-- > 0;) {
    const kit::PlaneStyle style = style_of(context, canvas.palette, i);
    if (style.role == session::TensorRole::kInput) {
      kit::draw_padding(canvas, planes[i], style, context.layer, *numbers, view);
    }
    kit::draw_cells(canvas, planes[i], style, view);
    if (!context.layout.merged_rgb || style.role != session::TensorRole::kInput) {
      kit::draw_numbers(canvas, planes[i], style, *numbers, view);
    }
    canvas.outline(planes[i].rect, hue.line, canvas.line_width(1.5F), 2 * canvas.scale);
  }
}

// Where the window of an output cell lies. The span of a dilated kernel may be what is asked for.
Rect window_at(const Context& context, const kit::Plane& plane, std::int64_t y, std::int64_t x) {
  const conv::LayerSpec& spec = context.layer.spec;
  const conv::Size2 reach = conv::dilated_kernel(spec);
  const conv::Pads pads = conv::resolved_pads(spec, context.layer.input.shape());
  return plane.cells(y * spec.stride.h - pads.top, x * spec.stride.w - pads.left, reach.h, reach.w);
}

void draw_window(kit::Canvas& canvas, const Context& context, std::int64_t y, std::int64_t x,
                 const std::string& name) {
  for (const kit::Plane& plane : context.layout.input) {
    const Rect window = window_at(context, plane, y, x);
    kit::draw_frame(canvas, window, canvas.palette.weight.line,
                    kit::frame_width(canvas, plane.cell));
    if (!name.empty()) {
      const float size = std::max(context.layout.caption_size, plane.cell * 0.4F);
      const Rect tag = {window.x + 2 * canvas.scale, window.y + 2 * canvas.scale, size * 1.2F,
                        size * 1.2F};
      canvas.fill(tag, canvas.palette.weight.line, 3 * canvas.scale);
      canvas.centered_text(tag, name, Font::kSansBold, size, canvas.palette.background);
    }
    if (context.layout.pixels) {
      return;  // the first slice covers those behind it
    }
  }
}

// What the text speaks of: the window of an output cell, two positions, a cell of the input.
void draw_marks(kit::Canvas& canvas, const Context& context) {
  const auto y = context.number("y");
  const auto x = context.number("x");
  if (y && x && !context.transposed() && context.asked.id != "4b") {
    draw_window(canvas, context, *y, *x, "");
  }
  const auto first = context.number("P");
  const auto second = context.number("Q");
  const std::int64_t columns = std::max<std::int64_t>(context.layer.output_shape.w, 1);
  if (first && second) {
    draw_window(canvas, context, *first / columns, *first % columns, "A");
    draw_window(canvas, context, *second / columns, *second % columns, "B");
  }
  const auto row = context.number("a");
  const auto column = context.number("q");
  const std::int64_t channel = context.number("c").value_or(0);
  for (std::size_t slice = 0; row && column && slice < context.layout.input.size(); ++slice) {
    if (context.channel(slice) == channel || context.layout.merged_rgb) {
      kit::draw_frame(canvas, context.layout.input[slice].cells(*row, *column),
                      canvas.palette.output.line, canvas.line_width(2.5F));
    }
  }
}

// The place of the map. Its size is always the same, as the map's own may be what is asked for.
Rect map_area(const Context& context) {
  const Rect& main = context.layout.main;
  float left = main.x + main.w * 0.62F;
  for (const kit::Plane& plane : context.layout.weight) {
    left = std::max(left, plane.rect.right() + context.layout.gap * 0.5F);
  }
  for (const kit::Plane& plane : context.layout.input) {
    left = std::max(left, plane.with(context.layer.pads).right() + context.layout.gap * 0.5F);
  }
  const float width = std::max(main.right() - left, 0.0F);
  const float height = std::min(main.h, std::max(width, main.h * 0.5F));
  return {left, main.y + (main.h - height) / 2, width, height};
}

// The error map of a training's first step, which the question is about.
void draw_error(kit::Canvas& canvas, const Context& context) {
  const kit::Plane& plane = context.layout.output;
  derive::ValueRange range;
  for (const float value : context.question.error.values()) {
    range.low = std::min(range.low, value);
    range.high = std::max(range.high, value);
  }
  kit::PlaneStyle style{.tensor = context.question.error,
                        .scale = kit::diverging_scale(range, canvas.palette),
                        .role = session::TensorRole::kTarget};
  const Rect& view = context.layout.view;
  kit::draw_cells(canvas, plane, style, view);
  kit::draw_numbers(canvas, plane, style, kit::fit_numbers(canvas, plane, style, view), view);
  canvas.outline(plane.rect, canvas.palette.output.line, canvas.line_width(1.5F), 2 * canvas.scale);
  draw_caption(canvas, context, plane.rect, canvas.locale.text("quiz.error"),
               canvas.palette.output.text);
}

void draw_map(kit::Canvas& canvas, const Context& context) {
  if (context.asked.shows.error && !context.question.error.empty()) {
    draw_error(canvas, context);
    return;
  }
  kit::draw_veil(canvas, map_area(context));
}

// "[1, 0]": which slice of a tensor of several stands there.
std::string slice_index(const Shape& shape, const kit::PlaneStyle& style) {
  return shape.n * shape.c > 1
             ? "[" + std::to_string(style.n) + ", " + std::to_string(style.c) + "]"
             : "";
}

// The first slice has name and shape, and each says which it is.
void draw_captions(kit::Canvas& canvas, const Context& context, const std::string& name,
                   const std::vector<kit::Plane>& planes, StyleOf style_of, Rgba color) {
  const bool one_dimensional = context.question.scene.layers.front().one_dimensional;
  for (std::size_t slice = 0; slice < planes.size(); ++slice) {
    const kit::PlaneStyle style = style_of(context, canvas.palette, slice);
    const bool input = style.role == session::TensorRole::kInput;
    const Shape& shape = style.tensor.shape();
    const std::string index = input && context.layout.merged_rgb ? "" : slice_index(shape, style);
    const std::string title = name + " " + lesson::shape_text(shape, one_dimensional);
    const Rect place = input ? planes[slice].with(context.layer.pads) : planes[slice].rect;
    draw_caption(canvas, context, place,
                 slice > 0       ? name + index
                 : index.empty() ? title
                                 : title + "  " + index,
                 color);
    if (input && context.layout.pixels) {
      return;  // the first slice covers those behind it
    }
  }
}

// Below the filter, where it will stand in the sum: without it the value can't be computed.
void draw_bias(kit::Canvas& canvas, const Context& context) {
  const std::int64_t filter = context.filter();
  const Tensor& bias = context.layer.bias;
  if (!context.asked.shows.weight || !context.layer.spec.bias || filter < 0 ||
      filter >= bias.shape().count()) {
    return;
  }
  const std::string text =
      "+ bias = " + kit::number_text(static_cast<double>(bias.at({0, 0, 0, filter})));
  const float size = context.layout.caption_size * 1.15F;
  const float width = canvas.metrics.width(text, Font::kSans, size);
  const Rect& kernel = context.layout.weight.back().rect;
  const float left = std::max(kernel.center().x - width / 2, context.layout.main.x);
  canvas.text({left, kernel.bottom() + size * 1.7F}, text, Font::kSans, size,
              canvas.palette.bias.text);
}

void draw_input(kit::Canvas& canvas, const Context& context) {
  draw_tensor(canvas, context, context.layout.input, input_style, canvas.palette.input);
  draw_captions(canvas, context, context.question.scene.input_name, context.layout.input,
                input_style, canvas.palette.input.text);
  draw_marks(canvas, context);
}

void draw_weight(kit::Canvas& canvas, const Context& context) {
  if (context.layout.weight.empty()) {
    return;
  }
  draw_tensor(canvas, context, context.layout.weight, weight_style, canvas.palette.weight);
  draw_captions(canvas, context, "weight", context.layout.weight, weight_style,
                canvas.palette.weight.text);
  draw_bias(canvas, context);
}

}  // namespace

bool hides_stage(const quiz::Question& question) {
  const quiz::Template* asked = quiz::find_template(question.template_id);
  return asked != nullptr && asked->veil != quiz::Veil{};
}

void compose_asked(kit::Canvas& canvas, const session::Session& session,
                   const quiz::Question& question, const derive::LayerResult& layer,
                   const Viewport& viewport) {
  const quiz::Template* asked = quiz::find_template(question.template_id);
  if (asked == nullptr || layer.input.empty()) {
    return;
  }
  canvas.text_scale =
      kit::fitting_text_scale(sum::sum_words(layer), viewport, canvas.palette.text_scale);
  const derive::LayerResult visible = visible_layer(layer, asked->veil);
  const lesson::InputColors look = kit::input_look(question.scene, layer);
  const flat::FlatContent content{
      .filter = question.spot.filter,
      .merged_rgb = look == lesson::InputColors::kRgb && layer.input.shape().c == 3,
      .header = kit::header_height(canvas, session, kit::band_width(viewport)),  // no sum yet
      .text_scale = canvas.text_scale};
  const Context still{session, question, *asked,
                      visible, look,     flat::lay_out(visible, content, {}, viewport)};
  Context context = still;
  context.layout = flat::lay_out(visible, content, session.look.camera, viewport);
  canvas.picture.camera_area = context.layout.main;
  kit::draw_header(canvas, session, context.layout.header);
  if (asked->veil.receptive_light) {
    kit::draw_veil(canvas, context.layout.main);
    return;
  }
  canvas.add(ClipBegin{context.layout.view});
  if (!asked->veil.input) {
    draw_input(canvas, context);
  }
  if (!asked->veil.weight) {
    draw_weight(canvas, context);
  }
  // Whatever is zoomed, the veil keeps its place.
  draw_map(canvas, asked->shows.error ? context : still);
  canvas.add(ClipEnd{});
}

}  // namespace convscope::picture::asked
