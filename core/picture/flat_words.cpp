#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>

#include "core/picture/flat_stage.h"
#include "core/picture/number_text.h"

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

Rect padded_rect(const FlatStage& stage, const Plane& plane) {
  const Pads& pads = stage.layer.pads;
  return plane.cells(-static_cast<double>(pads.top), -static_cast<double>(pads.left),
                     static_cast<double>(plane.h + pads.top + pads.bottom),
                     static_cast<double>(plane.w + pads.left + pads.right));
}

float caption_baseline(const FlatStage& stage, float top) {
  return top - stage.layout.caption_size * 0.55F;
}

void draw_input_captions(Brush& brush, const FlatStage& stage, bool one_dimensional) {
  const FlatLayout& layout = stage.layout;
  const Scene& scene = scene_of(stage.session);
  const Shape& shape = stage.layer.input.shape();
  const std::string name = stage.session.layer == 0 ? scene.input_name : "x";
  const Pads& pads = stage.layer.pads;
  const bool padded = pads.top + pads.bottom + pads.left + pads.right > 0;
  for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
    const Rect rect = padded_rect(stage, layout.input[slice]);
    float baseline = caption_baseline(stage, rect.y);
    if (slice == 0) {
      if (layout.pixels && !layout.merged_rgb && layout.input.size() > 1) {
        baseline = caption_baseline(stage, padded_rect(stage, layout.input.back()).y);
      }
      const float width =
          brush.text({rect.x, baseline}, name + " " + shape_text(shape, one_dimensional),
                     Font::kSansBold, layout.caption_size, brush.palette.input.text);
      if (padded) {
        const std::string note =
            one_dimensional
                ? brush.locale.text("stage.padded_to_1d", {{"w", shape.w + pads.left + pads.right}})
                : brush.locale.text("stage.padded_to", {{"h", shape.h + pads.top + pads.bottom},
                                                        {"w", shape.w + pads.left + pads.right}});
        brush.text({rect.x + width + layout.caption_size * 0.6F, baseline}, note, Font::kSans,
                   layout.caption_size, brush.palette.text_dim);
      }
    } else if (!layout.pixels) {
      const std::string label = name + "[" + std::to_string(stage.batch()) + ", " +
                                std::to_string(stage.input_channel(slice)) + "]";
      brush.text({rect.x, baseline}, label, Font::kSans, layout.caption_size,
                 brush.palette.input.text);
    }
  }
}

void draw_filter_captions(Brush& brush, const FlatStage& stage, bool one_dimensional) {
  const FlatLayout& layout = stage.layout;
  const Shape& shape = stage.layer.weight.shape();
  const std::string index = shape.n > 1 ? "[" + std::to_string(stage.filter()) + "]" : "";
  const bool many = layout.weight.size() > 1;
  for (std::size_t slice = 0; slice < layout.weight.size(); ++slice) {
    const Rect& rect = layout.weight[slice].rect;
    const float baseline = caption_baseline(stage, rect.y);
    std::string text = "weight" + index + " " + shape_text(shape, one_dimensional);
    if (slice > 0) {
      text = "weight[" + std::to_string(stage.filter()) + ", " +
             std::to_string(stage.group_channel(slice)) + "]";
    }
    brush.text({rect.center().x, baseline}, text,
               slice == 0 || !many ? Font::kSansBold : Font::kSans, layout.caption_size,
               brush.palette.weight.text, Align::kCenter);
  }
}

void draw_lens_captions(Brush& brush, const FlatStage& stage) {
  for (std::size_t slice = 0; slice < stage.layout.lens.size(); ++slice) {
    const Rect& rect = stage.layout.lens[slice].rect;
    const bool one_line = rect.w < 9 * stage.layout.caption_size;
    const std::string channel = std::to_string(stage.input_channel(slice));
    const std::string text =
        one_line ? "c = " + channel
                 : brush.locale.text("stage.patch", {{"c", stage.input_channel(slice)}});
    brush.text({rect.x, caption_baseline(stage, rect.y)}, text, Font::kSans,
               stage.layout.caption_size, brush.palette.input.text);
  }
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

void draw_header(Brush& brush, const FlatStage& stage) {
  const Scene& scene = scene_of(stage.session);
  const Rect& rect = stage.layout.header;
  const Language language = stage.session.language;
  const std::string& scene_title = scene.title.in(language);
  const std::string& title =
      scene_title.empty() ? stage.session.lesson.title.in(language) : scene_title;
  float size = brush.text_size(21);
  const float width = brush.metrics.width(title, Font::kSansBold, size);
  size *= std::min(1.0F, rect.w / std::max(width, 1.0F));
  float baseline = rect.y + brush.text_size(22);
  brush.text({rect.x, baseline}, title, Font::kSansBold, size, brush.palette.text);
  const std::string& narration = narration_of(stage.session).in(language);
  const float body = brush.text_size(16);
  baseline += brush.text_size(26);
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

void draw_partial_sums(Brush& brush, const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  const float size = layout.caption_size * 1.2F;
  for (std::size_t slice = 0; slice < layout.partial.size(); ++slice) {
    const std::int64_t channel = stage.group_channel(slice);
    const bool shown = stage.moment.started &&
                       stage.moment.terms_shown >= (channel + 1) * stage.terms_per_channel();
    if (shown && stage.channels() > 1) {
      const double sum = stage.step().partial_sums[static_cast<std::size_t>(channel)];
      brush.centered_text(layout.partial[slice], "= " + number_text(sum, 8), Font::kSans, size,
                          brush.palette.text);
    }
  }
  if (!stage.layer.spec.bias || layout.weight.empty()) {
    return;
  }
  const Rect& last = layout.weight.back().rect;
  const std::string text =
      "+ bias[" + std::to_string(stage.filter()) + "] = " + number_text(stage.step().bias, 8);
  const float width = brush.metrics.width(text, Font::kSans, size);
  Point at = {last.center().x, last.bottom() + size * 1.7F};
  if (layout.columns) {
    at = {layout.output.rect.x + width / 2,
          layout.partial.back().center().y + brush.metrics.of(Font::kSans).cap_height * size / 2};
  } else if (!layout.partial.empty()) {
    const Rect& partial = layout.partial.back();
    at = {partial.center().x, std::min(partial.center().y + size * 2, partial.bottom())};
  }
  brush.add(Text{.at = at,
                 .text = text,
                 .font = Font::kSans,
                 .size = size,
                 .color = brush.palette.bias.text,
                 .align = Align::kCenter,
                 .target = Target{TensorRole::kBias, {0, 0, 0, stage.filter()}},
                 .target_rect = {at.x - width / 2, at.y - size, width, size * 1.3F}});
}

void draw_notes(Brush& brush, const FlatStage& stage) {
  const LayerResult& layer = stage.layer;
  const Conv2dSpec& spec = layer.spec;
  const Shape& in = layer.input.shape();
  if (in.h > 4096 || in.w > 4096 || stage.layout.input.empty()) {
    return;
  }
  const auto rows = never_read(in.h, spec.kernel_size.h, spec.stride.h, spec.dilation.h,
                               layer.pads.top, layer.output_shape.h);
  const auto columns = never_read(in.w, spec.kernel_size.w, spec.stride.w, spec.dilation.w,
                                  layer.pads.left, layer.output_shape.w);
  std::string note;
  const auto add = [&](const char* key, const std::vector<std::int64_t>& unread,
                       std::int64_t stride) {
    if (!unread.empty()) {
      note += (note.empty() ? "" : "; ") +
              brush.locale.text(key, {{"list", listed(unread)},
                                      {"count", static_cast<std::int64_t>(unread.size())},
                                      {"stride", stride}});
    }
  };
  add("stage.rows_never_read", rows, spec.stride.h);
  add("stage.columns_never_read", columns, spec.stride.w);
  if (note.empty()) {
    return;
  }
  const Rect last = padded_rect(stage, stage.layout.input.back());
  const float below = last.bottom() + stage.layout.label_size * 1.6F;
  const float y = stage.layout.columns ? stage.layout.main.bottom()
                                       : std::min(below, stage.layout.main.bottom());
  brush.text({stage.layout.columns ? stage.layout.main.x : last.x, y}, note, Font::kSans,
             stage.layout.label_size, brush.palette.text_dim);
}

}  // namespace convscope
