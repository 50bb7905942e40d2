#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>

#include "core/picture/flat_stage.h"
#include "core/picture/number_text.h"
#include "core/picture/sum_lines.h"

namespace convscope {

namespace {

// "(1, 3, 5, 5)", as code prints it; a conv1d's tensors have no height.
std::string shape_text(const Shape& shape, bool one_dimensional) {
  std::string text = "(" + std::to_string(shape.n) + ", " + std::to_string(shape.c) + ", ";
  if (!one_dimensional) {
    text += std::to_string(shape.h) + ", ";
  }
  return text + std::to_string(shape.w) + ")";
}

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

// Above the padded input: its name and shape, then the size with padding.
void draw_input_caption(Brush& brush, const FlatStage& stage, const std::string& name,
                        const Rect& rect, float room, bool one_dimensional) {
  const float size = stage.layout.caption_size;
  const Shape& shape = stage.layer.input.shape();
  const Pads& pads = stage.layer.pads;
  const float baseline = caption_baseline(stage, rect.y);
  const std::string caption = fitting(
      brush, {name + " " + shape_text(shape, one_dimensional), name}, Font::kSansBold, size, room);
  const float width =
      brush.text({rect.x, baseline}, caption, Font::kSansBold, size, brush.palette.input.text) +
      size * 0.6F;
  if (pads.top + pads.bottom + pads.left + pads.right == 0) {
    return;
  }
  const TextValues padded = {{"h", shape.h + pads.top + pads.bottom},
                             {"w", shape.w + pads.left + pads.right}};
  const std::string note =
      brush.locale.text(one_dimensional ? "stage.padded_to_1d" : "stage.padded_to", padded);
  const std::string size_alone = "\u2192 " + std::to_string(shape.h + pads.top + pads.bottom) +
                                 "\u00D7" + std::to_string(shape.w + pads.left + pads.right);
  brush.text({rect.x + width, baseline},
             fitting(brush, {note, size_alone}, Font::kSans, size, room - width), Font::kSans, size,
             brush.palette.text_dim);
}

void draw_input_captions(Brush& brush, const FlatStage& stage, bool one_dimensional) {
  const FlatLayout& layout = stage.layout;
  const std::string name = stage.session.layer == 0 ? scene_of(stage.session).input_name : "x";
  for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
    Rect rect = padded_rect(stage, layout.input[slice]);
    if (slice == 0) {
      if (layout.pixels) {
        rect.y = padded_rect(stage, layout.input.back()).y;  // above the whole stack
      }
      const float room = rect.w + (layout.columns ? 0 : layout.gap * 0.9F);
      draw_input_caption(brush, stage, name, rect, room, one_dimensional);
    } else if (!layout.pixels) {
      brush.text({rect.x, caption_baseline(stage, rect.y)},
                 name + "[" + std::to_string(stage.batch()) + ", " +
                     std::to_string(stage.input_channel(slice)) + "]",
                 Font::kSans, layout.caption_size, brush.palette.input.text);
    }
  }
}

void draw_filter_captions(Brush& brush, const FlatStage& stage, bool one_dimensional) {
  const FlatLayout& layout = stage.layout;
  const Shape& shape = stage.layer.weight.shape();
  const std::string index = shape.n > 1 ? "[" + std::to_string(stage.filter()) + "]" : "";
  const float size = layout.caption_size;
  for (std::size_t slice = 0; slice < layout.weight.size(); ++slice) {
    const Rect& rect = layout.weight[slice].rect;
    const std::string full = "weight" + index + " " + shape_text(shape, one_dimensional);
    const std::string of_slice = "weight[" + std::to_string(stage.filter()) + ", " +
                                 std::to_string(stage.group_channel(slice)) + "]";
    const std::vector<std::string> ways = slice == 0
                                              ? std::vector<std::string>{full, "weight" + index}
                                              : std::vector<std::string>{of_slice};
    const Font font = slice == 0 ? Font::kSansBold : Font::kSans;
    if (layout.columns && !layout.pixels) {  // below: above it are the lines from the window
      const std::string text = fitting(brush, ways, font, size, rect.w + layout.partial[slice].w);
      brush.text({rect.x, rect.bottom() + size * 1.35F}, text, font, size,
                 brush.palette.weight.text);
      continue;
    }
    if (layout.columns) {
      const std::string text = fitting(brush, ways, font, size, rect.w + layout.gap * 0.8F);
      brush.text({rect.x, caption_baseline(stage, rect.y)}, text, font, size,
                 brush.palette.weight.text);
      continue;
    }
    const float beside = layout.pixels ? layout.gap : 1.8F * layout.gap;
    const std::string text = fitting(brush, ways, font, size, rect.w + beside);
    brush.text({rect.center().x, caption_baseline(stage, rect.y)}, text, font, size,
               brush.palette.weight.text, Align::kCenter);
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

void draw_bias(Brush& brush, const FlatStage& stage, float size, float cap) {
  const FlatLayout& layout = stage.layout;
  const std::string text = "+ bias = " + number_text(stage.step().bias, sum_style(stage.step()));
  const float width = brush.metrics.width(text, Font::kSans, size);
  const Rect& kernel = layout.weight.back().rect;
  Point at = {kernel.center().x - width / 2, kernel.bottom() + size * 1.7F};  // under a lone filter
  if (layout.columns && layout.pixels) {
    const std::size_t last = layout.partial.size() - 1;
    at = {partial_sum_end(brush, stage, last).x, layout.partial.back().center().y + cap / 2};
  } else if (layout.columns) {
    at = {layout.output.rect.x, layout.partial.back().center().y + cap / 2};
  } else if (!layout.partial.empty()) {
    const Rect& place = layout.partial.back();
    at = {place.x + size * 0.6F, place.center().y + cap / 2 + size * 1.6F};
  }
  brush.add(Text{.at = at,
                 .text = text,
                 .font = Font::kSans,
                 .size = size,
                 .color = brush.palette.bias.text,
                 .target = Target{TensorRole::kBias, {0, 0, 0, stage.filter()}},
                 .target_rect = {at.x, at.y - size, width, size * 1.3F}});
}

std::string listed(const std::vector<std::int64_t>& indices) {
  constexpr std::size_t kMost = 4;
  std::string text;
  for (std::size_t i = 0; i < std::min(indices.size(), kMost); ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(indices[i] + 1);
  }
  return indices.size() > kMost ? text + ", \u2026" : text;
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
  const std::string& scene_title = scene_of(stage.session).title.in(language);
  const std::string& title =
      scene_title.empty() ? stage.session.lesson.title.in(language) : scene_title;
  float size = brush.text_size(21);
  size *=
      std::min(1.0F, rect.w / std::max(brush.metrics.width(title, Font::kSansBold, size), 1.0F));
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
  const bool one_dimensional = layer_of(stage.session).kind == LayerKind::kConv1d;
  draw_input_captions(brush, stage, one_dimensional);
  draw_lens_captions(brush, stage);
  draw_filter_captions(brush, stage, one_dimensional);
  const Shape& shape = stage.layer.output_shape;
  const Rect& rect = stage.layout.output.rect;
  const std::string index = shape.n * shape.c > 1 ? "[" + std::to_string(stage.batch()) + ", " +
                                                        std::to_string(stage.filter()) + "]"
                                                  : "";
  const std::string text = "out" + index + " " + shape_text(shape, one_dimensional);
  // A narrow map's caption is centred, or it would run out of the stage.
  const bool narrow =
      brush.metrics.width(text, Font::kSansBold, stage.layout.caption_size) > rect.w;
  brush.text({narrow ? rect.center().x : rect.x, caption_baseline(stage, rect.y)}, text,
             Font::kSansBold, stage.layout.caption_size, brush.palette.output.text,
             narrow ? Align::kCenter : Align::kLeft);
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
  const Conv2dSpec& spec = stage.layer.spec;
  const UnreadCells unread = unread_cells(stage.layer);
  std::string note;
  const auto add = [&](const char* key, const std::vector<std::int64_t>& places,
                       std::int64_t stride) {
    if (!places.empty()) {
      note += (note.empty() ? "" : "; ") +
              brush.locale.text(key, {{"list", listed(places)},
                                      {"count", static_cast<std::int64_t>(places.size())},
                                      {"stride", stride}});
    }
  };
  add("stage.rows_never_read", unread.rows, spec.stride.h);
  add("stage.columns_never_read", unread.columns, spec.stride.w);
  if (note.empty()) {
    return;
  }
  const FlatLayout& layout = stage.layout;
  if (layout.columns || layout.pixels) {  // the space below the input is taken
    brush.text({layout.header.right(), layout.header.y + brush.text_size(23)}, note, Font::kSans,
               layout.label_size, brush.palette.text_dim, Align::kRight);
    return;
  }
  const Rect last = padded_rect(stage, layout.input.back());
  const float below = last.bottom() + layout.label_size * 1.6F;
  brush.text({last.x, std::min(below, layout.main.bottom())}, note, Font::kSans, layout.label_size,
             brush.palette.text_dim);
}

}  // namespace convscope
