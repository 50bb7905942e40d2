#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "core/conv/analysis/as_convolution.h"
#include "core/conv/operators/operator.h"
#include "core/lesson/formula.h"
#include "core/picture/flat/context.h"
#include "core/picture/flat/subject.h"
#include "core/picture/kit/runs.h"

namespace convscope::picture::flat {

namespace {

float caption_baseline(const Context& context, float top) {
  return top - context.layout.caption_size * 0.55F;
}

// The first of several ways to say it that is not wider than `room`; empty when none fits.
std::string fitting(const kit::Canvas& canvas, const std::vector<std::string>& texts, Font font,
                    float size, float room) {
  for (const std::string& text : texts) {
    if (canvas.metrics.width(text, font, size) <= room) {
      return text;
    }
  }
  return {};
}

// "[0, 2]": which slice of a tensor of several a plane shows; empty for a tensor of one.
std::string slice_index(const Shape& shape, std::int64_t n, std::int64_t c) {
  return shape.n * shape.c > 1 ? "[" + std::to_string(n) + ", " + std::to_string(c) + "]" : "";
}

std::string size_text(std::int64_t h, std::int64_t w, bool one_dimensional) {
  return (one_dimensional ? "" : std::to_string(h) + "×") + std::to_string(w);
}

// Behind a caption among pictures: hides the lines that lead through it.
void draw_ground(kit::Canvas& canvas, Point at, float width, float size) {
  canvas.fill({at.x, at.y - size * 0.95F, width, size * 1.25F}, canvas.palette.background);
}

struct CaptionPlace {
  Point at;
  float size = 0;
  float room = 0;
  bool grounded = false;
};

// A tensor's name and shape in its hue, then the rest in grey, as far as there is room.
void draw_caption(kit::Canvas& canvas, const CaptionPlace& place, const std::string& name,
                  const std::string& shape, const std::vector<std::string>& details,
                  const Hue& hue) {
  const auto [at, size, room, grounded] = place;
  const std::string title = fitting(canvas, {shape.empty() ? name : name + " " + shape, name},
                                    Font::kSansBold, size, room);
  const float gap = size * 0.5F;
  float width = canvas.metrics.width(title, Font::kSansBold, size);
  std::vector<std::pair<float, std::string>> shown;
  for (const std::string& detail : details) {
    const float more = gap + canvas.metrics.width(detail, Font::kSans, size);
    if (!detail.empty() && width + more <= room) {
      shown.emplace_back(at.x + width + gap, detail);
      width += more;
    }
  }
  if (grounded) {
    draw_ground(canvas, at, width, size);
  }
  canvas.text(at, title, Font::kSansBold, size, hue.text);
  for (const auto& [x, detail] : shown) {
    canvas.text({x, at.y}, detail, Font::kSans, size, canvas.palette.text_dim);
  }
}

// With what the last windows of a pool overhang; empty where none does.
std::string ceil_text(const kit::Canvas& canvas, const Context& context) {
  const Shape& shape = context.layer.input.shape();
  const conv::Pads& drawn = context.layer.pads;
  const conv::Pads padding = equivalent_pads(context.own);
  if (!context.own.spec.ceil_mode ||
      (drawn.bottom <= padding.bottom && drawn.right <= padding.right)) {
    return {};
  }
  const std::string size = size_text(shape.h + drawn.top + drawn.bottom,
                                     shape.w + drawn.left + drawn.right, context.one_dimensional());
  return canvas.locale.text("stage.ceil_to", {{"size", size}});
}

// The size with padding, in words where they fit.
std::vector<std::string> padded_texts(const kit::Canvas& canvas, const Context& context) {
  const conv::Pads pads = equivalent_pads(context.own);
  const Shape& shape = context.layer.input.shape();
  const bool one_dimensional = context.one_dimensional();
  const std::int64_t h = shape.h + pads.top + pads.bottom;
  const std::int64_t w = shape.w + pads.left + pads.right;
  const std::string ceil = ceil_text(canvas, context);
  if (pads == conv::Pads{}) {
    return ceil.empty() ? std::vector<std::string>{} : std::vector{ceil};
  }
  if (h < shape.h || w < shape.w) {
    return {canvas.locale.text("stage.cut_to", {{"size", size_text(h, w, one_dimensional)}})};
  }
  const lesson::TextValues sizes = {{"h", h}, {"w", w}};
  std::vector<std::string> texts = {
      canvas.locale.text(one_dimensional ? "stage.padded_to_1d" : "stage.padded_to", sizes),
      canvas.locale.text(one_dimensional ? "stage.padded_short_1d" : "stage.padded_short", sizes)};
  for (std::string& text : texts) {
    text += ceil.empty() ? "" : " " + ceil;
  }
  return texts;
}

// How a transposed convolution's input was changed before the kernel slides over it.
std::vector<std::string> zero_inserted_texts(const kit::Canvas& canvas, const Context& context) {
  const bool one_dimensional = context.one_dimensional();
  const conv::Size2& stride = context.own.spec.stride;
  const Shape& shape = context.layer.input.shape();
  const std::string factor = stride.h == stride.w || one_dimensional
                                 ? std::to_string(stride.w)
                                 : "(" + size_text(stride.h, stride.w, false) + ")";
  const std::string only = canvas.locale.text(
      "stage.stretched",
      {{"stride", factor}, {"size", size_text(shape.h, shape.w, one_dimensional)}});
  const std::string brief = "→ " + size_text(shape.h, shape.w, one_dimensional);
  std::vector<std::string> texts;
  const std::vector<std::string> padded = padded_texts(canvas, context);
  for (const std::string& then : padded) {
    texts.push_back(only + " " + then);
  }
  for (const std::string& then : padded) {
    texts.push_back(brief + " " + then);
  }
  if (padded.empty()) {
    texts = {only, brief};
  }
  return texts;
}

// Where the first filter's name begins that is centred above it, less a space.
float filter_caption_left(const kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  if (layout.weight.empty() || layout.rail > 0 || layout.columns || layout.pixels) {
    return std::numeric_limits<float>::infinity();
  }
  const std::string name =
      "weight " + lesson::shape_text(context.own.weight.shape(), context.one_dimensional());
  const Rect& rect = layout.weight.front().rect;
  const float width = canvas.metrics.width(name, Font::kSansBold, layout.caption_size);
  return std::min(rect.x, rect.center().x - width / 2) - layout.caption_size * 0.5F;
}

void draw_input_captions(kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  const Shape& shape = context.own.input.shape();
  const std::string& name = session::input_name(context.session);
  const float size = layout.caption_size;
  for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
    Rect rect = padded_rect(context, layout.input[slice]);
    if (layout.pixels) {
      rect.y = padded_rect(context, layout.input.back()).y;  // above the whole stack
    }
    const float beside = layout.gap * (layout.between                     ? 0.6F
                                       : layout.columns && !layout.pixels ? 0.2F
                                                                          : 0.9F);
    const float room = std::min(rect.w + beside, filter_caption_left(canvas, context) - rect.x);
    const std::string index = slice_index(shape, context.batch(), context.input_channel(slice));
    const CaptionPlace place = {
        {rect.x, caption_baseline(context, rect.y)}, size, room, layout.pixels};
    if (slice > 0) {
      draw_caption(canvas, place, name + index, "", {}, canvas.palette.input);
    } else {
      const std::string shown = lesson::shape_text(shape, context.one_dimensional());
      const std::string title = name + " " + shown;
      const float left = room - canvas.metrics.width(title, Font::kSansBold, size) - size * 0.5F;
      const bool zero_inserted = context.own.equivalent.stretch != conv::Size2{1, 1};
      const std::string became = fitting(
          canvas,
          zero_inserted ? zero_inserted_texts(canvas, context) : padded_texts(canvas, context),
          Font::kSans, size, left);
      draw_caption(canvas, place, name, shown, {became, layout.merged_rgb ? "" : index},
                   canvas.palette.input);
    }
    if (layout.pixels) {
      break;
    }
  }
}

// "(1, 1, ?, ?)" while the scene asks for it.
std::string output_shape_text(const Context& context) {
  const Shape& shape = context.layer.output_shape;
  const bool line = context.one_dimensional();
  return context.keeps_size ? lesson::asked_shape_text(shape, line)
                            : lesson::shape_text(shape, line);
}

struct OutputTitle {
  std::string shape;  // empty where there is no room for it
  float x = 0;
  float width = 0;
};

// A narrow map's title is centred, but stays on the stage and right of what stands before the map.
OutputTitle output_title(const kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  const Rect& rect = layout.output.rect;
  const float size = layout.caption_size;
  float left = layout.main.x;
  for (const kit::Plane& plane : layout.input) {
    left = std::max(left, padded_rect(context, plane).right() + size * 0.5F);
  }
  for (const kit::Plane& plane : layout.middle()) {
    // In a row of filters the last one's name is wider than it.
    left = std::max(left, plane.rect.right() + (layout.between ? layout.gap : size) * 0.5F);
  }
  const std::string shape = output_shape_text(context);
  const float full = canvas.metrics.width("out " + shape, Font::kSansBold, size);
  const bool fits = full <= std::max(rect.w, layout.main.right() - left);
  const float width = fits ? full : canvas.metrics.width("out", Font::kSansBold, size);
  const float centered = rect.center().x - width / 2;
  const float x =
      width <= rect.w ? rect.x : std::min(std::max(centered, left), layout.main.right() - width);
  return {fits ? shape : "", x, width};
}

// One caption centred above each filter: between two tensors there is little room. What does not
// fit on its line moves to one above it.
void draw_centered_filter_caption(kit::Canvas& canvas, const Context& context, const Rect& rect,
                                  const std::string& name, const std::string& shown) {
  const float size = context.layout.caption_size;
  // On either side, up to the map's caption.
  const float beside = std::min(0.9F * context.layout.gap,
                                output_title(canvas, context).x - rect.right() - size * 0.5F);
  const float room = rect.w + 2 * beside;
  const std::string title = shown.empty() ? name : name + " " + shown;
  const bool told = context.own.equivalent.flipped && !shown.empty();
  const std::string flipped = told ? canvas.locale.text("stage.turned") : "";
  Point at = {rect.center().x, caption_baseline(context, rect.y)};
  const auto draw = [&](const std::string& text, Font font) {
    canvas.text(at, text, font, size, canvas.palette.weight.text, Align::kCenter);
  };
  std::string together = fitting(canvas, {title + ", " + flipped}, Font::kSansBold, size, room);
  const float above = at.y - size * 1.3F;
  if (!told || (together.empty() && above - size < context.layout.main.y)) {
    together = fitting(canvas, {title, name}, Font::kSansBold, size, room);
  }
  if (together.empty()) {
    kit::draw_best(canvas, {{{flipped, canvas.palette.weight.text}}}, at, size, room,
                   Align::kCenter);
    at.y = above;
    together = fitting(canvas, {title, name}, Font::kSansBold, size, room);
  }
  draw(together, Font::kSansBold);
}

void draw_filter_captions(kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  const Shape& shape = context.own.weight.shape();
  const float size = layout.caption_size;
  const bool below = layout.rail > 0;  // above it are the lines from the window
  const std::string flipped =
      context.own.equivalent.flipped ? canvas.locale.text("stage.turned") : "";
  for (std::size_t slice = 0; slice < layout.weight.size(); ++slice) {
    const Rect& rect = layout.weight[slice].rect;
    const Index own = conv::own_weight_at(context.own.spec,
                                          {context.filter(), context.group_channel(slice), 0, 0});
    const std::string index = slice_index(shape, own.n, own.c);
    const std::string name = slice == 0 ? "weight" : "weight" + index;
    const std::string shown =
        slice == 0 ? lesson::shape_text(shape, context.one_dimensional()) : "";
    if (!below && !layout.columns && !layout.pixels) {
      draw_centered_filter_caption(canvas, context, rect, name, shown);
      continue;
    }
    const float beside = layout.between   ? layout.gap * 0.5F - size * 0.4F
                         : layout.columns ? layout.gap * 0.8F
                                          : layout.gap + layout.caption_size * 2;
    const float y = below ? rect.bottom() + size * 1.35F : caption_baseline(context, rect.y);
    const float room = rect.w + (below ? layout.partial[slice].w : beside);
    draw_caption(canvas, {{rect.x, y}, size, room}, name, shown,
                 {slice == 0 ? index : "", slice == 0 ? flipped : ""}, canvas.palette.weight);
  }
}

// The caption of the patch of a layer without weights, the longest way first.
std::vector<std::string> window_texts(const kit::Canvas& canvas, const Context& context) {
  const Shape& out = context.layer.output_shape;
  const conv::Size2& kernel = context.layer.spec.kernel_size;
  if (context.operation().unfolds) {
    const std::int64_t column = context.step().position % (out.h * out.w);
    const lesson::TextValues place = {
        {"window", column + 1}, {"column", column}, {"count", out.h * out.w}};
    return {canvas.locale.text("stage.unfold_column", place),
            canvas.locale.text("stage.unfold_column_short", place)};
  }
  if (context.operation().one_cell) {
    return {canvas.locale.text("stage.one_cell")};
  }
  const std::string size = size_text(kernel.h, kernel.w, context.one_dimensional());
  return {canvas.locale.text("stage.window", {{"size", size}})};
}

void draw_patch_captions(kit::Canvas& canvas, const Context& context) {
  const float size = context.layout.caption_size;
  for (std::size_t slice = 0; slice < context.layout.lens.size(); ++slice) {
    const Rect& rect = context.layout.lens[slice].rect;
    if (!context.weighted()) {
      canvas.text({rect.center().x, caption_baseline(context, rect.y)},
                  fitting(canvas, window_texts(canvas, context), Font::kSans, size,
                          rect.w + 1.8F * context.layout.gap),
                  Font::kSans, size, canvas.palette.weight.text, Align::kCenter);
      continue;
    }
    const std::int64_t channel = context.input_channel(slice);
    const std::string text = fitting(
        canvas,
        {canvas.locale.text("stage.patch", {{"c", channel}}), "c = " + std::to_string(channel)},
        Font::kSans, size, rect.w);
    const Point at = {rect.x, caption_baseline(context, rect.y)};
    draw_ground(canvas, at, canvas.metrics.width(text, Font::kSans, size), size);
    canvas.text(at, text, Font::kSans, size, canvas.palette.input.text);
  }
}

// The row of PyTorch's (N, C·kh·kw, L) that a map of an unfold is.
std::vector<std::string> unfolded_texts(const kit::Canvas& canvas, const Context& context) {
  const Shape& out = context.layer.output_shape;
  const std::string matrix = "(" + std::to_string(out.n) + ", " + std::to_string(out.c) + ", " +
                             std::to_string(out.h * out.w) + ")";
  return {canvas.locale.text("stage.unfold_row", {{"row", context.filter()}, {"matrix", matrix}}),
          "→ " + matrix};
}

void draw_output_captions(kit::Canvas& canvas, const Context& context) {
  const Shape& shape = context.layer.output_shape;
  const Rect& rect = context.layout.output.rect;
  const float size = context.layout.caption_size;
  const auto [shown, x, width] = output_title(canvas, context);
  std::vector<std::string> details = {slice_index(shape, context.batch(), context.filter())};
  float room = std::max(width + 1, rect.w + context.layout.gap * 0.5F);
  if (context.operation().unfolds) {
    room = std::max(room, context.layout.main.right() - x);
    details = {fitting(canvas, unfolded_texts(canvas, context), Font::kSans, size,
                       room - width - size * 0.5F)};
  } else if (context.own.spec.flip) {
    details.push_back(canvas.locale.text("stage.true_convolution"));
    room = std::max(room, context.layout.main.right() - x);
  }
  draw_caption(canvas, {{x, caption_baseline(context, rect.y)}, size, room, context.layout.pixels},
               "out", shown, details, canvas.palette.output);
  if (context.layout.comparison) {
    const Rect& below = context.layout.comparison->rect;
    const std::string text = fitting(
        canvas,
        {canvas.locale.text("stage.correlation_unturned"), canvas.locale.text("stage.correlation")},
        Font::kSans, size, context.layout.main.right() - below.x);
    canvas.text({below.x, caption_baseline(context, below.y)}, text, Font::kSans, size,
                canvas.palette.text_dim);
  }
}

}  // namespace

Rect padded_rect(const Context& context, const kit::Plane& plane) {
  return plane.with(context.layer.pads);
}

void draw_captions(kit::Canvas& canvas, const Context& context) {
  draw_input_captions(canvas, context);
  draw_patch_captions(canvas, context);
  draw_filter_captions(canvas, context);
  draw_output_captions(canvas, context);
}

}  // namespace convscope::picture::flat
