#include <algorithm>
#include <cmath>

#include "core/picture/kit/number_text.h"
#include "core/picture/kit/stage_colors.h"
#include "core/picture/neuron/stage.h"

namespace convscope::picture::neuron {

namespace {

// What a row stands for: a term of the step, or the bias with its input 1.
struct Edge {
  const conv::Term* term = nullptr;  // null: the bias
  double weight = 1;
  double product = 0;
  bool made = false;
  bool lit = false;
  bool active = false;
};

Edge edge_of(const NeuronStage& stage, const NeuronRow& row) {
  const step::WindowScene& scene = stage.scene;
  const conv::Step& step = scene.step();
  if (row.term < 0) {
    const bool hovered = scene.session.transient.hover &&
                         scene.session.transient.hover->tensor == session::TensorRole::kBias;
    return {nullptr,   step.bias,
            step.bias, stage.made(static_cast<std::int64_t>(step.terms.size()) - 1),
            hovered,   false};
  }
  const conv::Term& term = step.terms[static_cast<std::size_t>(row.term)];
  const auto& lit = scene.lit.terms;
  return {&term,
          static_cast<double>(term.weight),
          term.product,
          stage.made(row.term),
          std::find(lit.begin(), lit.end(), row.term) != lit.end(),
          row.term == scene.moment.active_term};
}

// Whether the edge carries something into the result: of a maximum only the winner does.
bool counts(const NeuronStage& stage, const NeuronRow& row, const Edge& edge) {
  const conv::Step& step = stage.scene.step();
  if (step.fold == conv::Fold::kMax) {
    return row.term == step.winner || !stage.scene.moment.total_shown;
  }
  return edge.term == nullptr || edge.term->counted;
}

float largest_weight(const step::WindowScene& scene) {
  return std::max(
      {std::abs(scene.layer.weight_range.low), std::abs(scene.layer.weight_range.high), 1e-12F});
}

// Colour for the sign, width for the size; a zero is a quiet dashed line.
struct Stroke {
  Rgba color;
  float width = 1;
  float dash = 0;
};

Stroke stroke_of(const kit::Brush& brush, const NeuronStage& stage, const NeuronRow& row,
                 const Edge& edge) {
  const Palette& palette = brush.palette;
  if (edge.term == nullptr) {
    return {palette.bias.line, brush.line_width(2), 0};
  }
  if (!stage.scene.weighted()) {
    const bool counted = counts(stage, row, edge);
    return {counted ? palette.output.line : palette.border, brush.line_width(counted ? 2 : 1),
            counted ? 0 : 4 * brush.scale};
  }
  if (edge.weight == 0) {
    return {palette.text_dim, brush.line_width(1), 4 * brush.scale};
  }
  const auto share = static_cast<float>(
      std::min(std::abs(edge.weight) / static_cast<double>(largest_weight(stage.scene)), 1.0));
  return {edge.weight > 0 ? palette.positive : palette.negative, brush.line_width(1 + 2.5F * share),
          0};
}

void draw_input_box(kit::Brush& brush, const NeuronStage& stage, const NeuronRow& row,
                    const Edge& edge) {
  const step::WindowScene& scene = stage.scene;
  const Palette& palette = brush.palette;
  const float radius = std::min(row.input.h * 0.25F, 5 * brush.scale);
  if (edge.term == nullptr) {
    brush.add(Box{.rect = row.input,
                  .stroke = palette.bias.line,
                  .stroke_width = brush.line_width(1.2F),
                  .radius = radius});
    brush.centered_text(row.input, "1", Font::kSans, stage.layout.text, palette.bias.text);
    return;
  }
  const conv::Term& term = *edge.term;
  const bool ghost = term.padding || !term.has_source;
  const ColorScale scale = kit::slice_scale(scene.look, scene.layer, term.input_at.c, palette);
  const Rgba fill = ghost ? palette.padding_fill : color_of(scale, term.input);
  const bool hot = edge.lit || edge.active;
  brush.add(Box{.rect = row.input,
                .fill = fill,
                .stroke = hot     ? palette.text
                          : ghost ? palette.padding_hatch
                                  : palette.input.line,
                .stroke_width = brush.line_width(hot ? 2.5F : 1.2F),
                .radius = radius,
                .dash = ghost && !hot ? 3 * brush.scale : 0,
                .target = step::input_target(scene, term.input_at)});
  brush.centered_text(row.input, kit::number_text(static_cast<double>(term.input), stage.numbers),
                      Font::kSans, stage.layout.text, ghost ? palette.text_dim : ink_on(fill));
  const float label = std::clamp(stage.layout.text * 0.85F, 10 * brush.scale, 14 * brush.scale);
  brush.text({row.input.x - 6 * brush.scale, row.input.center().y + label * 0.35F},
             "x" + std::to_string(row.term), Font::kMono, label, palette.input.text, Align::kRight);
}

// The weight on its edge: the number that is edited and lit wherever it stands.
void draw_weight(kit::Brush& brush, const NeuronStage& stage, const NeuronRow& row,
                 const Edge& edge) {
  const step::WindowScene& scene = stage.scene;
  const Palette& palette = brush.palette;
  const Hue& hue = edge.term == nullptr ? palette.bias : palette.weight;
  const bool hot = edge.lit || edge.active;
  const session::Target target =
      edge.term == nullptr
          ? session::Target{session::TensorRole::kBias, {0, 0, 0, scene.step().output_at.c}}
          : session::Target{session::TensorRole::kWeight, edge.term->weight_at};
  brush.add(Box{.rect = row.weight,
                .fill = palette.background,
                .stroke = hot ? palette.text : hue.line,
                .stroke_width = brush.line_width(hot ? 2.5F : 1.2F),
                .radius = row.weight.h / 2,
                .target = target});
  brush.centered_text(row.weight, kit::number_text(edge.weight, stage.numbers), Font::kSansBold,
                      stage.layout.text, hue.text);
}

void draw_product(kit::Brush& brush, const NeuronStage& stage, const NeuronRow& row,
                  const Edge& edge) {
  if (!edge.made || edge.term == nullptr || row.product.w <= 0) {
    return;
  }
  const std::string text = kit::number_text(edge.product, stage.numbers);
  const float size = stage.layout.text * 0.95F;
  const Font font = edge.active ? Font::kSansBold : Font::kSans;
  const float width = brush.metrics.width(text, font, size);
  const Rect place = {row.product.x + 4 * brush.scale, row.product.y, width + 8 * brush.scale,
                      row.product.h};
  brush.fill(place, brush.palette.background);
  brush.add(Text{
      .at = {place.center().x, place.center().y + brush.metrics.of(font).cap_height * size / 2},
      .text = text,
      .font = font,
      .size = size,
      .color = edge.product == 0 ? brush.palette.text_dim : brush.palette.text,
      .align = Align::kCenter,
      .target = session::Target{session::TensorRole::kProduct, edge.term->weight_at},
      .target_rect = place});
}

}  // namespace

void draw_edges(kit::Brush& brush, const NeuronStage& stage) {
  const NeuronLayout& layout = stage.layout;
  for (const NeuronRow& row : layout.rows) {
    const Edge edge = edge_of(stage, row);
    const Stroke stroke = stroke_of(brush, stage, row, edge);
    const bool hot = edge.lit || edge.active;
    const Rgba color = faded(stroke.color, edge.made || hot ? 1.0F : 0.45F);
    const float width = stroke.width * (hot ? 1.6F : 1.0F);
    const float y = row.input.center().y;
    const float turn = row.product.right();
    brush.line({row.input.right(), y}, {turn, y}, color, width, stroke.dash);
    // All edges end on the rim of the neuron.
    const float dx = layout.neuron.x - turn;
    const float dy = layout.neuron.y - y;
    const float length = std::max(std::hypot(dx, dy), 1.0F);
    const float reach = std::max(length - layout.radius, 0.0F) / length;
    brush.line({turn, y}, {turn + dx * reach, y + dy * reach}, color, width, stroke.dash);
  }
}

void draw_rows(kit::Brush& brush, const NeuronStage& stage) {
  for (const NeuronRow& row : stage.layout.rows) {
    const Edge edge = edge_of(stage, row);
    draw_input_box(brush, stage, row, edge);
    if (stage.scene.weighted()) {
      draw_weight(brush, stage, row, edge);
      draw_product(brush, stage, row, edge);
    }
  }
  for (const float y : stage.layout.gaps) {
    const Rect& column = stage.layout.rows.front().input;
    brush.centered_text({column.x, y, column.w, 0}, "\u22EE", Font::kSans, stage.layout.text * 1.2F,
                        brush.palette.text_dim);
  }
}

}  // namespace convscope::picture::neuron
