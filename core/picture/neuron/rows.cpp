#include <algorithm>
#include <cmath>
#include <limits>

#include "core/picture/kit/number_text.h"
#include "core/picture/kit/tensor_colors.h"
#include "core/picture/neuron/context.h"

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

Edge edge_of(const Context& context, const NeuronRow& row) {
  const step::WindowScene& scene = context.scene;
  const conv::Step& step = scene.step();
  if (row.term < 0) {
    const bool hovered = scene.session.transient.hover &&
                         scene.session.transient.hover->tensor == session::TensorRole::kBias;
    return {nullptr,   step.bias,
            step.bias, context.made(static_cast<std::int64_t>(step.terms.size()) - 1),
            hovered,   false};
  }
  const conv::Term& term = step.terms[static_cast<std::size_t>(row.term)];
  const auto& lit = scene.lit.terms;
  return {&term,
          static_cast<double>(term.weight),
          term.product,
          context.made(row.term),
          std::find(lit.begin(), lit.end(), row.term) != lit.end(),
          row.term == scene.moment.active_term};
}

// Whether the edge contributes to the result: of a maximum only the winner does.
bool counts(const Context& context, const NeuronRow& row, const Edge& edge) {
  const conv::Step& step = context.scene.step();
  if (step.fold == conv::Fold::kMax) {
    return row.term == step.winner || !context.scene.moment.total_shown;
  }
  return edge.term == nullptr || edge.term->counted;
}

float largest_weight(const step::WindowScene& scene) {
  return std::max(
      {std::abs(scene.layer.weight_range.low), std::abs(scene.layer.weight_range.high), 1e-12F});
}

// Colour for the sign, width for the size; a zero is a thin dashed line.
struct Stroke {
  Rgba color;
  float width = 1;
  float dash = 0;
};

Stroke stroke_of(const kit::Canvas& canvas, const Context& context, const NeuronRow& row,
                 const Edge& edge) {
  const Palette& palette = canvas.palette;
  if (edge.term == nullptr) {
    return {palette.bias.line, canvas.line_width(2), 0};
  }
  if (!context.scene.weighted()) {
    const bool counted = counts(context, row, edge);
    return {counted ? palette.output.line : palette.border, canvas.line_width(counted ? 2 : 1),
            counted ? 0 : 4 * canvas.scale};
  }
  if (edge.weight == 0) {
    return {palette.text_dim, canvas.line_width(1), 4 * canvas.scale};
  }
  const auto share = static_cast<float>(
      std::min(std::abs(edge.weight) / static_cast<double>(largest_weight(context.scene)), 1.0));
  return {edge.weight > 0 ? palette.positive : palette.negative,
          canvas.line_width(1 + 2.5F * share), 0};
}

void draw_input_box(kit::Canvas& canvas, const Context& context, const NeuronRow& row,
                    const Edge& edge) {
  const step::WindowScene& scene = context.scene;
  const Palette& palette = canvas.palette;
  const float radius = std::min(row.input.h * 0.25F, 5 * canvas.scale);
  if (edge.term == nullptr) {
    canvas.add(Box{.rect = row.input,
                   .stroke = palette.bias.line,
                   .stroke_width = canvas.line_width(1.2F),
                   .radius = radius});
    canvas.centered_text(row.input, "1", Font::kSans, context.layout.text, palette.bias.text);
    return;
  }
  const conv::Term& term = *edge.term;
  const bool ghost = term.padding || !term.has_source;
  const ColorScale scale = kit::slice_scale(scene.look, scene.layer, term.input_at.c, palette);
  const Rgba fill = ghost ? palette.padding_fill : color_of(scale, term.input);
  const bool hot = edge.lit || edge.active;
  canvas.add(Box{.rect = row.input,
                 .fill = fill,
                 .stroke = hot     ? palette.text
                           : ghost ? palette.padding_hatch
                                   : palette.input.line,
                 .stroke_width = canvas.line_width(hot ? 2.5F : 1.2F),
                 .radius = radius,
                 .dash = ghost && !hot ? 3 * canvas.scale : 0,
                 .target = step::input_target(scene, term.input_at)});
  // Padding never wins a maximum: it stands for no number, as in the sum below.
  const bool lowest = !term.counted && scene.step().fold == conv::Fold::kMax;
  const double value =
      lowest ? -std::numeric_limits<double>::infinity() : static_cast<double>(term.input);
  canvas.centered_text(row.input, kit::number_text(value, context.numbers), Font::kSans,
                       context.layout.text, ghost ? palette.text_dim : ink_on(fill));
  const float label = std::clamp(context.layout.text * 0.85F, 10 * canvas.scale, 14 * canvas.scale);
  canvas.text({row.input.x - 6 * canvas.scale, row.input.center().y + label * 0.35F},
              "x" + std::to_string(row.term), Font::kMono, label, palette.input.text,
              Align::kRight);
}

// The weight on its edge, which can be edited and highlighted.
void draw_weight(kit::Canvas& canvas, const Context& context, const NeuronRow& row,
                 const Edge& edge) {
  const step::WindowScene& scene = context.scene;
  const Palette& palette = canvas.palette;
  const Hue& hue = edge.term == nullptr ? palette.bias : palette.weight;
  const bool hot = edge.lit || edge.active;
  const session::Target target =
      edge.term == nullptr
          ? session::Target{session::TensorRole::kBias, {0, 0, 0, scene.step().output_at.c}}
          : session::Target{session::TensorRole::kWeight, edge.term->weight_at};
  canvas.add(Box{.rect = row.weight,
                 .fill = palette.background,
                 .stroke = hot ? palette.text : hue.line,
                 .stroke_width = canvas.line_width(hot ? 2.5F : 1.2F),
                 .radius = row.weight.h / 2,
                 .target = target});
  canvas.centered_text(row.weight, kit::number_text(edge.weight, context.numbers), Font::kSansBold,
                       context.layout.text, hue.text);
}

void draw_product(kit::Canvas& canvas, const Context& context, const NeuronRow& row,
                  const Edge& edge) {
  if (!edge.made || edge.term == nullptr || row.product.w <= 0) {
    return;
  }
  const std::string text = kit::number_text(edge.product, context.numbers);
  const float size = context.layout.text * 0.95F;
  const Font font = edge.active ? Font::kSansBold : Font::kSans;
  const float width = canvas.metrics.width(text, font, size);
  const Rect place = {row.product.x + 4 * canvas.scale, row.product.y, width + 8 * canvas.scale,
                      row.product.h};
  canvas.fill(place, canvas.palette.background);
  canvas.add(Text{
      .at = {place.center().x, place.center().y + canvas.metrics.of(font).cap_height * size / 2},
      .text = text,
      .font = font,
      .size = size,
      .color = edge.product == 0 ? canvas.palette.text_dim : canvas.palette.text,
      .align = Align::kCenter,
      .target = session::Target{session::TensorRole::kProduct, edge.term->weight_at},
      .target_rect = place});
}

}  // namespace

void draw_edges(kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  for (const NeuronRow& row : layout.rows) {
    const Edge edge = edge_of(context, row);
    const Stroke stroke = stroke_of(canvas, context, row, edge);
    const bool hot = edge.lit || edge.active;
    const Rgba color = faded(stroke.color, edge.made || hot ? 1.0F : 0.45F);
    const float width = stroke.width * (hot ? 1.6F : 1.0F);
    const float y = row.input.center().y;
    const float turn = row.product.right();
    canvas.line({row.input.right(), y}, {turn, y}, color, width, stroke.dash);
    // All edges end on the rim of the neuron.
    const float dx = layout.neuron.x - turn;
    const float dy = layout.neuron.y - y;
    const float length = std::max(std::hypot(dx, dy), 1.0F);
    const float reach = std::max(length - layout.radius, 0.0F) / length;
    canvas.line({turn, y}, {turn + dx * reach, y + dy * reach}, color, width, stroke.dash);
  }
}

void draw_rows(kit::Canvas& canvas, const Context& context) {
  for (const NeuronRow& row : context.layout.rows) {
    const Edge edge = edge_of(context, row);
    draw_input_box(canvas, context, row, edge);
    if (context.scene.weighted()) {
      draw_weight(canvas, context, row, edge);
      draw_product(canvas, context, row, edge);
    }
  }
  for (const float y : context.layout.gaps) {
    const Rect& column = context.layout.rows.front().input;
    canvas.centered_text({column.x, y, column.w, 0}, "\u22EE", Font::kSans,
                         context.layout.text * 1.2F, canvas.palette.text_dim);
  }
}

}  // namespace convscope::picture::neuron
