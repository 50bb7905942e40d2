#include <algorithm>
#include <string>

#include "core/conv/operators/operator.h"
#include "core/lesson/formula.h"
#include "core/picture/coverage/context.h"
#include "core/picture/kit/runs.h"

namespace convscope::picture::coverage {

namespace {

constexpr std::int64_t kMostSwatches = 9;  // counts up to this each have one
constexpr int kShades = 32;                // of the scale, where there are more
constexpr float kSwatch = 1.7F;            // its side, in ems
constexpr float kAround = 1.7F;            // between swatches and words, in ems

// Two lines above a plane, over it where it is zoomed; links may pass behind them.
void draw_caption(kit::Canvas& canvas, const Context& context, const CoverageSide& side) {
  const float size = context.layout.caption_size;
  const CoverageCaption caption =
      caption_of(canvas.locale, context.session, context.layer, side.role);
  const kit::Runs name = {kit::bold(caption.name, side.hue.text)};
  const kit::Runs meaning = {{caption.meaning, canvas.palette.text_dim}};
  const Rect whole = side.plane().with(side.place.ring);
  const Rect& slot = side.place.slot;
  const float wanted =
      std::max({kit::width_of(canvas, name, size), kit::width_of(canvas, meaning, size), 1.0F});
  const float width = std::min(slot.w, wanted);
  const float x = std::max(slot.x, std::min(whole.x, slot.right() - width));
  const float y =
      std::max(whole.y, context.layout.main.y + context.layout.caption_height) - size * 0.65F;
  canvas.fill({x - size * 0.4F, y - size * 2.6F, width + size * 0.8F, size * 3.1F},
              faded(canvas.palette.background, 0.85F), 4 * canvas.scale);
  kit::draw_shrunk(canvas, name, {x, y - size * 1.45F}, size, width);
  kit::draw_shrunk(canvas, meaning, {x, y}, size, width);
}

// How many cells have a count, in words where there is room.
std::string cells_text(const kit::Canvas& canvas, std::int64_t cells, bool with_words) {
  const std::string number = lesson::grouped_digits(cells);
  return with_words
             ? canvas.locale.text("stage.coverage_cells", {{"count", cells}, {"number", number}})
             : number;
}

// A colour bar from 0 to the highest count. Returns its right end.
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
  const CoverageSide& side = context.main();
  const Rect& area = context.layout.legend;
  const ColorScale scale = count_scale(context, side, canvas.palette);
  const bool many = side.highest > kMostSwatches;
  const std::int64_t lowest = many ? side.highest : 0;
  // In ems: the same at every step, as if all cells had each of the counts.
  const std::int64_t most = side.plane().h * side.plane().w;
  const auto width_in_ems = [&](bool with_words) {
    const float words = canvas.metrics.width(cells_text(canvas, most, with_words), Font::kSans, 1);
    return static_cast<float>(side.highest - lowest + 1) * (kSwatch + kAround + words);
  };
  float size = context.layout.caption_size;
  const float shades = many ? draw_shades(canvas, context, area.x, size) - area.x : 0;
  const float room = (area.w - shades) / size;
  const bool with_words = width_in_ems(true) <= room;
  size *= std::min(1.0F, room / width_in_ems(with_words));
  const float height = size * kSwatch;
  const auto cells = side.counts.histogram();
  float x = area.x + shades;
  for (std::int64_t count = lowest; count <= side.highest; ++count) {
    const auto found = cells.find(count);
    const std::int64_t number = found == cells.end() ? 0 : found->second;
    const Rgba fill = color_of(scale, static_cast<float>(count));
    const std::string text = std::to_string(count);
    const float width =
        std::max(height, canvas.metrics.width(text, Font::kSansBold, size) + size * 0.8F);
    const Rect cell = {x, area.center().y - height / 2, width, height};
    const float alpha = number > 0 ? 1 : 0.35F;
    canvas.add(Box{.rect = cell,
                   .fill = faded(fill, alpha),
                   .stroke = faded(canvas.palette.border, alpha),
                   .stroke_width = canvas.line_width(1),
                   .radius = 3 * canvas.scale});
    canvas.centered_text(cell, text, Font::kSansBold, size, faded(ink_on(fill), alpha));
    x += width + size * 0.5F;
    x += canvas.text({x, area.center().y + size * 0.36F}, cells_text(canvas, number, with_words),
                     Font::kSans, size, faded(canvas.palette.text, alpha)) +
         size * 1.2F;
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
    const std::int64_t total = side.plane().h * side.plane().w;
    text += " " + canvas.locale.text("stage.coverage_never", {{"count", unread}, {"total", total}});
  }
  return text;
}

// "img[2, 3]"
std::string place_text(const std::string& name, const Context& context, const Index& at) {
  const std::string row = context.one_dimensional() ? "" : std::to_string(at.y) + ", ";
  return name + "[" + row + std::to_string(at.x) + "]";
}

// A sentence about the cell under the pointer.
std::string pointed_text(const kit::Canvas& canvas, const Context& context,
                         const session::Target& target) {
  const Index& at = target.at;
  if (target.tensor == session::TensorRole::kInput) {
    const std::string name = session::input_name(context.session);
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

// Places of an axis that are never read.
std::string listed_unread(const conv::AxisCounts& counts, std::int64_t& number) {
  constexpr std::int64_t kMost = 4;
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0 && ++number <= kMost) {
      text += (text.empty() ? "" : ", ") + std::to_string(i);
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

CoverageCaption caption_of(const lesson::Locale& locale, const session::Session& session,
                           const derive::LayerResult& layer, session::TensorRole role) {
  const bool one_dimensional = session::layer_of(session).one_dimensional;
  const bool transposed = conv::operator_of(layer.spec.op).transposed();
  if (role == session::TensorRole::kInput) {
    return {session::input_name(session) + " " +
                lesson::shape_text(layer.input.shape(), one_dimensional),
            locale.text(transposed ? "stage.coverage_reaches" : "stage.coverage_read_by")};
  }
  return {"out " + lesson::shape_text(layer.output_shape, one_dimensional),
          locale.text(transposed ? "stage.coverage_stamped" : "stage.coverage_reads")};
}

void draw_labels(kit::Canvas& canvas, const Context& context) {
  draw_caption(canvas, context, context.input);
  draw_caption(canvas, context, context.output);
  draw_legend(canvas, context);
  const Rect& area = context.layout.words;
  const float line = area.h / 2;
  const auto write = [&](const std::string& text, float y, float size, Rgba color) {
    kit::draw_shrunk(canvas, {{text, color}}, {area.x, y}, size, area.w, 0);
  };
  const float size = context.layout.caption_size;
  write(sentence_of(canvas, context), area.y + line * 0.72F, size * 1.15F, canvas.palette.text);
  write(notes_of(canvas, context), area.y + line * 1.65F, size, canvas.palette.text_dim);
}

}  // namespace convscope::picture::coverage
