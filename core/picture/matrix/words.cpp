#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/lesson/formula.h"
#include "core/picture/matrix/stage.h"

namespace convscope::picture::matrix {

namespace {

struct Word {
  std::string text;
  Rgba color;
  std::optional<session::Target> target = std::nullopt;
};

std::string size_text(std::int64_t rows, std::int64_t columns) {
  return " (" + std::to_string(rows) + ", " + std::to_string(columns) + ")";
}

float width_of(const kit::Brush& brush, const std::vector<Word>& words, float size) {
  float width = 0;
  for (const Word& word : words) {
    width += brush.metrics.width(word.text, Font::kSansBold, size);
  }
  return width;
}

void draw_words(kit::Brush& brush, const std::vector<Word>& words, Point at, float size) {
  for (const Word& word : words) {
    const float width = brush.metrics.width(word.text, Font::kSansBold, size);
    brush.add(Text{.at = at,
                   .text = word.text,
                   .font = Font::kSansBold,
                   .size = size,
                   .color = word.color,
                   .target = word.target,
                   .target_rect = {at.x, at.y - size, width, size * 1.3F}});
    at.x += width;
  }
}

// What a layer without weights does with each row, in PyTorch's words.
std::string reduction(conv::Op op) {
  switch (op) {
    case conv::Op::kMaxPool:
      return ".amax(1)";
    case conv::Op::kAvgPool:
      return ".mean(1)";
    case conv::Op::kRelu:
      return ".clamp(min=0)";
    case conv::Op::kConv:
    case conv::Op::kConvTranspose:
    case conv::Op::kUnfold:
      break;
  }
  return {};
}

void add_bias(const kit::Brush& brush, const MatrixStage& stage, std::vector<Word>& words) {
  if (stage.layer().spec.bias) {
    words.push_back({" + ", brush.palette.text_dim});
    words.push_back(
        {"bias", brush.palette.bias.text,
         session::Target{session::TensorRole::kBias, {0, 0, 0, stage.step().output_at.c}}});
  }
}

// im2col (9, 9) · weight.T (9, 1) = out (9, 1)
std::vector<Word> im2col_headline(const kit::Brush& brush, const MatrixStage& stage) {
  const Palette& palette = brush.palette;
  const std::int64_t rows = stage.im2col.rows();
  const std::int64_t columns = stage.im2col.columns();
  if (stage.op() == conv::Op::kUnfold) {
    return {{"out" + size_text(columns, rows) + ".T", palette.output.text}};
  }
  const std::int64_t filters = stage.output().c / stage.layer().spec.groups;
  // Without weights every channel has a matrix of its own.
  const std::string slice = !conv::has_weight(stage.op()) && stage.output().c > 1
                                ? "[" + std::to_string(stage.step().output_at.n) + ", " +
                                      std::to_string(stage.step().output_at.c) + "]"
                                : "";
  std::vector<Word> words = {{"im2col" + slice + size_text(rows, columns), palette.input.text}};
  if (conv::has_weight(stage.op())) {
    words.push_back({" \u00B7 ", palette.text_dim});
    words.push_back({"weight.T" + size_text(columns, filters), palette.weight.text});
    add_bias(brush, stage, words);
  } else {
    words.push_back({reduction(stage.op()), palette.text});
  }
  words.push_back({" = ", palette.text_dim});
  words.push_back({"out" + slice + size_text(rows, filters), palette.output.text});
  return words;
}

std::string im2col_note(const kit::Brush& brush, const MatrixStage& stage) {
  const std::int64_t groups = stage.layer().spec.groups;
  const auto text = [&](const char* key) { return brush.locale.text(key); };
  switch (stage.op()) {
    case conv::Op::kConv:
      break;
    case conv::Op::kConvTranspose:
      return text("stage.im2col_stretched");
    case conv::Op::kMaxPool:
      return text("stage.im2col_max");
    case conv::Op::kAvgPool:
      return text("stage.im2col_mean");
    case conv::Op::kRelu:
      return text("stage.im2col_relu");
    case conv::Op::kUnfold:
      return text("stage.im2col_unfold");
  }
  if (groups > 1) {
    const std::int64_t group = stage.step().output_at.c / (stage.output().c / groups);
    return brush.locale.text("stage.im2col_group", {{"group", group + 1}, {"groups", groups}});
  }
  return text("stage.im2col_rows");
}

// Toeplitz (9, 25) · img (25, 1) = out (9, 1)
std::vector<Word> toeplitz_headline(const kit::Brush& brush, const MatrixStage& stage) {
  const Palette& palette = brush.palette;
  const std::int64_t rows = stage.toeplitz->rows();
  const std::int64_t columns = stage.toeplitz->columns();
  const Shape& in = stage.layer().input.shape();
  std::string name = stage.scene.input_name();
  if (in.n * in.c > 1) {
    name += "[" + std::to_string(stage.step().output_at.n) + ", " +
            std::to_string(stage.input_channel()) + "]";
  }
  std::vector<Word> words = {
      {(stage.op() == conv::Op::kConvTranspose ? "C.T" : "Toeplitz") + size_text(rows, columns),
       palette.weight.text},
      {" \u00B7 ", palette.text_dim},
      {name + size_text(columns, 1), palette.input.text}};
  const bool whole = stage.im2col.channels() == 1;
  if (whole) {
    add_bias(brush, stage, words);
  }
  words.push_back({" = ", palette.text_dim});
  words.push_back({whole ? "out" + size_text(rows, 1)
                         : brush.locale.text("stage.toeplitz_part", {{"c", stage.input_channel()}}),
                   palette.output.text});
  return words;
}

std::string toeplitz_note(const kit::Brush& brush, const MatrixStage& stage) {
  const Toeplitz& toeplitz = *stage.toeplitz;
  const bool copies = stage.layer().spec.padding_mode != conv::PaddingMode::kZeros &&
                      stage.layer().pads != conv::Pads{};
  return brush.locale.text(
      stage.op() == conv::Op::kConvTranspose ? "stage.toeplitz_transposed"
      : copies                               ? "stage.toeplitz_copies"
                                             : "stage.toeplitz_places",
      {{"entries", lesson::grouped_digits(toeplitz.entries())},
       {"cells", lesson::grouped_digits(toeplitz.rows() * toeplitz.columns())}});
}

struct Caption {
  std::vector<Word> headline;
  std::string note;
};

Caption im2col_caption(const kit::Brush& brush, const MatrixStage& stage) {
  return {im2col_headline(brush, stage), im2col_note(brush, stage)};
}

Caption toeplitz_caption(const kit::Brush& brush, const MatrixStage& stage) {
  return {toeplitz_headline(brush, stage), toeplitz_note(brush, stage)};
}

float width_of(const kit::Brush& brush, const MatrixStage& stage, const Caption& caption) {
  return std::max(width_of(brush, caption.headline, stage.scene.caption_size),
                  brush.metrics.width(caption.note, Font::kSans, stage.scene.label_size));
}

// The size at which `width` pixels of text of size `wanted` fit into `room`.
float fitted(float wanted, float width, float room) {
  return wanted * std::min(1.0F, std::max(room, 1.0F) / std::max(width, 1.0F));
}

void draw_caption(kit::Brush& brush, const MatrixStage& stage, const BlockLayout& block,
                  float right, const Caption& caption) {
  const Point at = {block.caption.x + block.labels,
                    block.caption.y + stage.scene.caption_size * 1.05F};
  const float room = right - at.x;
  const float wanted = stage.scene.caption_size;
  draw_words(brush, caption.headline, at,
             fitted(wanted, width_of(brush, caption.headline, wanted), room));
  const float small = stage.scene.label_size;
  const float size = fitted(small, brush.metrics.width(caption.note, Font::kSans, small), room);
  if (size >= 0.75F * small) {
    brush.text({at.x, at.y + small * 1.5F}, caption.note, Font::kSans, size,
               brush.palette.text_dim);
  }
}

std::string row_name(const MatrixStage& stage, std::int64_t row) {
  const Index at = stage.output_at(row, 0);
  return (stage.output().h > 1 ? std::to_string(at.y) + ", " : "") + std::to_string(at.x);
}

}  // namespace

CaptionWidths caption_widths(const kit::Brush& brush, const MatrixStage& stage) {
  CaptionWidths widths{.im2col = width_of(brush, stage, im2col_caption(brush, stage))};
  if (stage.toeplitz) {
    widths.toeplitz = width_of(brush, stage, toeplitz_caption(brush, stage));
  }
  return widths;
}

float row_names_width(const kit::Brush& brush, const MatrixStage& stage) {
  const std::string widest = row_name(stage, stage.im2col.rows() - 1);
  return brush.metrics.width(widest, Font::kSans, stage.scene.label_size) + stage.scene.label_size;
}

void draw_captions(kit::Brush& brush, const MatrixStage& stage) {
  const MatrixLayout& layout = stage.layout;
  const bool shared = layout.toeplitz && layout.beside;
  const float edge = stage.scene.main.right();
  const float right =
      shared ? layout.toeplitz->caption.x + layout.toeplitz->labels - stage.scene.caption_size
             : edge;
  draw_caption(brush, stage, layout.im2col, right, im2col_caption(brush, stage));
  if (layout.toeplitz) {
    draw_caption(brush, stage, *layout.toeplitz, edge, toeplitz_caption(brush, stage));
  }
}

void draw_row_names(kit::Brush& brush, const MatrixStage& stage, const BlockLayout& block) {
  const flat::Plane& plane = block.matrix;
  const float size = std::min(stage.scene.label_size, plane.cell * 0.72F);
  if (size < 9 * brush.scale) {
    return;
  }
  const float cap = brush.metrics.of(Font::kSans).cap_height * size;
  for (std::int64_t row = block.rows.first; row < block.rows.end(); ++row) {
    const Rect cell = plane.cells(static_cast<double>(row - block.rows.first), 0);
    const std::string name = row_name(stage, row);
    const bool active = stage.moment().started && row == stage.active_row();
    brush.text({plane.rect.x - block.margin - size * 0.7F, cell.center().y + cap / 2}, name,
               Font::kSans, size, active ? brush.palette.text : brush.palette.text_dim,
               Align::kRight);
  }
}

}  // namespace convscope::picture::matrix
