#include <algorithm>
#include <cmath>
#include <utility>

#include "core/conv/analysis/step.h"
#include "core/conv/operators/operator.h"
#include "core/picture/kit/tensor_colors.h"
#include "core/picture/strip/context.h"

namespace convscope::picture::strip {

namespace {

constexpr float kComparison = 0.6F;  // opacity of what the layer does not do

const Index* hovered(const Context& context, session::TensorRole role) {
  const auto& hover = context.scene.session.transient.hover;
  return hover && hover->tensor == role ? &hover->at : nullptr;
}

ColorScale input_scale(const kit::Canvas& canvas, const Context& context) {
  return kit::slice_scale(context.scene.look, context.layer(), context.row.channel, canvas.palette);
}

bool is_lit_weight(const Context& context, const Index& own) {
  const Index* weight = hovered(context, session::TensorRole::kWeight);
  const Index* product = hovered(context, session::TensorRole::kProduct);
  return (weight != nullptr && *weight == own) || (product != nullptr && *product == own);
}

// Cells that a hovered weight multiplies, window by window.
bool is_multiplied(const Context& context, const StripRule& rule, std::int64_t stage_x) {
  if (hovered(context, session::TensorRole::kWeight) == nullptr || !rule.own) {
    return false;
  }
  const conv::WindowAxis& axis = rule.axis;
  for (std::int64_t tap = 0; tap < axis.kernel; ++tap) {
    const std::int64_t offset = stage_x + axis.before - tap * axis.dilation;
    if (offset >= 0 && offset % axis.stride == 0 && offset / axis.stride < axis.outputs &&
        is_lit_weight(context, strip_weight(context, tap))) {
      return true;
    }
  }
  return false;
}

session::Target target_of(const Context& context, const StripCell& cell, std::int64_t stage_x) {
  if (cell.source) {
    return {session::TensorRole::kInput, *cell.source};
  }
  const bool zero_inserted = conv::operator_of(context.layer().spec.op).transposed();
  return {zero_inserted ? session::TensorRole::kZeroInserted : session::TensorRole::kInput,
          {context.step().output_at.n, context.row.channel, context.row.stage_y, stage_x}};
}

// The value of a window: of a comparison, computed here and now.
std::optional<double> output_value(const Context& context, const StripRule& rule,
                                   std::int64_t window) {
  const Index at = strip_output(context, window);
  const derive::LayerResult& layer = context.layer();
  if (rule.own) {
    const bool shown =
        !layer.output.empty() && conv::position_of(layer.output_shape, at) <
                                     std::max(context.moment().revealed, context.moment().kept);
    return shown ? std::optional<double>(layer.output.at(at)) : std::nullopt;
  }
  const Shape shape = conv::output_shape(rule.spec, layer.input.shape());
  return conv::step_at(layer.input, layer.weight, layer.bias, rule.spec,
                       conv::position_of(shape, at))
      .value;
}

bool is_active_weight(const Context& context, const Index& own) {
  const std::int64_t term = context.moment().active_term;
  return term >= 0 && context.step().terms[static_cast<std::size_t>(term)].weight_at == own;
}

// The cell that makes the output, where it is one: the largest, or the copied one.
bool is_chosen(const Context& context, const StripRule& rule, std::int64_t stage_x) {
  const conv::Step& step = context.step();
  const std::int64_t term = step.fold == conv::Fold::kCopy ? 0 : step.winner;
  if (!rule.own || !context.moment().total_shown || term < 0) {
    return false;
  }
  const Index& at = step.terms[static_cast<std::size_t>(term)].input_at;
  return at.y == context.row.stage_y && at.x == stage_x;
}

void draw_input(kit::Canvas& canvas, const Context& context, std::size_t panel, std::int64_t x) {
  const StripRule& rule = context.rules[panel];
  const StripCell cell = strip_cell(context, rule, x);
  const Rect rect = context.layout.cell_at(x, context.layout.panels[panel].cells);
  kit::ValueCell shown{.value = cell.value,
                       .fill = color_of(input_scale(canvas, context), cell.value),
                       .opacity = rule.own ? 1.0F : kComparison,
                       .target = target_of(context, cell, x)};
  if (cell.padding) {
    shown.kind = kit::ValueCell::Kind::kPadding;
  } else if (!cell.source) {
    shown.kind = kit::ValueCell::Kind::kInserted;
  }
  const bool ignored = !cell.source && conv::operator_of(context.layer().spec.op).padding ==
                                           conv::PaddingRole::kIgnored;
  kit::draw_value_cell(canvas, rect, shown, ignored ? kit::NumberFit{} : context.numbers.input);
  const Index* at = hovered(context, session::TensorRole::kInput);
  if (at != nullptr && shown.target == session::Target{session::TensorRole::kInput, *at}) {
    kit::draw_lit(canvas, rect, canvas.palette.text);
  } else if (is_multiplied(context, rule, x)) {
    kit::draw_lit(canvas, rect, canvas.palette.weight.line);
  } else if (is_chosen(context, rule, x)) {
    kit::draw_lit(canvas, rect, canvas.palette.output.line);
  }
}

// Fades cells that no window reads.
void hatch_dropped(kit::Canvas& canvas, const Context& context, std::size_t panel) {
  const StripRule& rule = context.rules[panel];
  for (const std::int64_t cell : dropped_cells(rule)) {
    const std::int64_t x = cell * rule.axis.stretch;
    if (context.layout.stage_cells().holds(x)) {
      const Rect rect = context.layout.cell_at(x, context.layout.panels[panel].cells);
      canvas.fill(rect, faded(canvas.palette.background, 0.35F));
      canvas.add(Hatch{rect, faded(canvas.palette.padding_hatch, 0.9F), 9 * canvas.scale,
                       canvas.line_width(1)});
    }
  }
}

}  // namespace

StripRow strip_row(const step::WindowScene& scene) {
  const conv::WindowAxes axes = conv::window_axes(scene.layer.spec, scene.layer.input.shape());
  const Index& at = scene.step().output_at;
  StripRow row;
  row.group_channel = std::max<std::int64_t>(scene.moment.active_channel, 0);
  row.channel = scene.first_channel() + row.group_channel;
  if (scene.step().fold == conv::Fold::kCopy) {
    row.tap = scene.step().terms[0].weight_at.y;
    row.stage_y = axes.rows.cell(at.y, row.tap);
    row.source_y = axes.rows.source(row.stage_y);
    return row;
  }
  // The filter's middle row, or the nearest one that lies on the input.
  const std::int64_t middle = (axes.rows.kernel - 1) / 2;
  row.tap = middle;
  for (std::int64_t away = 0; away <= axes.rows.kernel && !row.source_y; ++away) {
    for (const std::int64_t tap : {middle - away, middle + away}) {
      const bool inside = tap >= 0 && tap < axes.rows.kernel;
      if (inside && !row.source_y && axes.rows.source(axes.rows.cell(at.y, tap))) {
        row.tap = tap;
        row.source_y = axes.rows.source(axes.rows.cell(at.y, tap));
      }
    }
  }
  row.stage_y = axes.rows.cell(at.y, row.tap);
  return row;
}

StripCell strip_cell(const Context& context, const StripRule& rule, std::int64_t stage_x) {
  StripCell cell;
  cell.padding = stage_x < 0 || stage_x >= rule.axis.stage_size();
  const auto x = rule.axis.source(stage_x);
  if (x && context.row.source_y) {
    cell.source = {context.step().output_at.n, context.row.channel, *context.row.source_y, *x};
    cell.value = context.layer().input.at(*cell.source);
  }
  return cell;
}

Index strip_weight(const Context& context, std::int64_t tap) {
  const Index at = {context.step().output_at.c, context.row.group_channel, context.row.tap, tap};
  return conv::own_weight_at(context.layer().spec, at);
}

Index strip_output(const Context& context, std::int64_t window) {
  const Index& at = context.step().output_at;
  return {at.n, at.c, at.y, window};
}

kit::Page windows_in_sight(const Context& context, const StripRule& rule) {
  const kit::Page cells = context.layout.stage_cells();
  const conv::WindowAxis& axis = rule.axis;
  // The middle of a window, where its output stands, is at start + reach / 2.
  const std::int64_t offset = axis.reach() / 2 - axis.before;
  const std::int64_t behind = std::max<std::int64_t>(0, cells.first - offset);
  const std::int64_t first = (behind + axis.stride - 1) / axis.stride;
  const std::int64_t last = cells.end() - 1 - offset;
  const std::int64_t end = last < 0 ? 0 : std::min(axis.outputs, last / axis.stride + 1);
  return {first, std::max<std::int64_t>(0, end - first)};
}

StripNumbers fit_numbers(const kit::Canvas& canvas, const Context& context) {
  std::vector<float> inputs;
  std::vector<float> weights;
  std::vector<float> outputs;
  const kit::Page cells = context.layout.stage_cells();
  for (const StripRule& rule : context.rules) {
    for (std::int64_t x = cells.first; x < cells.end(); ++x) {
      inputs.push_back(strip_cell(context, rule, x).value);
    }
    const kit::Page windows = windows_in_sight(context, rule);
    for (std::int64_t window = windows.first; window < windows.end(); ++window) {
      const Index at = strip_output(context, window);
      const bool known = rule.own && !context.layer().output.empty();
      const auto value = known ? std::optional<double>(context.layer().output.at(at))
                               : output_value(context, rule, window);
      outputs.push_back(static_cast<float>(value.value_or(0.0)));
    }
  }
  for (std::int64_t tap = 0; context.scene.weighted() && tap < context.rules[0].axis.kernel;
       ++tap) {
    weights.push_back(context.layer().weight.at(strip_weight(context, tap)));
  }
  return {.input = kit::fit_values(canvas, context.layout.cell, std::move(inputs)),
          .weight = kit::fit_values(canvas, context.layout.weight_height, std::move(weights)),
          .output = kit::fit_values(canvas, context.layout.cell, std::move(outputs))};
}

void draw_inputs(kit::Canvas& canvas, const Context& context, std::size_t panel) {
  const StripRule& rule = context.rules[panel];
  const kit::Page cells = context.layout.stage_cells();
  for (std::int64_t x = std::max(cells.first, rule.begin()); x < std::min(cells.end(), rule.end());
       ++x) {
    draw_input(canvas, context, panel, x);
  }
  hatch_dropped(canvas, context, panel);
  const std::int64_t first = std::max<std::int64_t>(cells.first, 0);
  const std::int64_t last = std::min(cells.end(), rule.axis.stage_size());
  const Rect inside = {context.layout.x(static_cast<double>(first)),
                       context.layout.panels[panel].cells,
                       static_cast<float>(last - first) * context.layout.cell, context.layout.cell};
  canvas.outline(inside, faded(canvas.palette.input.line, rule.own ? 1.0F : kComparison),
                 canvas.line_width(1.5F), 2 * canvas.scale);
}

void draw_weights(kit::Canvas& canvas, const Context& context, std::size_t panel) {
  const StripRule& rule = context.rules[panel];
  const Layout& layout = context.layout;
  if (!rule.own || !context.scene.weighted()) {
    return;
  }
  const ColorScale scale = kit::diverging_scale(context.layer().weight_range, canvas.palette);
  const float top = layout.panels[panel].weights;
  const float height = layout.weight_height;
  for (std::int64_t tap = 0; tap < rule.axis.kernel; ++tap) {
    const Index own = strip_weight(context, tap);
    const float value = context.layer().weight.at(own);
    const double at = context.moment().window_x + static_cast<double>(tap * rule.axis.dilation);
    const Rect rect = {layout.x(at) + (layout.cell - height) / 2, top, height, height};
    kit::draw_value_cell(canvas, rect,
                         {.value = value,
                          .fill = color_of(scale, value),
                          .target = session::Target{session::TensorRole::kWeight, own}},
                         context.numbers.weight);
    const bool active = is_active_weight(context, own);
    canvas.outline(rect, faded(canvas.palette.weight.line, active ? 1.0F : 0.6F),
                   canvas.line_width(active ? 2.5F : 1), 2 * canvas.scale);
    if (is_lit_weight(context, own)) {
      kit::draw_lit(canvas, rect, canvas.palette.text);
    }
    if (active) {
      const Rect cell = {layout.x(at), layout.panels[panel].cells, layout.cell, layout.cell};
      kit::draw_lit(canvas, cell, canvas.palette.text);
    }
  }
}

void draw_outputs(kit::Canvas& canvas, const Context& context, std::size_t panel) {
  const StripRule& rule = context.rules[panel];
  const ColorScale scale = kit::output_scale(context.layer(), canvas.palette);
  const kit::Page windows = windows_in_sight(context, rule);
  for (std::int64_t window = windows.first; window < windows.end(); ++window) {
    const Rect rect = strip_output_rect(context, panel, window);
    const std::optional<double> value = output_value(context, rule, window);
    kit::ValueCell shown{.kind = kit::ValueCell::Kind::kEmpty};
    if (value) {
      shown.kind = kit::ValueCell::Kind::kValue;
      shown.value = *value;
      shown.fill = color_of(scale, static_cast<float>(*value));
    }
    shown.opacity = rule.own ? 1.0F : kComparison;
    if (rule.own) {
      shown.target = session::Target{session::TensorRole::kOutput, strip_output(context, window)};
    }
    kit::draw_value_cell(canvas, rect, shown, context.numbers.output);
    canvas.outline(rect, faded(canvas.palette.output.line, rule.own ? 0.8F : 0.4F),
                   canvas.line_width(1), 2 * canvas.scale);
    const bool under_way =
        rule.own && context.moment().started && window == context.step().output_at.x;
    if (under_way) {
      canvas.outline(rect, canvas.palette.output.line, canvas.line_width(3), 3 * canvas.scale);
    }
    if (is_lit_window(context, rule, window)) {
      kit::draw_lit(canvas, rect, canvas.palette.text);
    }
  }
}

}  // namespace convscope::picture::strip
