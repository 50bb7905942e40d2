#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/lesson/formula.h"
#include "core/picture/matrix_stage.h"

namespace convscope {

namespace {

struct Word {
  std::string text;
  Rgba color;
  std::optional<Target> target = std::nullopt;
};

std::string size_text(std::int64_t rows, std::int64_t columns) {
  return " (" + std::to_string(rows) + ", " + std::to_string(columns) + ")";
}

float width_of(const Brush& brush, const std::vector<Word>& words, float size) {
  float width = 0;
  for (const Word& word : words) {
    width += brush.metrics.width(word.text, Font::kSansBold, size);
  }
  return width;
}

void draw_words(Brush& brush, const std::vector<Word>& words, Point at, float size) {
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
std::string reduction(Op op) {
  switch (op) {
    case Op::kMaxPool:
      return ".amax(1)";
    case Op::kAvgPool:
      return ".mean(1)";
    case Op::kRelu:
      return ".clamp(min=0)";
    case Op::kConv:
    case Op::kConvTranspose:
    case Op::kUnfold:
      break;
  }
  return {};
}

void add_bias(const Brush& brush, const MatrixStage& stage, std::vector<Word>& words) {
  if (stage.layer().spec.bias) {
    words.push_back({" + ", brush.palette.text_dim});
    words.push_back({"bias", brush.palette.bias.text,
                     Target{TensorRole::kBias, {0, 0, 0, stage.step().output_at.c}}});
  }
}

// im2col (9, 9) · weight.T (9, 1) = out (9, 1)
std::vector<Word> im2col_headline(const Brush& brush, const MatrixStage& stage) {
  const Palette& palette = brush.palette;
  const std::int64_t rows = stage.im2col.rows();
  const std::int64_t columns = stage.im2col.columns();
  if (stage.op() == Op::kUnfold) {
    return {{"out" + size_text(columns, rows) + ".T", palette.output.text}};
  }
  const std::int64_t filters = stage.output().c / stage.layer().spec.groups;
  std::vector<Word> words = {{"im2col" + size_text(rows, columns), palette.input.text}};
  if (has_weight(stage.op())) {
    words.push_back({" \u00B7 ", palette.text_dim});
    words.push_back({"weight.T" + size_text(columns, filters), palette.weight.text});
    add_bias(brush, stage, words);
  } else {
    words.push_back({reduction(stage.op()), palette.text});
  }
  words.push_back({" = ", palette.text_dim});
  words.push_back({"out" + size_text(rows, filters), palette.output.text});
  return words;
}

const char* im2col_note(const MatrixStage& stage) {
  switch (stage.op()) {
    case Op::kConv:
      break;
    case Op::kConvTranspose:
      return "stage.im2col_stretched";
    case Op::kMaxPool:
      return "stage.im2col_max";
    case Op::kAvgPool:
      return "stage.im2col_mean";
    case Op::kRelu:
      return "stage.im2col_relu";
    case Op::kUnfold:
      return "stage.im2col_unfold";
  }
  return "stage.im2col_rows";
}

// Toeplitz (9, 25) · img (25, 1) = out (9, 1)
std::vector<Word> toeplitz_headline(const Brush& brush, const MatrixStage& stage) {
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
      {(stage.op() == Op::kConvTranspose ? "C.T" : "Toeplitz") + size_text(rows, columns),
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

std::string toeplitz_note(const Brush& brush, const MatrixStage& stage) {
  const Toeplitz& toeplitz = *stage.toeplitz;
  return brush.locale.text(
      stage.op() == Op::kConvTranspose ? "stage.toeplitz_transposed" : "stage.toeplitz_places",
      {{"entries", grouped_digits(toeplitz.entries())},
       {"cells", grouped_digits(toeplitz.rows() * toeplitz.columns())}});
}

// As large as the block, and the room beside it, allow.
void draw_caption(Brush& brush, const MatrixStage& stage, const BlockLayout& block, float right,
                  const std::vector<Word>& words, const std::string& note) {
  const float x = block.caption.x + block.labels;
  const float room = std::max(right - x, 1.0F);
  const auto fitted = [&](float size, float width) {
    return size * std::min(1.0F, room / std::max(width, 1.0F));
  };
  const float size =
      fitted(stage.layout.caption_size, width_of(brush, words, stage.layout.caption_size));
  const float top = block.caption.y;
  draw_words(brush, words, {x, top + stage.layout.caption_size * 1.05F}, size);
  const float small = stage.layout.label_size;
  brush.text({x, top + stage.layout.caption_size * 1.05F + small * 1.5F}, note, Font::kSans,
             fitted(small, brush.metrics.width(note, Font::kSans, small)), brush.palette.text_dim);
}

}  // namespace

void draw_captions(Brush& brush, const MatrixStage& stage) {
  const MatrixLayout& layout = stage.layout;
  const bool shared = layout.toeplitz && layout.beside;
  const float edge = stage.view.right() - 24 * brush.scale;
  const float right =
      shared ? layout.toeplitz->caption.x + layout.toeplitz->labels - layout.caption_size : edge;
  draw_caption(brush, stage, layout.im2col, right, im2col_headline(brush, stage),
               brush.locale.text(im2col_note(stage)));
  if (layout.toeplitz) {
    draw_caption(brush, stage, *layout.toeplitz, edge, toeplitz_headline(brush, stage),
                 toeplitz_note(brush, stage));
  }
}

void draw_row_names(Brush& brush, const MatrixStage& stage, const BlockLayout& block) {
  const Plane& plane = block.matrix;
  const float size = std::min(stage.layout.label_size, plane.cell * 0.72F);
  if (size < 9 * brush.scale) {
    return;
  }
  const float cap = brush.metrics.of(Font::kSans).cap_height * size;
  for (std::int64_t row = block.rows.first; row < block.rows.end(); ++row) {
    const Rect cell = plane.cells(static_cast<double>(row - block.rows.first), 0);
    const Index at = stage.output_at(row, 0);
    const std::string name =
        (stage.output().h > 1 ? std::to_string(at.y) + ", " : "") + std::to_string(at.x);
    const bool active = stage.moment().started && row == stage.active_row();
    brush.text({plane.rect.x - block.margin - size * 0.7F, cell.center().y + cap / 2}, name,
               Font::kSans, size, active ? brush.palette.text : brush.palette.text_dim,
               Align::kRight);
  }
}

}  // namespace convscope
