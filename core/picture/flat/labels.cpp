#include <algorithm>
#include <cmath>
#include <string>

#include "core/conv/operators/operator.h"
#include "core/picture/flat/context.h"
#include "core/picture/kit/header.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/runs.h"
#include "core/picture/sum/sum_lines.h"

namespace convscope::picture::flat {

namespace {

float sum_size(const Context& context) { return context.layout.caption_size * 1.15F; }

// Sums behind a filter keep a distance from it; sums below stand flush with the patch.
float sum_inset(const Context& context) {
  const Layout& layout = context.layout;
  return layout.columns && layout.pixels ? 0 : sum_size(context) * 0.6F;
}

std::string partial_sum_text(const Context& context, std::size_t slice) {
  const auto channel = static_cast<std::size_t>(context.group_channel(slice));
  return "= " +
         kit::number_text(context.step().partial_sums[channel], sum::sum_style(context.step()));
}

// Beside the sums of the channels, or under a lone filter; narrowed where the map is near.
void draw_bias(kit::Canvas& canvas, const Context& context, float size, float cap) {
  const Layout& layout = context.layout;
  const std::string text =
      "+ bias = " + kit::number_text(context.step().bias, sum::sum_style(context.step()));
  float width = canvas.metrics.width(text, Font::kSans, size);
  const Rect& kernel = layout.weight.back().rect;
  Point at = {kernel.center().x - width / 2, kernel.bottom() + size * 1.7F};
  float room = width;
  if (layout.rail > 0) {
    const Rect& map =
        layout.thumbnails.empty() ? layout.output.rect : layout.thumbnails.back().rect;
    at = {layout.output.rect.x, std::max(layout.rail - size * 0.6F, map.bottom() + size * 1.6F)};
    room = layout.main.right() - at.x;
  } else if (layout.columns && layout.pixels) {
    at = {partial_sum_end(canvas, context, layout.partial.size() - 1).x,
          layout.partial.back().center().y + cap / 2};
    room = (layout.between ? layout.output.rect.x - size * 0.5F : layout.main.right()) - at.x;
  } else if (!layout.partial.empty()) {
    const Rect& place = layout.partial.back();
    at = {place.x + size * 0.6F, place.center().y + cap / 2 + size * 1.6F};
    room = layout.output.rect.x - at.x - size * 0.5F;
  }
  const float narrowed = std::clamp(room / width, 0.7F, 1.0F);
  size *= narrowed;
  width *= narrowed;
  const Rect area = {at.x - size * 0.2F, at.y - size, width + size * 0.4F, size * 1.35F};
  canvas.fill(area, canvas.palette.background);  // the line to the map passes behind
  canvas.add(
      Text{.at = at,
           .text = text,
           .font = Font::kSans,
           .size = size,
           .color = canvas.palette.bias.text,
           .target = session::Target{session::TensorRole::kBias, {0, 0, 0, context.filter()}},
           .target_rect = area});
}

std::string listed(const std::vector<std::int64_t>& indices) {
  constexpr std::size_t kMost = 4;
  std::string text;
  for (std::size_t i = 0; i < std::min(indices.size(), kMost); ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(indices[i]);
  }
  return indices.size() > kMost ? text + ", \u2026" : text;
}

// What the picture does not show: cells that are never read, channels without a slice.
std::string note_of(const kit::Canvas& canvas, const Context& context) {
  std::string note;
  const auto add = [&](const std::string& text) { note += (note.empty() ? "" : "; ") + text; };
  const auto unread = [&](const char* key, const std::vector<std::int64_t>& places,
                          std::int64_t stride, std::int64_t dilation) {
    if (!places.empty()) {
      add(canvas.locale.text(key, {{"list", listed(places)},
                                   {"count", static_cast<std::int64_t>(places.size())},
                                   {"stride", stride},
                                   {"dilation", dilation}}));
    }
  };
  const step::DroppedPadding dropped = step::dropped_padding(context.own);
  if (!context.keeps_size && (dropped.rows > 0 || dropped.columns > 0)) {
    add(canvas.locale.text(dropped.columns == 0 ? "stage.padding_dropped_rows"
                           : dropped.rows == 0  ? "stage.padding_dropped_columns"
                                                : "stage.padding_dropped",
                           {{"rows", dropped.rows}, {"columns", dropped.columns}}));
  }
  const step::UnreadCells cells =
      context.keeps_size ? step::UnreadCells{} : step::unread_cells(context.own);
  const bool zero_inserted = context.own.equivalent.stretch != conv::Size2{1, 1};
  const conv::LayerSpec& spec = context.layer.spec;
  // With stride 1 only the gaps of a dilated kernel leave cells out.
  unread(zero_inserted        ? "stage.stretched_rows_never_read"
         : spec.stride.h == 1 ? "stage.rows_between_taps"
                              : "stage.rows_never_read",
         cells.rows, spec.stride.h, spec.dilation.h);
  unread(zero_inserted        ? "stage.stretched_columns_never_read"
         : spec.stride.w == 1 ? "stage.columns_between_taps"
                              : "stage.columns_never_read",
         cells.columns, spec.stride.w, spec.dilation.w);
  const auto shown = static_cast<std::int64_t>(context.layout.middle().size());
  if (shown < context.channels()) {
    add(canvas.locale.text("stage.channels_shown",
                           {{"shown", shown}, {"total", context.channels()}}));
  }
  return note;
}

}  // namespace

Point partial_sum_end(const kit::Canvas& canvas, const Context& context, std::size_t slice) {
  const float size = sum_size(context);
  const Rect& place = context.layout.partial[slice];
  const float width = canvas.metrics.width(partial_sum_text(context, slice), Font::kSans, size);
  return {place.x + sum_inset(context) + width + size * 0.4F, place.center().y};
}

// What the layer does with the patch, below it where there is room; the bar says it, too.
void draw_fold(kit::Canvas& canvas, const Context& context, float size) {
  const Rect& patch = context.layout.middle().back().rect;
  const float baseline = patch.bottom() + size * 1.7F;
  if (!context.moment.total_shown || baseline > context.layout.main.bottom()) {
    return;
  }
  const lesson::TextValues value = {
      {"value", kit::number_text(context.step().value, sum::sum_style(context.step()))}};
  const std::string text =
      canvas.locale.text("fold." + std::string(context.operation().caption), value);
  // Between two tensors: it may be wider than the patch, but leaves both alone.
  const float room = patch.w + 1.6F * context.layout.gap;
  kit::draw_best(canvas, {{kit::bold(text, canvas.palette.output.text)}},
                 {patch.center().x, baseline}, size, room, Align::kCenter);
}

// Each channel's sum stands behind its filter slice, or below its patch.
void draw_partial_sums(kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  const float size = sum_size(context);
  const float cap = canvas.metrics.of(Font::kSans).cap_height * size;
  const bool summed = context.channels() > 1;
  for (std::size_t slice = 0; summed && slice < layout.partial.size(); ++slice) {
    if (context.sum_shown(slice)) {
      const Rect& place = layout.partial[slice];
      canvas.text({place.x + sum_inset(context), place.center().y + cap / 2},
                  partial_sum_text(context, slice), Font::kSans, size, canvas.palette.text);
    }
  }
  // In a row of filters without their sums the sum bar has the bias, too.
  const bool told_below = layout.between && layout.partial.empty();
  if (context.layer.spec.bias && !layout.weight.empty() && !told_below) {
    draw_bias(canvas, context, size, cap);
  }
  if (!context.weighted()) {
    draw_fold(canvas, context, size);
  }
}

void draw_notes(kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  const std::string note = note_of(canvas, context);
  if (note.empty()) {
    return;
  }
  const float width = canvas.metrics.width(note, Font::kSans, layout.label_size);
  const Rect last = padded_rect(context, layout.input.back());
  const float below = last.bottom() + layout.label_size * 1.6F;
  const bool free_below =
      !layout.columns && !layout.pixels && below <= layout.main.bottom() && width <= layout.main.w;
  if (free_below) {
    const float x = std::min(last.x, layout.main.right() - width);
    canvas.text({x, below}, note, Font::kSans, layout.label_size, canvas.palette.text_dim);
    return;
  }
  // Beside the title, as large as it leaves room.
  const float line = kit::title_room(canvas, layout.header);
  const float room = line - kit::title_width(canvas, context.session) - layout.gap;
  const float size = layout.label_size * std::min(1.0F, room / width);
  if (size >= 0.75F * layout.label_size) {
    canvas.text({layout.header.x + line, layout.header.y + canvas.text_size(23)}, note, Font::kSans,
                size, canvas.palette.text_dim, Align::kRight);
  }
}

}  // namespace convscope::picture::flat
