#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/conv/analysis/as_convolution.h"
#include "core/lesson/formula.h"
#include "core/picture/flat/stage.h"
#include "core/picture/flat/subject.h"

namespace convscope::picture::flat {

namespace {

float caption_baseline(const FlatStage& stage, float top) {
  return top - stage.layout.caption_size * 0.55F;
}

// The first of several ways to say it that is not wider than `room`; empty when none fits.
std::string fitting(const kit::Brush& brush, const std::vector<std::string>& texts, Font font,
                    float size, float room) {
  for (const std::string& text : texts) {
    if (brush.metrics.width(text, font, size) <= room) {
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
void draw_ground(kit::Brush& brush, Point at, float width, float size) {
  brush.fill({at.x, at.y - size * 0.95F, width, size * 1.25F}, brush.palette.background);
}

struct CaptionPlace {
  Point at;
  float size = 0;
  float room = 0;
  bool grounded = false;
};

// A tensor's name and shape in its hue, then quietly what follows, as far as there is room.
void draw_caption(kit::Brush& brush, const CaptionPlace& place, const std::string& name,
                  const std::string& shape, const std::vector<std::string>& details,
                  const Hue& hue) {
  const auto [at, size, room, grounded] = place;
  const std::string title = fitting(brush, {shape.empty() ? name : name + " " + shape, name},
                                    Font::kSansBold, size, room);
  const float gap = size * 0.5F;
  float width = brush.metrics.width(title, Font::kSansBold, size);
  std::vector<std::pair<float, std::string>> shown;
  for (const std::string& detail : details) {
    const float more = gap + brush.metrics.width(detail, Font::kSans, size);
    if (!detail.empty() && width + more <= room) {
      shown.emplace_back(at.x + width + gap, detail);
      width += more;
    }
  }
  if (grounded) {
    draw_ground(brush, at, width, size);
  }
  brush.text(at, title, Font::kSansBold, size, hue.text);
  for (const auto& [x, detail] : shown) {
    brush.text({x, at.y}, detail, Font::kSans, size, brush.palette.text_dim);
  }
}

// With what the last windows of a pool overhang; empty where none does.
std::string ceil_text(const kit::Brush& brush, const FlatStage& stage) {
  const Shape& shape = stage.layer.input.shape();
  const conv::Pads& drawn = stage.layer.pads;
  const conv::Pads padding = stage_pads(stage.own);
  if (!stage.own.spec.ceil_mode ||
      (drawn.bottom <= padding.bottom && drawn.right <= padding.right)) {
    return {};
  }
  const std::string size = size_text(shape.h + drawn.top + drawn.bottom,
                                     shape.w + drawn.left + drawn.right, stage.one_dimensional());
  return brush.locale.text("stage.ceil_to", {{"size", size}});
}

// The size with padding, in words where they fit.
std::vector<std::string> padded_texts(const kit::Brush& brush, const FlatStage& stage) {
  const conv::Pads pads = stage_pads(stage.own);
  const Shape& shape = stage.layer.input.shape();
  const bool one_dimensional = stage.one_dimensional();
  const std::int64_t h = shape.h + pads.top + pads.bottom;
  const std::int64_t w = shape.w + pads.left + pads.right;
  const std::string ceil = ceil_text(brush, stage);
  if (pads == conv::Pads{}) {
    return ceil.empty() ? std::vector<std::string>{} : std::vector{ceil};
  }
  if (h < shape.h || w < shape.w) {
    return {brush.locale.text("stage.cut_to", {{"size", size_text(h, w, one_dimensional)}})};
  }
  const lesson::TextValues sizes = {{"h", h}, {"w", w}};
  std::vector<std::string> texts = {
      brush.locale.text(one_dimensional ? "stage.padded_to_1d" : "stage.padded_to", sizes),
      brush.locale.text(one_dimensional ? "stage.padded_short_1d" : "stage.padded_short", sizes)};
  for (std::string& text : texts) {
    text += ceil.empty() ? "" : " " + ceil;
  }
  return texts;
}

// What became of a transposed convolution's input before the kernel slides over it.
std::vector<std::string> stretched_texts(const kit::Brush& brush, const FlatStage& stage) {
  const bool one_dimensional = stage.one_dimensional();
  const conv::Size2& stride = stage.own.spec.stride;
  const Shape& shape = stage.layer.input.shape();
  const std::string factor = stride.h == stride.w || one_dimensional
                                 ? std::to_string(stride.w)
                                 : "(" + size_text(stride.h, stride.w, false) + ")";
  const std::string only = brush.locale.text(
      "stage.stretched",
      {{"stride", factor}, {"size", size_text(shape.h, shape.w, one_dimensional)}});
  const std::string brief = "→ " + size_text(shape.h, shape.w, one_dimensional);
  std::vector<std::string> texts;
  const std::vector<std::string> padded = padded_texts(brush, stage);
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

void draw_input_captions(kit::Brush& brush, const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  const Shape& shape = stage.own.input.shape();
  const std::string name =
      stage.session.look.layer == 0 ? session::scene_of(stage.session).input_name : "x";
  const float size = layout.caption_size;
  for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
    Rect rect = padded_rect(stage, layout.input[slice]);
    if (layout.pixels) {
      rect.y = padded_rect(stage, layout.input.back()).y;  // above the whole stack
    }
    const float room =
        rect.w + (layout.columns && !layout.pixels ? layout.gap * 0.2F : layout.gap * 0.9F);
    const std::string index = slice_index(shape, stage.batch(), stage.input_channel(slice));
    const CaptionPlace place = {
        {rect.x, caption_baseline(stage, rect.y)}, size, room, layout.pixels};
    if (slice > 0) {
      draw_caption(brush, place, name + index, "", {}, brush.palette.input);
    } else {
      const std::string shown = lesson::shape_text(shape, stage.one_dimensional());
      const std::string title = name + " " + shown;
      const float left = room - brush.metrics.width(title, Font::kSansBold, size) - size * 0.5F;
      const bool stretched = stage.own.stage.stretch != conv::Size2{1, 1};
      const std::string became =
          fitting(brush, stretched ? stretched_texts(brush, stage) : padded_texts(brush, stage),
                  Font::kSans, size, left);
      draw_caption(brush, place, name, shown, {became, layout.merged_rgb ? "" : index},
                   brush.palette.input);
    }
    if (layout.pixels) {
      break;
    }
  }
}

// One caption centred above each filter: between two tensors there is little room. What does not
// fit on its line moves to one above it.
void draw_centered_filter_caption(kit::Brush& brush, const FlatStage& stage, const Rect& rect,
                                  const std::string& name, const std::string& shown) {
  const float size = stage.layout.caption_size;
  const float room = rect.w + 1.8F * stage.layout.gap;
  const std::string title = shown.empty() ? name : name + " " + shown;
  const bool told = stage.own.stage.turned && !shown.empty();
  const std::string turned = told ? brush.locale.text("stage.turned") : "";
  Point at = {rect.center().x, caption_baseline(stage, rect.y)};
  const auto draw = [&](const std::string& text, Font font) {
    brush.text(at, text, font, size, brush.palette.weight.text, Align::kCenter);
  };
  std::string together = fitting(brush, {title + ", " + turned}, Font::kSansBold, size, room);
  const float above = at.y - size * 1.3F;
  if (!told || (together.empty() && above - size < stage.layout.main.y)) {
    together = fitting(brush, {title, name}, Font::kSansBold, size, room);
  }
  if (together.empty()) {
    draw(turned, Font::kSans);
    at.y = above;
    together = fitting(brush, {title, name}, Font::kSansBold, size, room);
  }
  draw(together, Font::kSansBold);
}

void draw_filter_captions(kit::Brush& brush, const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  const Shape& shape = stage.own.weight.shape();
  const float size = layout.caption_size;
  const bool below = layout.rail > 0;  // above it are the lines from the window
  const std::string turned = stage.own.stage.turned ? brush.locale.text("stage.turned") : "";
  for (std::size_t slice = 0; slice < layout.weight.size(); ++slice) {
    const Rect& rect = layout.weight[slice].rect;
    const Index own =
        conv::own_weight_at(stage.own.spec, {stage.filter(), stage.group_channel(slice), 0, 0});
    const std::string index = slice_index(shape, own.n, own.c);
    const std::string name = slice == 0 ? "weight" : "weight" + index;
    const std::string shown = slice == 0 ? lesson::shape_text(shape, stage.one_dimensional()) : "";
    if (!below && !layout.columns && !layout.pixels) {
      draw_centered_filter_caption(brush, stage, rect, name, shown);
      continue;
    }
    const float beside = layout.columns ? layout.gap * 0.8F : layout.gap + layout.caption_size * 2;
    const float y = below ? rect.bottom() + size * 1.35F : caption_baseline(stage, rect.y);
    const float room = rect.w + (below ? layout.partial[slice].w : beside);
    draw_caption(brush, {{rect.x, y}, size, room}, name, shown,
                 {slice == 0 ? index : "", slice == 0 ? turned : ""}, brush.palette.weight);
  }
}

// What the patch under the window is to a layer without weights, in several ways.
std::vector<std::string> window_texts(const kit::Brush& brush, const FlatStage& stage) {
  const Shape& out = stage.layer.output_shape;
  const conv::Size2& kernel = stage.layer.spec.kernel_size;
  if (stage.op() == conv::Op::kUnfold) {
    const lesson::TextValues place = {{"column", stage.step().position % (out.h * out.w) + 1},
                                      {"count", out.h * out.w}};
    return {brush.locale.text("stage.unfold_column", place),
            brush.locale.text("stage.unfold_column_short", place)};
  }
  if (stage.op() == conv::Op::kRelu) {
    return {brush.locale.text("stage.one_cell")};
  }
  const std::string size = size_text(kernel.h, kernel.w, stage.one_dimensional());
  return {brush.locale.text("stage.window", {{"size", size}})};
}

void draw_patch_captions(kit::Brush& brush, const FlatStage& stage) {
  const float size = stage.layout.caption_size;
  for (std::size_t slice = 0; slice < stage.layout.lens.size(); ++slice) {
    const Rect& rect = stage.layout.lens[slice].rect;
    if (!stage.weighted()) {
      brush.text({rect.center().x, caption_baseline(stage, rect.y)},
                 fitting(brush, window_texts(brush, stage), Font::kSans, size,
                         rect.w + 1.8F * stage.layout.gap),
                 Font::kSans, size, brush.palette.weight.text, Align::kCenter);
      continue;
    }
    const std::int64_t channel = stage.input_channel(slice);
    const std::string text = fitting(
        brush,
        {brush.locale.text("stage.patch", {{"c", channel}}), "c = " + std::to_string(channel)},
        Font::kSans, size, rect.w);
    const Point at = {rect.x, caption_baseline(stage, rect.y)};
    draw_ground(brush, at, brush.metrics.width(text, Font::kSans, size), size);
    brush.text(at, text, Font::kSans, size, brush.palette.input.text);
  }
}

// The row of PyTorch's (N, C·kh·kw, L) that a map of an unfold is.
std::vector<std::string> unfolded_texts(const kit::Brush& brush, const FlatStage& stage) {
  const Shape& out = stage.layer.output_shape;
  const std::string matrix = "(" + std::to_string(out.n) + ", " + std::to_string(out.c) + ", " +
                             std::to_string(out.h * out.w) + ")";
  return {brush.locale.text("stage.unfold_row", {{"row", stage.filter() + 1}, {"matrix", matrix}}),
          "→ " + matrix};
}

void draw_output_captions(kit::Brush& brush, const FlatStage& stage) {
  const Shape& shape = stage.layer.output_shape;
  const Rect& rect = stage.layout.output.rect;
  const float size = stage.layout.caption_size;
  const std::string shown = lesson::shape_text(shape, stage.one_dimensional());
  // A narrow map's caption is centred, or it would run out of the stage.
  const float width = brush.metrics.width("out " + shown, Font::kSansBold, size);
  const float x = width > rect.w ? rect.center().x - width / 2 : rect.x;
  std::vector<std::string> details = {slice_index(shape, stage.batch(), stage.filter())};
  float room = std::max(width + 1, rect.w + stage.layout.gap * 0.5F);
  if (stage.op() == conv::Op::kUnfold) {
    room = std::max(room, stage.layout.main.right() - x);
    details = {fitting(brush, unfolded_texts(brush, stage), Font::kSans, size,
                       room - width - size * 0.5F)};
  } else if (stage.own.spec.flip) {
    details.push_back(brush.locale.text("stage.true_convolution"));
    room = std::max(room, stage.layout.main.right() - x);
  }
  draw_caption(brush, {{x, caption_baseline(stage, rect.y)}, size, room, stage.layout.pixels},
               "out", shown, details, brush.palette.output);
  if (stage.layout.comparison) {
    const Rect& below = stage.layout.comparison->rect;
    const std::string text = fitting(
        brush,
        {brush.locale.text("stage.correlation_unturned"), brush.locale.text("stage.correlation")},
        Font::kSans, size, stage.layout.main.right() - below.x);
    brush.text({below.x, caption_baseline(stage, below.y)}, text, Font::kSans, size,
               brush.palette.text_dim);
  }
}

}  // namespace

Rect padded_rect(const FlatStage& stage, const Plane& plane) {
  const conv::Pads& pads = stage.layer.pads;
  return plane.cells(-static_cast<double>(pads.top), -static_cast<double>(pads.left),
                     static_cast<double>(plane.h + pads.top + pads.bottom),
                     static_cast<double>(plane.w + pads.left + pads.right));
}

void draw_captions(kit::Brush& brush, const FlatStage& stage) {
  draw_input_captions(brush, stage);
  draw_patch_captions(brush, stage);
  draw_filter_captions(brush, stage);
  draw_output_captions(brush, stage);
}

}  // namespace convscope::picture::flat
