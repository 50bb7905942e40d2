#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/conv/operators/operator.h"
#include "core/lesson/formula.h"
#include "core/picture/kit/header.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/neuron/context.h"

namespace convscope::picture::neuron {

namespace {

// "0:3", "2:7:2" of an axis that begins at `from`.
std::string slice_code(std::int64_t from, std::int64_t extent, std::int64_t dilation) {
  std::string code = std::to_string(from) + ":" + std::to_string(from + extent);
  return dilation > 1 ? code + ":" + std::to_string(dilation) : code;
}

// As code calls the input that the window slides over.
std::string slid_name(const step::WindowScene& scene) {
  const conv::Pads pads = scene.pads();
  if (pads.top + pads.bottom + pads.left + pads.right > 0) {
    return "padded";
  }
  return scene.layer.equivalent.stretch == conv::Size2{1, 1} ? scene.input_name() : "stretched";
}

// Which cell of the window an unfolding copies.
std::int64_t place_in_window(const step::WindowScene& scene) {
  const conv::Size2& kernel = scene.spec().kernel_size;
  return scene.step().output_at.c % (kernel.h * kernel.w);
}

// The neuron as a module or a call.
std::string neuron_code(const step::WindowScene& scene) {
  const auto terms = static_cast<std::int64_t>(scene.step().terms.size());
  switch (scene.step().fold) {
    case conv::Fold::kSum:
      return "nn.Linear(" + std::to_string(terms) + ", 1" +
             (scene.spec().bias ? ")" : ", bias=False)");
    case conv::Fold::kMax:
      return "segment.max()";
    case conv::Fold::kMean: {
      const double divisor = scene.step().divisor;  // not all cells may count
      return divisor == static_cast<double>(terms) ? "segment.mean()"
                                                   : "segment.sum() / " + kit::number_text(divisor);
    }
    case conv::Fold::kCopy:
      return "segment[" + std::to_string(place_in_window(scene)) + "]";
    case conv::Fold::kRelu:
      return "torch.relu(segment)";
    case conv::Fold::kExpression:
      return std::string(scene.step().expression);
  }
  return {};
}

// How far words shrink where there is little room; then they are left out.
constexpr float kSmallestShare = 0.5F;

// In full, or smaller where there is less room; `align` says in which direction it may extend.
void draw_title(kit::Canvas& canvas, Point at, const std::string& text, Font font, float size,
                Rgba color, Align align, float room) {
  const float share = room / std::max(canvas.metrics.width(text, font, size), 1.0F);
  if (share >= kSmallestShare) {
    canvas.text(at, text, font, size * std::min(1.0F, share), color, align);
  }
}

// The share of the width for the caption of the map at most.
constexpr float kMapShare = 0.24F;

// Where the column of rows begins, with its names.
float column_left(const Layout& layout) { return layout.rows.front().input.x - layout.text * 2.3F; }

// Which channel a slice shows, where the caption does not say it.
void draw_slice_names(kit::Canvas& canvas, const Context& context) {
  const step::WindowScene& scene = context.scene;
  const Layout& layout = context.layout;
  const float size = std::min(scene.label_size, 14 * canvas.scale);
  if (scene.input().shape().c < 2 || layout.merged) {
    return;
  }
  for (std::size_t i = 0; i < (layout.stacked ? 1 : layout.input.size()); ++i) {
    const kit::Plane& plane = layout.input[i];
    const conv::Pads pads = scene.pads();
    const float bottom = plane.rect.bottom() + static_cast<float>(pads.bottom) * plane.cell;
    const std::string name =
        canvas.locale.text("stage.channel", {{"c", scene.first_channel() + layout.channels[i]}});
    if (layout.stacked) {
      canvas.text({plane.rect.center().x, bottom + size * 1.25F}, name, Font::kSans, size,
                  canvas.palette.text_dim, Align::kCenter);
    } else {
      const float left = plane.rect.x - static_cast<float>(pads.left) * plane.cell;
      const float room = left - layout.captions.x - size * 0.5F;
      if (canvas.metrics.width(name, Font::kSans, size) <= room) {
        canvas.text({left - size * 0.5F, (plane.rect.y + bottom) / 2}, name, Font::kSans, size,
                    canvas.palette.text_dim, Align::kRight);
      }
    }
  }
}

// The unrolled patch over its column, the neuron over its own; on two lines where it is narrow.
void draw_codes(kit::Canvas& canvas, const Context& context, Point at, float room) {
  const step::WindowScene& scene = context.scene;
  const Rgba color = scene.weighted() ? canvas.palette.weight.text : canvas.palette.text;
  const float size = scene.caption_size;
  const std::string segment = segment_code(scene);
  const std::string neuron = neuron_code(scene);
  if (context.layout.narrow) {
    const float all = context.layout.captions.right() - at.x;
    draw_title(canvas, at, segment, Font::kMono, size, canvas.palette.input.text, Align::kLeft,
               all);
    draw_title(canvas, {at.x, at.y + size * 1.4F}, neuron, Font::kMono, size, color, Align::kLeft,
               all);
    return;
  }
  const float gap = size * 2;
  const float wanted = canvas.metrics.width(segment, Font::kMono, size) + gap +
                       canvas.metrics.width(neuron, Font::kMono, size);
  if (room < kSmallestShare * wanted) {
    return;
  }
  const float fitted = size * std::min(1.0F, room / wanted);
  const float end =
      at.x + canvas.text(at, segment, Font::kMono, fitted, canvas.palette.input.text) + gap * 0.8F;
  const float width = canvas.metrics.width(neuron, Font::kMono, fitted);
  const float x =
      std::clamp(context.layout.neuron.x - width / 2, end, std::max(end, at.x + room - width));
  canvas.text({x, at.y}, neuron, Font::kMono, fitted, color);
}

struct Parameters {
  std::int64_t shared = 0;
  std::int64_t unshared = 0;
  std::int64_t full = 0;
  std::int64_t places = 0;
};

// For one filter: as it is, with separate weights at every place, and as one linear layer on the
// whole image.
Parameters parameters_of(const step::WindowScene& scene) {
  const auto weights = static_cast<std::int64_t>(scene.step().terms.size());
  const std::int64_t bias = scene.spec().bias ? 1 : 0;
  const Shape& in = scene.layer.input.shape();
  const Shape& out = scene.layer.output_shape;
  const std::int64_t places = out.h * out.w;
  return {weights + bias, (weights + bias) * places, (in.c * in.h * in.w + bias) * places, places};
}

struct SharingLine {
  std::string text;
  Font font;
  float size;
  Rgba color;
};

std::vector<SharingLine> sharing_lines(const kit::Canvas& canvas, const step::WindowScene& scene) {
  if (!scene.weighted()) {
    return {};
  }
  const Parameters p = parameters_of(scene);
  const Shape& in = scene.layer.input.shape();
  const std::string shared = canvas.locale.text(
      "stage.weights_shared", {{"weights", static_cast<std::int64_t>(scene.step().terms.size())},
                               {"places", p.places},
                               {"parameters", p.shared}});
  const std::string unshared = canvas.locale.text("stage.weights_unshared",
                                                  {{"unshared", lesson::grouped_digits(p.unshared)},
                                                   {"inputs", std::to_string(in.c * in.h * in.w)},
                                                   {"outputs", std::to_string(p.places)},
                                                   {"full", lesson::grouped_digits(p.full)}});
  std::vector<SharingLine> lines;
  // A low stage needs the lines for the neurons: there the words are smaller instead.
  constexpr float kLowStage = 24;  // lines
  constexpr float kLowest = 15;
  if (scene.main.h < kLowest * scene.label_size) {
    return {};
  }
  const bool low = scene.main.h < kLowStage * scene.label_size;
  const auto add = [&](const std::string& text, Font font, float size, Rgba color) {
    if (low) {
      lines.push_back({text, font, size, color});
      return;
    }
    for (std::string& line : kit::wrap_text(canvas.metrics, text, font, size, scene.main.w)) {
      lines.push_back({std::move(line), font, size, color});
    }
  };
  add(shared, Font::kSansBold, scene.caption_size, canvas.palette.weight.text);
  add(unshared, Font::kSans, scene.label_size, canvas.palette.text_dim);
  return lines;
}

}  // namespace

std::size_t sharing_line_count(const kit::Canvas& canvas, const step::WindowScene& scene) {
  return sharing_lines(canvas, scene).size();
}

std::string segment_code(const step::WindowScene& scene) {
  const conv::Step& step = scene.step();
  const conv::Pads pads = scene.pads();
  const conv::LayerSpec& spec = scene.spec();
  const std::string rows = slice_code(step.window_y + pads.top, step.window.h, spec.dilation.h);
  const std::string columns = slice_code(step.window_x + pads.left, step.window.w, spec.dilation.w);
  std::string index = scene.one_dimensional() ? columns : rows + ", " + columns;
  if (scene.input().shape().c > 1) {
    const bool all = spec.groups == 1;
    index = (all ? std::string(":") : slice_code(scene.first_channel(), scene.channels(), 1)) +
            ", " + index;
  }
  if (scene.input().shape().n > 1) {
    index = std::to_string(step.output_at.n) + ", " + index;
  }
  return "segment = " + slid_name(scene) + "[" + index + "].reshape(-1)";
}

void draw_neuron_captions(kit::Canvas& canvas, const Context& context) {
  const step::WindowScene& scene = context.scene;
  const Layout& layout = context.layout;
  const Palette& palette = canvas.palette;
  const float size = scene.caption_size;
  const bool line = scene.one_dimensional();
  const float split = column_left(layout);
  // Above the planes, or at the top where these are as high as the stage.
  const auto above = [&](float top) {
    return std::max(top - size * 0.7F, layout.captions.y + size * 1.1F);
  };
  const kit::Plane& input = layout.input.front();
  const float ring_y = static_cast<float>(scene.pads().top) * input.cell;
  const float ring_x = static_cast<float>(scene.pads().left) * input.cell;
  const float left = std::max(input.rect.x - ring_x, layout.captions.x);
  const float top = (layout.stacked ? layout.input.back() : input).rect.y - ring_y;
  // The lines from the window to the column may pass here.
  const std::string title =
      scene.input_name() + " " + lesson::shape_text(scene.layer.input.shape(), line);
  const float title_width =
      std::min(canvas.metrics.width(title, Font::kSansBold, size), split - left - size);
  canvas.fill({left, above(top) - size, std::max(title_width, 0.0F), size * 1.3F},
              palette.background);
  draw_title(canvas, {left, above(top)}, title, Font::kSansBold, size, palette.input.text,
             Align::kLeft, split - left - size);
  draw_slice_names(canvas, context);
  const float right = layout.captions.right();
  const float map_room = layout.captions.w * kMapShare;
  const std::string map = "out " + lesson::shape_text(scene.layer.output_shape, line);
  const float map_width = std::min(canvas.metrics.width(map, Font::kSansBold, size), map_room);
  const Rect& cells = layout.output.rect;
  const float map_x =
      std::min(std::max(cells.x, cells.center().x - map_width / 2), right - map_width);
  draw_title(canvas, {map_x, above(cells.y)}, map, Font::kSansBold, size, palette.output.text,
             Align::kLeft, map_room);
  draw_codes(canvas, context, {split, layout.captions.y + size * 1.1F}, map_x - size - split);
}

void draw_sharing(kit::Canvas& canvas, const Context& context) {
  constexpr float kLeastShare = 0.74F;  // of its size; else it is left out
  const Layout& layout = context.layout;
  float y = layout.words.y + context.scene.label_size * 1.9F;
  std::vector<SharingLine> lines = sharing_lines(canvas, context.scene);
  lines.resize(std::min(lines.size(), layout.lines));
  for (const SharingLine& line : lines) {
    const float width = canvas.metrics.width(line.text, line.font, line.size);
    if (width * kLeastShare <= layout.words.w) {
      draw_title(canvas, {layout.words.center().x, y}, line.text, line.font, line.size, line.color,
                 Align::kCenter, layout.words.w);
    }
    y += context.scene.label_size * 1.8F;
  }
}

}  // namespace convscope::picture::neuron
