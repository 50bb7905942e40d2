#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>

#include "core/lesson/formula.h"
#include "core/picture/flat_stage.h"
#include "core/picture/number_text.h"
#include "core/picture/sum_lines.h"

namespace convscope {

namespace {

constexpr float kTitleSize = 21;

// Breaks at spaces so that no line is wider than `room`.
std::vector<std::string> wrapped(const TextMetrics& metrics, const std::string& text, Font font,
                                 float size, float room) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  std::string word;
  std::string line;
  while (words >> word) {
    const std::string longer = line.empty() ? word : line + " " + word;
    if (!line.empty() && metrics.width(longer, font, size) > room) {
      lines.push_back(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (!line.empty()) {
    lines.push_back(line);
  }
  return lines;
}

float narration_size(const Brush& brush) { return brush.text_size(16); }

Rect padded_rect(const FlatStage& stage, const Plane& plane) {
  const Pads& pads = stage.layer.pads;
  return plane.cells(-static_cast<double>(pads.top), -static_cast<double>(pads.left),
                     static_cast<double>(plane.h + pads.top + pads.bottom),
                     static_cast<double>(plane.w + pads.left + pads.right));
}

float caption_baseline(const FlatStage& stage, float top) {
  return top - stage.layout.caption_size * 0.55F;
}

// The first of several ways to say it that is not wider than `room`; empty when none fits.
std::string fitting(const Brush& brush, const std::vector<std::string>& texts, Font font,
                    float size, float room) {
  for (const std::string& text : texts) {
    if (brush.metrics.width(text, font, size) <= room) {
      return text;
    }
  }
  return {};
}

// "[0, 2]": which slice of a tensor of several a plane shows; empty for a tensor of one.
std::string slice_index(std::int64_t count, std::int64_t n, std::int64_t c) {
  return count > 1 ? "[" + std::to_string(n) + ", " + std::to_string(c) + "]" : "";
}

// A tensor's name and shape in its hue, then quietly what follows, as far as there is room.
void draw_caption(Brush& brush, Point at, const std::string& name, const std::string& shape,
                  const std::vector<std::string>& details, const Hue& hue, float size, float room) {
  const std::string title = fitting(brush, {shape.empty() ? name : name + " " + shape, name},
                                    Font::kSansBold, size, room);
  float x = at.x + brush.text(at, title, Font::kSansBold, size, hue.text);
  for (const std::string& detail : details) {
    const float width = brush.metrics.width(detail, Font::kSans, size) + size * 0.5F;
    if (!detail.empty() && x + width <= at.x + room) {
      brush.text({x + size * 0.5F, at.y}, detail, Font::kSans, size, brush.palette.text_dim);
      x += width;
    }
  }
}

// The size with padding, in words where they fit.
std::string padded_text(const Brush& brush, const FlatStage& stage, bool one_dimensional,
                        float room) {
  const Pads& pads = stage.layer.pads;
  const Shape& shape = stage.layer.input.shape();
  if (pads.top + pads.bottom + pads.left + pads.right == 0) {
    return {};
  }
  const TextValues sizes = {{"h", shape.h + pads.top + pads.bottom},
                            {"w", shape.w + pads.left + pads.right}};
  return fitting(
      brush,
      {brush.locale.text(one_dimensional ? "stage.padded_to_1d" : "stage.padded_to", sizes),
       brush.locale.text(one_dimensional ? "stage.padded_short_1d" : "stage.padded_short", sizes)},
      Font::kSans, stage.layout.caption_size, room);
}

void draw_input_captions(Brush& brush, const FlatStage& stage, bool one_dimensional) {
  const FlatLayout& layout = stage.layout;
  const Shape& shape = stage.layer.input.shape();
  const std::string name = stage.session.layer == 0 ? scene_of(stage.session).input_name : "x";
  const float size = layout.caption_size;
  for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
    Rect rect = padded_rect(stage, layout.input[slice]);
    if (layout.pixels) {
      rect.y = padded_rect(stage, layout.input.back()).y;  // above the whole stack
    }
    const float room =
        rect.w + (layout.columns && !layout.pixels ? layout.gap * 0.2F : layout.gap * 0.9F);
    const std::string index =
        slice_index(shape.n * shape.c, stage.batch(), stage.input_channel(slice));
    const Point at = {rect.x, caption_baseline(stage, rect.y)};
    if (slice > 0) {
      draw_caption(brush, at, name + index, "", {}, brush.palette.input, size, room);
    } else {
      const std::string title = name + " " + shape_text(shape, one_dimensional);
      const float left = room - brush.metrics.width(title, Font::kSansBold, size) - size * 0.5F;
      draw_caption(
          brush, at, name, shape_text(shape, one_dimensional),
          {padded_text(brush, stage, one_dimensional, left), layout.merged_rgb ? "" : index},
          brush.palette.input, size, room);
    }
    if (layout.pixels) {
      break;
    }
  }
}

void draw_filter_captions(Brush& brush, const FlatStage& stage, bool one_dimensional) {
  const FlatLayout& layout = stage.layout;
  const Shape& shape = stage.layer.weight.shape();
  const float size = layout.caption_size;
  const bool below = layout.rail > 0;  // above it are the lines from the window
  for (std::size_t slice = 0; slice < layout.weight.size(); ++slice) {
    const Rect& rect = layout.weight[slice].rect;
    const std::string index =
        slice_index(shape.n * shape.c, stage.filter(), stage.group_channel(slice));
    const std::string name = slice == 0 ? "weight" : "weight" + index;
    const std::string shown = slice == 0 ? shape_text(shape, one_dimensional) : "";
    const Point above = {rect.x, caption_baseline(stage, rect.y)};
    const float beside = layout.columns ? layout.gap * 0.8F : layout.gap + layout.caption_size * 2;
    if (below) {
      draw_caption(brush, {rect.x, rect.bottom() + size * 1.35F}, name, shown,
                   {slice == 0 ? index : ""}, brush.palette.weight, size,
                   rect.w + layout.partial[slice].w);
    } else if (layout.columns || layout.pixels) {
      draw_caption(brush, above, name, shown, {slice == 0 ? index : ""}, brush.palette.weight, size,
                   rect.w + beside);
    } else {
      const float room = rect.w + 1.8F * layout.gap;
      const std::string text = fitting(brush, {shown.empty() ? name : name + " " + shown, name},
                                       Font::kSansBold, size, room);
      brush.text({rect.center().x, above.y}, text, Font::kSansBold, size, brush.palette.weight.text,
                 Align::kCenter);
    }
  }
}

void draw_lens_captions(Brush& brush, const FlatStage& stage) {
  const float size = stage.layout.caption_size;
  for (std::size_t slice = 0; slice < stage.layout.lens.size(); ++slice) {
    const Rect& rect = stage.layout.lens[slice].rect;
    const std::int64_t channel = stage.input_channel(slice);
    const std::string text = fitting(
        brush,
        {brush.locale.text("stage.patch", {{"c", channel}}), "c = " + std::to_string(channel)},
        Font::kSans, size, rect.w);
    brush.text({rect.x, caption_baseline(stage, rect.y)}, text, Font::kSans, size,
               brush.palette.input.text);
  }
}

float sum_size(const FlatStage& stage) { return stage.layout.caption_size * 1.15F; }

// Sums behind a filter keep a distance from it; sums below stand flush with the patch.
float sum_inset(const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  return layout.columns && layout.pixels ? 0 : sum_size(stage) * 0.6F;
}

std::string partial_sum_text(const FlatStage& stage, std::size_t slice) {
  const auto channel = static_cast<std::size_t>(stage.group_channel(slice));
  return "= " + number_text(stage.step().partial_sums[channel], sum_style(stage.step()));
}

// Beside the sums of the channels, or under a lone filter; narrowed where the map is near.
void draw_bias(Brush& brush, const FlatStage& stage, float size, float cap) {
  const FlatLayout& layout = stage.layout;
  const std::string text = "+ bias = " + number_text(stage.step().bias, sum_style(stage.step()));
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
                 .target = Target{TensorRole::kBias, {0, 0, 0, stage.filter()}},
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
std::string note_of(const Brush& brush, const FlatStage& stage) {
  std::string note;
  const auto add = [&](const std::string& text) { note += (note.empty() ? "" : "; ") + text; };
  const auto unread = [&](const char* key, const std::vector<std::int64_t>& places,
                          std::int64_t stride) {
    if (!places.empty()) {
      add(brush.locale.text(key, {{"list", listed(places)},
                                  {"count", static_cast<std::int64_t>(places.size())},
                                  {"stride", stride}}));
    }
  };
  const UnreadCells cells = unread_cells(stage.layer);
  unread("stage.rows_never_read", cells.rows, stage.layer.spec.stride.h);
  unread("stage.columns_never_read", cells.columns, stage.layer.spec.stride.w);
  const auto shown = static_cast<std::int64_t>(stage.layout.weight.size());
  if (shown < stage.channels()) {
    add(brush.locale.text("stage.channels_shown", {{"shown", shown}, {"total", stage.channels()}}));
  }
  return note;
}

const std::string& title_of(const Session& session) {
  const std::string& scene_title = scene_of(session).title.in(session.language);
  return scene_title.empty() ? session.lesson.title.in(session.language) : scene_title;
}

float title_width(const Brush& brush, const FlatStage& stage) {
  return brush.metrics.width(title_of(stage.session), Font::kSansBold, brush.text_size(kTitleSize));
}

}  // namespace

int narration_lines(const Brush& brush, const Session& session, float width) {
  std::size_t most = 0;
  for (const Narration& narration : scene_of(session).narration) {
    const std::string& text = narration.text.in(session.language);
    most = std::max(most,
                    wrapped(brush.metrics, text, Font::kSans, narration_size(brush), width).size());
  }
  return static_cast<int>(std::min<std::size_t>(most, 2));
}

void draw_header(Brush& brush, const FlatStage& stage) {
  const Rect& rect = stage.layout.header;
  const Language language = stage.session.language;
  const std::string& title = title_of(stage.session);
  float size = brush.text_size(kTitleSize);
  size *= std::min(1.0F, rect.w / std::max(title_width(brush, stage), 1.0F));
  float baseline = rect.y + brush.text_size(23);
  brush.text({rect.x, baseline}, title, Font::kSansBold, size, brush.palette.text);
  const std::string& narration = narration_of(stage.session).in(language);
  const float body = narration_size(brush);
  baseline += brush.text_size(27);
  std::size_t drawn = 0;
  for (const std::string& line : wrapped(brush.metrics, narration, Font::kSans, body, rect.w)) {
    if (drawn++ == 2) {
      break;
    }
    brush.text({rect.x, baseline}, line, Font::kSans, body, brush.palette.text_dim);
    baseline += brush.text_size(22);
  }
}

void draw_captions(Brush& brush, const FlatStage& stage) {
  const bool one_dimensional = layer_of(stage.session).one_dimensional;
  draw_input_captions(brush, stage, one_dimensional);
  draw_lens_captions(brush, stage);
  draw_filter_captions(brush, stage, one_dimensional);
  const Shape& shape = stage.layer.output_shape;
  const Rect& rect = stage.layout.output.rect;
  const float size = stage.layout.caption_size;
  const std::string title = "out " + shape_text(shape, one_dimensional);
  // A narrow map's caption is centred, or it would run out of the stage.
  const float width = brush.metrics.width(title, Font::kSansBold, size);
  const float x = width > rect.w ? rect.center().x - width / 2 : rect.x;
  draw_caption(brush, {x, caption_baseline(stage, rect.y)}, "out",
               shape_text(shape, one_dimensional),
               {slice_index(shape.n * shape.c, stage.batch(), stage.filter())},
               brush.palette.output, size, std::max(width + 1, rect.w + stage.layout.gap * 0.5F));
}

Point partial_sum_end(const Brush& brush, const FlatStage& stage, std::size_t slice) {
  const float size = sum_size(stage);
  const Rect& place = stage.layout.partial[slice];
  const float width = brush.metrics.width(partial_sum_text(stage, slice), Font::kSans, size);
  return {place.x + sum_inset(stage) + width + size * 0.4F, place.center().y};
}

// Each channel's sum stands behind its filter slice, or below its patch.
void draw_partial_sums(Brush& brush, const FlatStage& stage) {
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
}

void draw_notes(Brush& brush, const FlatStage& stage) {
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
  const float room = layout.header.w - title_width(brush, stage) - layout.gap;
  const float size = layout.label_size * std::min(1.0F, room / width);
  if (size >= 0.75F * layout.label_size) {
    brush.text({layout.header.right(), layout.header.y + brush.text_size(23)}, note, Font::kSans,
               size, brush.palette.text_dim, Align::kRight);
  }
}

}  // namespace convscope
