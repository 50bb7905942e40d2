#include <algorithm>
#include <string>

#include "core/lesson/formula.h"
#include "core/picture/coverage/context.h"
#include "core/picture/kit/header.h"

namespace convscope::picture::coverage {

namespace {

constexpr std::int64_t kMostSwatches = 9;  // counts up to this each have one
constexpr int kShades = 32;                // of the scale, where there are more

// Two lines above a plane: the tensor, and what its numbers say.
void draw_caption(kit::Canvas& canvas, const Context& context, const CoverageSide& side,
                  const conv::Pads& ring, const std::string& name, const std::string& meaning) {
  const float size = context.layout.caption_size;
  const kit::Plane& plane = side.plane;
  const Rect whole = plane.with(ring);
  // To the left as far as the words need, but never over the other plane.
  const Layout& layout = context.layout;
  const auto cut = static_cast<float>(output_ring(context.layer).left) * layout.output.cell;
  const auto pad = static_cast<float>(input_ring(context.layer).right) * layout.input.cell;
  const bool is_input = side.role == session::TensorRole::kInput;
  const bool beside = !layout.stacked;
  const float low = beside && !is_input ? layout.input.rect.right() + pad + size : layout.main.x;
  const float high = beside && is_input ? layout.output.rect.x - cut - size : layout.main.right();
  const float wanted = std::max({canvas.metrics.width(name, Font::kSansBold, size),
                                 canvas.metrics.width(meaning, Font::kSans, size), 1.0F});
  const float share = std::clamp((high - low) / wanted, 0.6F, 1.0F);
  const float x = std::max(low, std::min(whole.x, high - wanted * share));
  const float baseline =
      std::max(whole.y, layout.main.y + context.layout.caption_height) - size * 0.65F;
  if (whole.y < baseline) {  // zoomed: the plane lies behind
    canvas.fill(
        {x - size * 0.4F, baseline - size * 2.6F, wanted * share + size * 0.8F, size * 3.1F},
        faded(canvas.palette.background, 0.85F), 4 * canvas.scale);
  }
  canvas.text({x, baseline - size * 1.45F}, name, Font::kSansBold, size * share, side.hue.text);
  canvas.text({x, baseline}, meaning, Font::kSans, size * share, canvas.palette.text_dim);
}

void draw_captions(kit::Canvas& canvas, const Context& context) {
  const bool flat = context.one_dimensional();
  const std::string name =
      context.session.look.layer == 0 ? session::scene_of(context.session).input_name : "x";
  draw_caption(canvas, context, context.input, input_ring(context.layer),
               name + " " + lesson::shape_text(context.layer.input.shape(), flat),
               canvas.locale.text(context.transposed() ? "stage.coverage_reaches"
                                                       : "stage.coverage_read_by"));
  draw_caption(
      canvas, context, context.output, output_ring(context.layer),
      "out " + lesson::shape_text(context.layer.output_shape, flat),
      canvas.locale.text(context.transposed() ? "stage.coverage_stamped" : "stage.coverage_reads"));
}

// A cell of the scale and what is written beside it.
struct Swatch {
  std::int64_t count = 0;
  std::string words;
  bool any = true;  // whether there are such cells now
};

std::vector<Swatch> swatches_of(const kit::Canvas& canvas, const Context& context,
                                bool with_words) {
  const auto cells = context.main().counts.histogram();
  const std::int64_t highest = context.main().highest;
  std::vector<Swatch> swatches;
  for (std::int64_t count = highest > kMostSwatches ? highest : 0; count <= highest; ++count) {
    const auto found = cells.find(count);
    const std::int64_t number = found == cells.end() ? 0 : found->second;
    swatches.push_back(
        {count,
         with_words
             ? canvas.locale.text("stage.coverage_cells",
                                  {{"count", number}, {"number", lesson::grouped_digits(number)}})
             : lesson::grouped_digits(number),
         number > 0});
  }
  return swatches;
}

// Shades from none to the highest count, with both numbers. Returns its right end.
float draw_shades(kit::Canvas& canvas, const Context& context, float x, float size) {
  const ColorScale scale = count_scale(context, context.main(), canvas.palette);
  const Rect& area = context.layout.legend;
  const float baseline = area.center().y + size * 0.36F;
  x += canvas.text({x, baseline}, "0", Font::kSans, size, canvas.palette.text_dim) + size * 0.5F;
  const float width = 6 * canvas.scale;
  for (int i = 0; i < kShades; ++i) {
    const float count = scale.high * static_cast<float>(i) / static_cast<float>(kShades - 1);
    canvas.fill({x, area.center().y - size * 0.6F, width, size * 1.2F}, color_of(scale, count));
    x += width;
  }
  return x + size;
}

// The scale of counts and, beside each, how many cells have it now: scale and histogram in one.
void draw_legend(kit::Canvas& canvas, const Context& context) {
  const float size = context.layout.caption_size;
  const Rect& area = context.layout.legend;
  const ColorScale scale = count_scale(context, context.main(), canvas.palette);
  const float side = size * 1.7F;
  const float space = size * 0.5F;
  float x = area.x;
  if (context.main().highest > kMostSwatches) {
    x = draw_shades(canvas, context, x, size);
  }
  const auto width_of = [&](const std::vector<Swatch>& swatches) {
    float width = 0;
    for (const Swatch& swatch : swatches) {
      width += side + 3.4F * space + canvas.metrics.width(swatch.words, Font::kSans, size);
    }
    return width;
  };
  std::vector<Swatch> swatches = swatches_of(canvas, context, true);
  if (x + width_of(swatches) > area.right()) {
    swatches = swatches_of(canvas, context, false);
  }
  for (const Swatch& swatch : swatches) {
    const Rgba fill = color_of(scale, static_cast<float>(swatch.count));
    const std::string number = std::to_string(swatch.count);
    const float width =
        std::max(side, canvas.metrics.width(number, Font::kSansBold, size) + size * 0.8F);
    const Rect cell = {x, area.center().y - side / 2, width, side};
    const float alpha = swatch.any ? 1 : 0.35F;
    canvas.add(Box{.rect = cell,
                   .fill = faded(fill, alpha),
                   .stroke = faded(canvas.palette.border, alpha),
                   .stroke_width = canvas.line_width(1),
                   .radius = 3 * canvas.scale});
    canvas.centered_text(cell, number, Font::kSansBold, size, faded(ink_on(fill), alpha));
    x += width + space;
    x += canvas.text({x, area.center().y + size * 0.36F}, swatch.words, Font::kSans, size,
                     faded(canvas.palette.text, alpha)) +
         2.4F * space;
  }
}

std::string size_text(std::int64_t h, std::int64_t w) {
  return h == w ? std::to_string(h) : std::to_string(h) + "\u00D7" + std::to_string(w);
}

// The stamps' pattern: on the first axis where it is uneven, else on both.
std::string stamps_verdict(const kit::Canvas& canvas, const Context& context) {
  const conv::LayerSpec& spec = context.layer.spec;
  const StampOverlap y = overlap_of(spec.kernel_size.h, spec.stride.h, spec.dilation.h);
  const StampOverlap x = overlap_of(spec.kernel_size.w, spec.stride.w, spec.dilation.w);
  const CoverageSide& side = context.output;
  if (!y.even() || !x.even()) {
    const StampOverlap& uneven = y.even() ? x : y;
    const char* key =
        uneven.dilation > 1 ? "stage.coverage_uneven_dilated" : "stage.coverage_uneven";
    return canvas.locale.text(key, {{"low", side.lowest},
                                    {"high", side.highest},
                                    {"kernel", uneven.kernel},
                                    {"stride", uneven.stride},
                                    {"dilation", uneven.dilation}});
  }
  const std::int64_t inside = y.most * x.most;
  const bool flat = context.one_dimensional();
  std::string text = canvas.locale.text(
      "stage.coverage_even",
      {{"count", inside},
       {"kernel", flat ? std::to_string(x.kernel) : size_text(y.kernel, x.kernel)},
       {"stride", flat ? std::to_string(x.stride) : size_text(y.stride, x.stride)}});
  if (side.lowest < inside) {
    text += " " + canvas.locale.text("stage.coverage_border");
  }
  return text;
}

std::string windows_verdict(const kit::Canvas& canvas, const Context& context) {
  const CoverageSide& side = context.input;
  const auto cells = side.all.histogram();
  std::int64_t lowest = side.highest;
  std::int64_t unread = 0;
  for (const auto& [count, number] : cells) {
    unread += count == 0 ? number : 0;
    lowest = count > 0 ? std::min(lowest, count) : lowest;
  }
  std::string text =
      lowest == side.highest
          ? canvas.locale.text(
                unread > 0 ? "stage.coverage_read_alike" : "stage.coverage_all_alike",
                {{"count", lowest}})
          : canvas.locale.text(unread > 0 ? "stage.coverage_read_range" : "stage.coverage_range",
                               {{"low", lowest}, {"high", side.highest}});
  if (unread > 0) {
    const std::int64_t total = side.plane.h * side.plane.w;
    text += " " + canvas.locale.text("stage.coverage_never", {{"count", unread}, {"total", total}});
  }
  return text;
}

// "img[2, 3]"
std::string place_text(const std::string& name, const Context& context, const Index& at) {
  const std::string row = context.one_dimensional() ? "" : std::to_string(at.y) + ", ";
  return name + "[" + row + std::to_string(at.x) + "]";
}

// What the pointer is on, in a sentence.
std::string pointed_text(const kit::Canvas& canvas, const Context& context,
                         const session::Target& target) {
  const Index& at = target.at;
  if (target.tensor == session::TensorRole::kInput) {
    const std::string name =
        context.session.look.layer == 0 ? session::scene_of(context.session).input_name : "x";
    return canvas.locale.text(
        context.transposed() ? "stage.coverage_cell_reaches" : "stage.coverage_cell_read_by",
        {{"cell", place_text(name, context, at)}, {"count", context.input.all.at(at.y, at.x)}});
  }
  return canvas.locale.text(
      context.transposed() ? "stage.coverage_cell_stamped" : "stage.coverage_cell_reads",
      {{"cell", place_text("out", context, at)}, {"count", context.output.all.at(at.y, at.x)}});
}

std::string sentence_of(const kit::Canvas& canvas, const Context& context) {
  if (const std::optional<session::Target> target = pointed_at(context)) {
    return pointed_text(canvas, context, *target);
  }
  if (!context.moment.complete()) {
    return canvas.locale.text(
        context.moment.scatter_add ? "stage.coverage_stamps_done" : "stage.coverage_windows_done",
        {{"counted", lesson::grouped_digits(context.moment.counted)},
         {"total", lesson::grouped_digits(context.moment.total)}});
  }
  return context.transposed() ? stamps_verdict(canvas, context) : windows_verdict(canvas, context);
}

// Places of an axis that have no count, as people number them.
std::string listed_unread(const conv::AxisCounts& counts, std::int64_t& number) {
  constexpr std::int64_t kMost = 4;
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0 && ++number <= kMost) {
      text += (text.empty() ? "" : ", ") + std::to_string(i + 1);
    }
  }
  return number > kMost ? text + ", \u2026" : text;
}

std::string notes_of(const kit::Canvas& canvas, const Context& context) {
  std::string note;
  const auto add = [&](const std::string& text) { note += (note.empty() ? "" : "; ") + text; };
  const auto unread = [&](const char* key, const conv::AxisCounts& counts, std::int64_t stride,
                          std::int64_t dilation) {
    std::int64_t number = 0;
    const std::string list = listed_unread(counts, number);
    if (number > 0) {
      add(canvas.locale.text(
          key, {{"list", list}, {"count", number}, {"stride", stride}, {"dilation", dilation}}));
    }
  };
  const conv::LayerSpec& spec = context.layer.spec;
  if (!context.transposed()) {
    // With stride 1 only the gaps of a dilated kernel leave cells out.
    unread(spec.stride.h == 1 ? "stage.rows_between_taps" : "stage.rows_never_read",
           context.input.all.rows, spec.stride.h, spec.dilation.h);
    unread(spec.stride.w == 1 ? "stage.columns_between_taps" : "stage.columns_never_read",
           context.input.all.columns, spec.stride.w, spec.dilation.w);
  }
  if (context.layer.input.shape().c > 1 || context.layer.output_shape.c > 1) {
    add(canvas.locale.text("stage.coverage_same"));
  }
  return note;
}

}  // namespace

void draw_labels(kit::Canvas& canvas, const Context& context) {
  draw_captions(canvas, context);
  draw_legend(canvas, context);
  const Rect& area = context.layout.words;
  const float line = area.h / 2;
  const auto write = [&](const std::string& text, float y, float size, Rgba color) {
    const float width = std::max(canvas.metrics.width(text, Font::kSans, size), 1.0F);
    canvas.text({area.x, y}, text, Font::kSans, size * std::min(1.0F, area.w / width), color);
  };
  const float size = context.layout.caption_size;
  write(sentence_of(canvas, context), area.y + line * 0.72F, size * 1.15F, canvas.palette.text);
  write(notes_of(canvas, context), area.y + line * 1.65F, size, canvas.palette.text_dim);
}

}  // namespace convscope::picture::coverage
