#include <algorithm>
#include <cmath>
#include <string>

#include "core/picture/flat/stage.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/stage_header.h"
#include "core/picture/sum/sum_lines.h"

namespace convscope::picture::flat {

namespace {

float sum_size(const FlatStage& stage) { return stage.layout.caption_size * 1.15F; }

// Sums behind a filter keep a distance from it; sums below stand flush with the patch.
float sum_inset(const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  return layout.columns && layout.pixels ? 0 : sum_size(stage) * 0.6F;
}

std::string partial_sum_text(const FlatStage& stage, std::size_t slice) {
  const auto channel = static_cast<std::size_t>(stage.group_channel(slice));
  return "= " + kit::number_text(stage.step().partial_sums[channel], sum::sum_style(stage.step()));
}

// Beside the sums of the channels, or under a lone filter; narrowed where the map is near.
void draw_bias(kit::Brush& brush, const FlatStage& stage, float size, float cap) {
  const FlatLayout& layout = stage.layout;
  const std::string text =
      "+ bias = " + kit::number_text(stage.step().bias, sum::sum_style(stage.step()));
  float width = brush.metrics.width(text, Font::kSans, size);
  const Rect& kernel = layout.weight.back().rect;
  Point at = {kernel.center().x - width / 2, kernel.bottom() + size * 1.7F};
  float room = width;
  if (layout.rail > 0) {
    const Rect& map =
        layout.thumbnails.empty() ? layout.output.rect : layout.thumbnails.back().rect;
    at = {layout.output.rect.x, std::max(layout.rail - size * 0.6F, map.bottom() + size * 1.6F)};
    room = layout.main.right() - at.x;
  } else if (layout.columns && layout.pixels) {
    at = {partial_sum_end(brush, stage, layout.partial.size() - 1).x,
          layout.partial.back().center().y + cap / 2};
    room = layout.main.right() - at.x;
  } else if (!layout.partial.empty()) {
    const Rect& place = layout.partial.back();
    at = {place.x + size * 0.6F, place.center().y + cap / 2 + size * 1.6F};
    room = layout.output.rect.x - at.x - size * 0.5F;
  }
  const float narrowed = std::clamp(room / width, 0.7F, 1.0F);
  size *= narrowed;
  width *= narrowed;
  const Rect area = {at.x - size * 0.2F, at.y - size, width + size * 0.4F, size * 1.35F};
  brush.fill(area, brush.palette.background);  // the line to the map passes behind
  brush.add(Text{.at = at,
                 .text = text,
                 .font = Font::kSans,
                 .size = size,
                 .color = brush.palette.bias.text,
                 .target = session::Target{session::TensorRole::kBias, {0, 0, 0, stage.filter()}},
                 .target_rect = area});
}

std::string listed(const std::vector<std::int64_t>& indices) {
  constexpr std::size_t kMost = 4;
  std::string text;
  for (std::size_t i = 0; i < std::min(indices.size(), kMost); ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(indices[i] + 1);
  }
  return indices.size() > kMost ? text + ", \u2026" : text;
}

// What the picture alone does not say: cells that are never read, channels without a slice.
std::string note_of(const kit::Brush& brush, const FlatStage& stage) {
  std::string note;
  const auto add = [&](const std::string& text) { note += (note.empty() ? "" : "; ") + text; };
  const auto unread = [&](const char* key, const std::vector<std::int64_t>& places,
                          std::int64_t stride, std::int64_t dilation) {
    if (!places.empty()) {
      add(brush.locale.text(key, {{"list", listed(places)},
                                  {"count", static_cast<std::int64_t>(places.size())},
                                  {"stride", stride},
                                  {"dilation", dilation}}));
    }
  };
  const step::UnreadCells cells = step::unread_cells(stage.own);
  const bool stretched = stage.own.stage.stretch != conv::Size2{1, 1};
  const conv::LayerSpec& spec = stage.layer.spec;
  // With stride 1 only the gaps of a dilated kernel leave cells out.
  unread(stretched            ? "stage.stretched_rows_never_read"
         : spec.stride.h == 1 ? "stage.rows_between_taps"
                              : "stage.rows_never_read",
         cells.rows, spec.stride.h, spec.dilation.h);
  unread(stretched            ? "stage.stretched_columns_never_read"
         : spec.stride.w == 1 ? "stage.columns_between_taps"
                              : "stage.columns_never_read",
         cells.columns, spec.stride.w, spec.dilation.w);
  const auto shown = static_cast<std::int64_t>(stage.layout.middle().size());
  if (shown < stage.channels()) {
    add(brush.locale.text("stage.channels_shown", {{"shown", shown}, {"total", stage.channels()}}));
  }
  return note;
}

}  // namespace

Point partial_sum_end(const kit::Brush& brush, const FlatStage& stage, std::size_t slice) {
  const float size = sum_size(stage);
  const Rect& place = stage.layout.partial[slice];
  const float width = brush.metrics.width(partial_sum_text(stage, slice), Font::kSans, size);
  return {place.x + sum_inset(stage) + width + size * 0.4F, place.center().y};
}

// What becomes of the patch, below it.
void draw_fold(kit::Brush& brush, const FlatStage& stage, float size) {
  if (!stage.moment.total_shown) {
    return;
  }
  const lesson::TextValues value = {
      {"value", kit::number_text(stage.step().value, sum::sum_style(stage.step()))}};
  const auto text = [&] {
    switch (stage.step().fold) {
      case conv::Fold::kMax:
        return brush.locale.text("stage.fold_max", value);
      case conv::Fold::kMean:
        return brush.locale.text("stage.fold_mean", value);
      case conv::Fold::kRelu:
        return brush.locale.text("stage.fold_relu", value);
      default:
        return brush.locale.text("stage.fold_copy", value);
    }
  }();
  const Rect& patch = stage.layout.middle().back().rect;
  brush.text({patch.center().x, patch.bottom() + size * 1.7F}, text, Font::kSansBold, size,
             brush.palette.output.text, Align::kCenter);
}

// Each channel's sum stands behind its filter slice, or below its patch.
void draw_partial_sums(kit::Brush& brush, const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  const float size = sum_size(stage);
  const float cap = brush.metrics.of(Font::kSans).cap_height * size;
  const bool summed = stage.channels() > 1;
  for (std::size_t slice = 0; summed && slice < layout.partial.size(); ++slice) {
    if (stage.sum_shown(slice)) {
      const Rect& place = layout.partial[slice];
      brush.text({place.x + sum_inset(stage), place.center().y + cap / 2},
                 partial_sum_text(stage, slice), Font::kSans, size, brush.palette.text);
    }
  }
  if (stage.layer.spec.bias && !layout.weight.empty()) {
    draw_bias(brush, stage, size, cap);
  }
  if (!stage.weighted()) {
    draw_fold(brush, stage, size);
  }
}

void draw_notes(kit::Brush& brush, const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  const std::string note = note_of(brush, stage);
  if (note.empty()) {
    return;
  }
  const float width = brush.metrics.width(note, Font::kSans, layout.label_size);
  const Rect last = padded_rect(stage, layout.input.back());
  const float below = last.bottom() + layout.label_size * 1.6F;
  const bool free_below = !layout.columns && !layout.pixels && below <= layout.main.bottom();
  if (free_below) {
    brush.text({last.x, below}, note, Font::kSans, layout.label_size, brush.palette.text_dim);
    return;
  }
  // Beside the title, as large as it leaves room.
  const float room = layout.header.w - kit::stage_title_width(brush, stage.session) - layout.gap;
  const float size = layout.label_size * std::min(1.0F, room / width);
  if (size >= 0.75F * layout.label_size) {
    brush.text({layout.header.right(), layout.header.y + brush.text_size(23)}, note, Font::kSans,
               size, brush.palette.text_dim, Align::kRight);
  }
}

}  // namespace convscope::picture::flat
