#include <algorithm>
#include <string>

#include "core/lesson/formula.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/runs.h"
#include "core/picture/stamp/context.h"

namespace convscope::picture::stamp {

namespace {

// "img[0, 0, 1, 0]"; a signal has no height.
std::string place_text(const std::string& name, const Index& at, bool one_dimensional) {
  return name + "[" + std::to_string(at.n) + ", " + std::to_string(at.c) + ", " +
         (one_dimensional ? "" : std::to_string(at.y) + ", ") + std::to_string(at.x) + "]";
}

std::string pair_text(std::int64_t a, std::int64_t b) {
  return "[" + std::to_string(a) + ", " + std::to_string(b) + "]";
}

// The first caption that is not wider than `room`, or the last; above `rect`, inside the stage's
// margins as long as the plane is.
void draw_caption(kit::Canvas& canvas, const Context& context, const Rect& rect,
                  const std::vector<kit::Runs>& captions, float room) {
  const float size = context.layout.caption_size;
  const kit::Runs& chosen = kit::fitting(canvas, captions, size, room);
  const float all = kit::width_of(canvas, chosen, size);
  const Rect& main = context.layout.main;
  Point at = {rect.x - std::max(0.0F, all - rect.w) / 2, rect.y - size * 0.55F};
  if (rect.right() <= main.right()) {
    at.x = std::min(at.x, main.right() - all);
  }
  if (rect.x >= main.x) {
    at.x = std::max(at.x, main.x);
  }
  const float inset = size * 0.2F;  // lines pass behind
  canvas.fill({at.x - inset, at.y - size, all + 2 * inset, size * 1.35F},
              canvas.palette.background);
  kit::draw_runs(canvas, chosen, at, size);
}

void draw_sign(kit::Canvas& canvas, Point centre, const std::string& text, Font font, float size,
               Rgba color) {
  const float width = canvas.metrics.width(text, font, size) + size * 0.5F;
  const Rect area = {centre.x - width / 2, centre.y - size * 0.75F, width, size * 1.5F};
  canvas.fill(area, canvas.palette.background, 4 * canvas.scale);  // lines pass behind
  canvas.centered_text(area, text, font, size, color);
}

std::string size_text(const conv::Size2& size) {
  return size.h == size.w ? std::to_string(size.h)
                          : "(" + std::to_string(size.h) + ", " + std::to_string(size.w) + ")";
}

std::string biases_text(const Context& context) {
  std::string text;
  for (std::size_t row = 0; row < context.layout.output.size(); ++row) {
    text += (row == 0 ? "" : ", ") +
            kit::number_text(context.layer.bias.at({0, 0, 0, context.map(row)}));
  }
  return text;
}

// What the picture does not show.
std::vector<std::string> notes_of(const kit::Canvas& canvas, const Context& context) {
  std::vector<std::string> notes;
  const conv::LayerSpec& spec = context.layer.spec;
  const conv::Pads& pads = context.layer.pads;
  if (pads.top > 0 || pads.left > 0) {
    notes.push_back(
        canvas.locale.text("stage.stamp_cut", {{"padding", size_text({pads.top, pads.left})}}));
  }
  if (spec.output_padding != conv::Size2{0, 0}) {
    const StampBorder border = stamp_border(context.layer);
    notes.push_back(canvas.locale.text(
        border.rows + border.columns > 0 ? "stage.stamp_more" : "stage.stamp_less_cut",
        {{"size", size_text(spec.output_padding)}}));
  }
  const auto rows = static_cast<std::int64_t>(context.layout.output.size());
  if (rows < context.maps_of_group()) {
    notes.push_back(canvas.locale.text("stage.stamp_maps",
                                       {{"shown", rows}, {"total", context.maps_of_group()}}));
  }
  const auto counts = context.counts.values();
  if (std::any_of(counts.begin(), counts.end(), [](float count) { return count > 1; })) {
    notes.push_back(canvas.locale.text("stage.stamp_dots"));
  }
  return notes;
}

}  // namespace

void draw_captions(kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  const Palette& palette = canvas.palette;
  const bool one_dimensional = session::layer_of(context.session).one_dimensional;
  const std::string input = context.input_name();
  const Shape& in = context.layer.input.shape();
  const std::string slice =
      in.n * in.c > 1 ? "  " + pair_text(context.batch(), context.channel()) : "";
  const std::string shape = input + " " + lesson::shape_text(in, one_dimensional);
  draw_caption(canvas, context, layout.input.rect,
               {{kit::bold(shape, palette.input.text), kit::bold(slice, palette.text_dim)},
                {kit::bold(input, palette.input.text), kit::bold(slice, palette.text_dim)}},
               layout.input.rect.w + layout.gap * 0.8F);
  const Index& at = context.stamp().input_at;
  const std::string value = place_text(input, at, one_dimensional);
  const Shape& weight = context.layer.weight.shape();
  const Shape& out = context.layer.output_shape;
  const conv::Pads cut = stamp_border(context.layer).cut;
  for (std::size_t row = 0; row < layout.kernel.size(); ++row) {
    const bool several = weight.n * weight.c > 1;
    const std::string which = several ? pair_text(context.channel(), context.group_map(row)) : "";
    const std::string full = "weight " + lesson::shape_text(weight, one_dimensional);
    const std::string index = several ? "  " + which : "";
    draw_caption(canvas, context, layout.kernel[row].rect,
                 {{kit::bold(full, palette.weight.text), kit::bold(index, palette.text_dim)},
                  {kit::bold("weight", palette.weight.text), kit::bold(which, palette.text_dim)}},
                 layout.kernel[row].rect.w + layout.gap * 0.8F);
    draw_caption(canvas, context, layout.stamp[row].rect,
                 {{kit::bold(value, palette.input.text), kit::bold(" \u00B7 ", palette.text_dim),
                   kit::bold("weight" + which, palette.weight.text)},
                  {kit::bold(kit::number_text(context.stamp().input), palette.input.text),
                   kit::bold(" \u00B7 ", palette.text_dim),
                   kit::bold("weight" + which, palette.weight.text)}},
                 layout.stamp[row].rect.w + layout.gap * 0.8F);
    const kit::Plane& map = layout.output[row];
    const Rect whole = map.with(cut);
    const std::string map_index =
        out.n * out.c > 1 ? "  " + pair_text(context.batch(), context.map(row)) : "";
    draw_caption(
        canvas, context, whole,
        {{kit::bold("out " + lesson::shape_text(out, one_dimensional), palette.output.text),
          kit::bold(map_index, palette.text_dim)},
         {kit::bold("out", palette.output.text), kit::bold(map_index, palette.text_dim)}},
        whole.w + layout.gap * 0.8F);
  }
}

void draw_signs(kit::Canvas& canvas, const Context& context) {
  if (!context.moment.started) {
    return;
  }
  const Layout& layout = context.layout;
  const float size = canvas.text_size(22);
  const float half = layout.gap / 2;
  for (std::size_t row = 0; row < layout.kernel.size(); ++row) {
    const Rect& kernel = layout.kernel[row].rect;
    const Rect& stamp = layout.stamp[row].rect;
    if (context.moment.arrived) {
      draw_sign(canvas, {kernel.x - half, kernel.center().y},
                kit::number_text(context.stamp().input, 6) + " \u00B7", Font::kSansBold, size,
                canvas.palette.input.text);
    }
    draw_sign(canvas, {stamp.x - half, stamp.center().y}, "=", Font::kSans, size,
              canvas.palette.text_dim);
    draw_sign(canvas, {stamp.right() + half, stamp.center().y}, "+=", Font::kMono, size * 0.8F,
              canvas.palette.output.text);
  }
}

void draw_notes(kit::Canvas& canvas, const Context& context) {
  const float size = context.layout.caption_size;
  const Rect& main = context.layout.main;
  const float baseline = main.bottom() + size * 1.35F;
  float x = main.x;
  if (context.layer.spec.bias) {
    const std::string bias = canvas.locale.text(
        context.moment.complete ? "stage.stamp_bias_added" : "stage.stamp_bias_to_come",
        {{"bias", biases_text(context)}});
    x += canvas.text({x, baseline}, bias, Font::kSans, size, canvas.palette.bias.text) + size;
  }
  // As many as there is room for, the most important ones first.
  std::string shown;
  for (const std::string& note : notes_of(canvas, context)) {
    const std::string more = shown + (shown.empty() ? "" : "; ") + note;
    if (x + canvas.metrics.width(more, Font::kSans, size) <= main.right()) {
      shown = more;
    }
  }
  canvas.text({x, baseline}, shown, Font::kSans, size, canvas.palette.text_dim);
}

}  // namespace convscope::picture::stamp
