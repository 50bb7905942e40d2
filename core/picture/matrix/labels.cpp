#include <algorithm>
#include <string>
#include <vector>

#include "core/conv/operators/operator.h"
#include "core/lesson/formula.h"
#include "core/picture/kit/runs.h"
#include "core/picture/matrix/context.h"

namespace convscope::picture::matrix {

namespace {

std::string size_text(std::int64_t rows, std::int64_t columns) {
  return " (" + std::to_string(rows) + ", " + std::to_string(columns) + ")";
}

void add_bias(const kit::Canvas& canvas, const Context& context, kit::Runs& words) {
  if (context.layer().spec.bias) {
    words.push_back(kit::bold(" + ", canvas.palette.text_dim));
    words.push_back(kit::bold(
        "bias", canvas.palette.bias.text,
        session::Target{session::TensorRole::kBias, {0, 0, 0, context.step().output_at.c}}));
  }
}

// im2col (9, 9) · weight.T (9, 1) = out (9, 1)
kit::Runs im2col_headline(const kit::Canvas& canvas, const Context& context) {
  const Palette& palette = canvas.palette;
  const std::int64_t rows = context.im2col.rows();
  const std::int64_t columns = context.im2col.columns();
  if (context.operation().unfolds) {
    return {kit::bold("out" + size_text(columns, rows) + ".T", palette.output.text)};
  }
  const std::int64_t filters = context.output().c / context.layer().spec.groups;
  // Without weights every channel has a matrix of its own.
  const std::string slice = !conv::has_weight(context.layer().spec.op) && context.output().c > 1
                                ? "[" + std::to_string(context.step().output_at.n) + ", " +
                                      std::to_string(context.step().output_at.c) + "]"
                                : "";
  kit::Runs words = {kit::bold("im2col" + slice + size_text(rows, columns), palette.input.text)};
  if (conv::has_weight(context.layer().spec.op)) {
    words.push_back(kit::bold(" \u00B7 ", palette.text_dim));
    words.push_back(kit::bold("weight.T" + size_text(columns, filters), palette.weight.text));
    add_bias(canvas, context, words);
  } else {
    words.push_back(kit::bold(std::string(context.operation().row_code), palette.text));
  }
  words.push_back(kit::bold(" = ", palette.text_dim));
  words.push_back(kit::bold("out" + slice + size_text(rows, filters), palette.output.text));
  return words;
}

std::string im2col_note(const kit::Canvas& canvas, const Context& context) {
  const std::int64_t groups = context.layer().spec.groups;
  if (groups > 1 && context.operation().weight == conv::WeightLayout::kOutIn) {
    const std::int64_t group = context.step().output_at.c / (context.output().c / groups);
    return canvas.locale.text("stage.im2col_group", {{"group", group + 1}, {"groups", groups}});
  }
  return canvas.locale.text("im2col." + std::string(context.operation().caption));
}

// Toeplitz (9, 25) · img (25, 1) = out (9, 1)
kit::Runs toeplitz_headline(const kit::Canvas& canvas, const Context& context) {
  const Palette& palette = canvas.palette;
  const std::int64_t rows = context.toeplitz->rows();
  const std::int64_t columns = context.toeplitz->columns();
  const Shape& in = context.layer().input.shape();
  std::string name = context.scene.input_name();
  if (in.n * in.c > 1) {
    name += "[" + std::to_string(context.step().output_at.n) + ", " +
            std::to_string(context.input_channel()) + "]";
  }
  kit::Runs words = {
      kit::bold((context.operation().transposed() ? "C.T" : "Toeplitz") + size_text(rows, columns),
                palette.weight.text),
      kit::bold(" \u00B7 ", palette.text_dim),
      kit::bold(name + size_text(columns, 1), palette.input.text)};
  const bool whole = context.im2col.channels() == 1;
  if (whole) {
    add_bias(canvas, context, words);
  }
  words.push_back(kit::bold(" = ", palette.text_dim));
  words.push_back(
      kit::bold(whole ? "out" + size_text(rows, 1)
                      : canvas.locale.text("stage.toeplitz_part", {{"c", context.input_channel()}}),
                palette.output.text));
  return words;
}

std::string toeplitz_note(const kit::Canvas& canvas, const Context& context) {
  const Toeplitz& toeplitz = *context.toeplitz;
  const bool copies = context.layer().spec.padding_mode != conv::PaddingMode::kZeros &&
                      context.layer().pads != conv::Pads{};
  return canvas.locale.text(
      context.operation().transposed() ? "stage.toeplitz_transposed"
      : copies                         ? "stage.toeplitz_copies"
                                       : "stage.toeplitz_places",
      {{"entries", lesson::grouped_digits(toeplitz.entries())},
       {"cells", lesson::grouped_digits(toeplitz.rows() * toeplitz.columns())}});
}

struct Caption {
  kit::Runs headline;
  std::string note;
};

Caption im2col_caption(const kit::Canvas& canvas, const Context& context) {
  return {im2col_headline(canvas, context), im2col_note(canvas, context)};
}

Caption toeplitz_caption(const kit::Canvas& canvas, const Context& context) {
  return {toeplitz_headline(canvas, context), toeplitz_note(canvas, context)};
}

float width_of(const kit::Canvas& canvas, const Context& context, const Caption& caption) {
  return std::max(kit::width_of(canvas, caption.headline, context.scene.caption_size),
                  canvas.metrics.width(caption.note, Font::kSans, context.scene.label_size));
}

// The size at which `width` pixels of text of size `wanted` fit into `room`.
float fitted(float wanted, float width, float room) {
  return wanted * std::min(1.0F, std::max(room, 1.0F) / std::max(width, 1.0F));
}

void draw_caption(kit::Canvas& canvas, const Context& context, const BlockLayout& block,
                  float right, const Caption& caption) {
  const Point at = {block.caption.x + block.labels,
                    block.caption.y + context.scene.caption_size * 1.05F};
  const float room = right - at.x;
  const float wanted = context.scene.caption_size;
  kit::draw_shrunk(canvas, caption.headline, at, wanted, std::max(room, 1.0F), 0);
  const float small = context.scene.label_size;
  const float size = fitted(small, canvas.metrics.width(caption.note, Font::kSans, small), room);
  if (size >= 0.75F * small) {
    canvas.text({at.x, at.y + small * 1.5F}, caption.note, Font::kSans, size,
                canvas.palette.text_dim);
  }
}

std::string row_name(const Context& context, std::int64_t row) {
  const Index at = context.output_at(row, 0);
  return (context.output().h > 1 ? std::to_string(at.y) + ", " : "") + std::to_string(at.x);
}

}  // namespace

CaptionWidths caption_widths(const kit::Canvas& canvas, const Context& context) {
  CaptionWidths widths{.im2col = width_of(canvas, context, im2col_caption(canvas, context))};
  if (context.toeplitz) {
    widths.toeplitz = width_of(canvas, context, toeplitz_caption(canvas, context));
  }
  return widths;
}

float row_names_width(const kit::Canvas& canvas, const Context& context) {
  const std::string widest = row_name(context, context.im2col.rows() - 1);
  return canvas.metrics.width(widest, Font::kSans, context.scene.label_size) +
         context.scene.label_size;
}

void draw_captions(kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  const bool shared = layout.toeplitz && layout.beside;
  const float edge = context.scene.main.right();
  const float right =
      shared ? layout.toeplitz->caption.x + layout.toeplitz->labels - context.scene.caption_size
             : edge;
  draw_caption(canvas, context, layout.im2col, right, im2col_caption(canvas, context));
  if (layout.toeplitz) {
    draw_caption(canvas, context, *layout.toeplitz, edge, toeplitz_caption(canvas, context));
  }
}

void draw_row_names(kit::Canvas& canvas, const Context& context, const BlockLayout& block) {
  const kit::Plane& plane = block.matrix;
  const float size = std::min(context.scene.label_size, plane.cell * 0.72F);
  if (size < 9 * canvas.scale) {
    return;
  }
  const float cap = canvas.metrics.of(Font::kSans).cap_height * size;
  for (std::int64_t row = block.rows.first; row < block.rows.end(); ++row) {
    const Rect cell = plane.cells(row - block.rows.first, 0);
    const std::string name = row_name(context, row);
    const bool active = context.moment().started && row == context.active_row();
    canvas.text({plane.rect.x - block.margin - size * 0.7F, cell.center().y + cap / 2}, name,
                Font::kSans, size, active ? canvas.palette.text : canvas.palette.text_dim,
                Align::kRight);
  }
}

}  // namespace convscope::picture::matrix
