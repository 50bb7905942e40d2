#include <algorithm>
#include <cmath>
#include <utility>

#include "core/conv/analysis/step.h"
#include "core/picture/kit/stage_colors.h"
#include "core/picture/strip/stage.h"

namespace convscope::picture::strip {

namespace {

constexpr float kComparison = 0.6F;  // opacity of what the layer does not do

const Index* hovered(const StripStage& stage, session::TensorRole role) {
  const auto& hover = stage.scene.session.transient.hover;
  return hover && hover->tensor == role ? &hover->at : nullptr;
}

ColorScale input_scale(const kit::Brush& brush, const StripStage& stage) {
  return kit::slice_scale(stage.scene.look, stage.layer(), stage.row.channel, brush.palette);
}

bool is_lit_weight(const StripStage& stage, const Index& own) {
  const Index* weight = hovered(stage, session::TensorRole::kWeight);
  const Index* product = hovered(stage, session::TensorRole::kProduct);
  return (weight != nullptr && *weight == own) || (product != nullptr && *product == own);
}

// Cells that a hovered weight multiplies, window by window.
bool is_multiplied(const StripStage& stage, const StripRule& rule, std::int64_t stage_x) {
  if (hovered(stage, session::TensorRole::kWeight) == nullptr || !rule.own) {
    return false;
  }
  const conv::WindowAxis& axis = rule.axis;
  for (std::int64_t tap = 0; tap < axis.kernel; ++tap) {
    const std::int64_t offset = stage_x + axis.before - tap * axis.dilation;
    if (offset >= 0 && offset % axis.stride == 0 && offset / axis.stride < axis.outputs &&
        is_lit_weight(stage, strip_weight(stage, tap))) {
      return true;
    }
  }
  return false;
}

session::Target target_of(const StripStage& stage, const StripCell& cell, std::int64_t stage_x) {
  if (cell.source) {
    return {session::TensorRole::kInput, *cell.source};
  }
  const bool stretched = stage.layer().spec.op == conv::Op::kConvTranspose;
  return {stretched ? session::TensorRole::kStretched : session::TensorRole::kInput,
          {stage.step().output_at.n, stage.row.channel, stage.row.stage_y, stage_x}};
}

// The value of a window: of a comparison, computed here and now.
std::optional<double> output_value(const StripStage& stage, const StripRule& rule,
                                   std::int64_t window) {
  const Index at = strip_output(stage, window);
  const derive::LayerResult& layer = stage.layer();
  if (rule.own) {
    const bool shown = !layer.output.empty() &&
                       conv::position_of(layer.output_shape, at) < stage.moment().revealed;
    return shown ? std::optional<double>(layer.output.at(at)) : std::nullopt;
  }
  const Shape shape = conv::output_shape(rule.spec, layer.input.shape());
  return conv::step_at(layer.input, layer.weight, layer.bias, rule.spec,
                       conv::position_of(shape, at))
      .value;
}

bool is_active_weight(const StripStage& stage, const Index& own) {
  const std::int64_t term = stage.moment().active_term;
  return term >= 0 && stage.step().terms[static_cast<std::size_t>(term)].weight_at == own;
}

// The cell that makes the output, where it is one: the largest, or the copied one.
bool is_chosen(const StripStage& stage, const StripRule& rule, std::int64_t stage_x) {
  const conv::Step& step = stage.step();
  const std::int64_t term = step.fold == conv::Fold::kCopy ? 0 : step.winner;
  if (!rule.own || !stage.moment().total_shown || term < 0) {
    return false;
  }
  const Index& at = step.terms[static_cast<std::size_t>(term)].input_at;
  return at.y == stage.row.stage_y && at.x == stage_x;
}

void draw_input(kit::Brush& brush, const StripStage& stage, std::size_t panel, std::int64_t x) {
  const StripRule& rule = stage.rules[panel];
  const StripCell cell = strip_cell(stage, rule, x);
  const Rect rect = stage.layout.cell_at(x, stage.layout.panels[panel].cells);
  kit::ValueCell shown{.value = cell.value,
                       .fill = color_of(input_scale(brush, stage), cell.value),
                       .opacity = rule.own ? 1.0F : kComparison,
                       .target = target_of(stage, cell, x)};
  if (cell.padding) {
    shown.kind = kit::ValueCell::Kind::kPadding;
  } else if (!cell.source) {
    shown.kind = kit::ValueCell::Kind::kInserted;
  }
  const bool ignored = stage.layer().spec.op == conv::Op::kMaxPool && !cell.source;
  kit::draw_value_cell(brush, rect, shown, ignored ? kit::NumberFit{} : stage.numbers.input);
  const Index* at = hovered(stage, session::TensorRole::kInput);
  if (at != nullptr && shown.target == session::Target{session::TensorRole::kInput, *at}) {
    kit::draw_lit(brush, rect, brush.palette.text);
  } else if (is_multiplied(stage, rule, x)) {
    kit::draw_lit(brush, rect, brush.palette.weight.line);
  } else if (is_chosen(stage, rule, x)) {
    kit::draw_lit(brush, rect, brush.palette.output.line);
  }
}

// What no window reads grows pale.
void hatch_dropped(kit::Brush& brush, const StripStage& stage, std::size_t panel) {
  const StripRule& rule = stage.rules[panel];
  for (const std::int64_t cell : dropped_cells(rule)) {
    const std::int64_t x = cell * rule.axis.stretch;
    if (stage.layout.stage_cells().holds(x)) {
      const Rect rect = stage.layout.cell_at(x, stage.layout.panels[panel].cells);
      brush.fill(rect, faded(brush.palette.background, 0.35F));
      brush.add(Hatch{rect, faded(brush.palette.padding_hatch, 0.9F), 9 * brush.scale,
                      brush.line_width(1)});
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

StripCell strip_cell(const StripStage& stage, const StripRule& rule, std::int64_t stage_x) {
  StripCell cell;
  cell.padding = stage_x < 0 || stage_x >= rule.axis.stage_size();
  const auto x = rule.axis.source(stage_x);
  if (x && stage.row.source_y) {
    cell.source = {stage.step().output_at.n, stage.row.channel, *stage.row.source_y, *x};
    cell.value = stage.layer().input.at(*cell.source);
  }
  return cell;
}

Index strip_weight(const StripStage& stage, std::int64_t tap) {
  const Index at = {stage.step().output_at.c, stage.row.group_channel, stage.row.tap, tap};
  return conv::own_weight_at(stage.layer().spec, at);
}

Index strip_output(const StripStage& stage, std::int64_t window) {
  const Index& at = stage.step().output_at;
  return {at.n, at.c, at.y, window};
}

kit::Page windows_in_sight(const StripStage& stage, const StripRule& rule) {
  const kit::Page cells = stage.layout.stage_cells();
  const conv::WindowAxis& axis = rule.axis;
  // The middle of a window, where its output stands, is at start + reach / 2.
  const std::int64_t offset = axis.reach() / 2 - axis.before;
  const std::int64_t behind = std::max<std::int64_t>(0, cells.first - offset);
  const std::int64_t first = (behind + axis.stride - 1) / axis.stride;
  const std::int64_t last = cells.end() - 1 - offset;
  const std::int64_t end = last < 0 ? 0 : std::min(axis.outputs, last / axis.stride + 1);
  return {first, std::max<std::int64_t>(0, end - first)};
}

StripNumbers fit_numbers(const kit::Brush& brush, const StripStage& stage) {
  std::vector<float> inputs;
  std::vector<float> weights;
  std::vector<float> outputs;
  const kit::Page cells = stage.layout.stage_cells();
  for (const StripRule& rule : stage.rules) {
    for (std::int64_t x = cells.first; x < cells.end(); ++x) {
      inputs.push_back(strip_cell(stage, rule, x).value);
    }
    const kit::Page windows = windows_in_sight(stage, rule);
    for (std::int64_t window = windows.first; window < windows.end(); ++window) {
      const Index at = strip_output(stage, window);
      const bool known = rule.own && !stage.layer().output.empty();
      const auto value = known ? std::optional<double>(stage.layer().output.at(at))
                               : output_value(stage, rule, window);
      outputs.push_back(static_cast<float>(value.value_or(0.0)));
    }
  }
  for (std::int64_t tap = 0; stage.scene.weighted() && tap < stage.rules[0].axis.kernel; ++tap) {
    weights.push_back(stage.layer().weight.at(strip_weight(stage, tap)));
  }
  return {.input = kit::fit_values(brush, stage.layout.cell, std::move(inputs)),
          .weight = kit::fit_values(brush, stage.layout.weight_height, std::move(weights)),
          .output = kit::fit_values(brush, stage.layout.cell, std::move(outputs))};
}

void draw_inputs(kit::Brush& brush, const StripStage& stage, std::size_t panel) {
  const StripRule& rule = stage.rules[panel];
  const kit::Page cells = stage.layout.stage_cells();
  for (std::int64_t x = std::max(cells.first, rule.begin()); x < std::min(cells.end(), rule.end());
       ++x) {
    draw_input(brush, stage, panel, x);
  }
  hatch_dropped(brush, stage, panel);
  const std::int64_t first = std::max<std::int64_t>(cells.first, 0);
  const std::int64_t last = std::min(cells.end(), rule.axis.stage_size());
  const Rect inside = {stage.layout.x(static_cast<double>(first)), stage.layout.panels[panel].cells,
                       static_cast<float>(last - first) * stage.layout.cell, stage.layout.cell};
  brush.outline(inside, faded(brush.palette.input.line, rule.own ? 1.0F : kComparison),
                brush.line_width(1.5F), 2 * brush.scale);
}

void draw_weights(kit::Brush& brush, const StripStage& stage, std::size_t panel) {
  const StripRule& rule = stage.rules[panel];
  const StripLayout& layout = stage.layout;
  if (!rule.own || !stage.scene.weighted()) {
    return;
  }
  const ColorScale scale = kit::diverging_scale(stage.layer().weight_range, brush.palette);
  const float top = layout.panels[panel].weights;
  const float height = layout.weight_height;
  for (std::int64_t tap = 0; tap < rule.axis.kernel; ++tap) {
    const Index own = strip_weight(stage, tap);
    const float value = stage.layer().weight.at(own);
    const double at = stage.moment().window_x + static_cast<double>(tap * rule.axis.dilation);
    const Rect rect = {layout.x(at) + (layout.cell - height) / 2, top, height, height};
    kit::draw_value_cell(brush, rect,
                         {.value = value,
                          .fill = color_of(scale, value),
                          .target = session::Target{session::TensorRole::kWeight, own}},
                         stage.numbers.weight);
    const bool active = is_active_weight(stage, own);
    brush.outline(rect, faded(brush.palette.weight.line, active ? 1.0F : 0.6F),
                  brush.line_width(active ? 2.5F : 1), 2 * brush.scale);
    if (is_lit_weight(stage, own)) {
      kit::draw_lit(brush, rect, brush.palette.text);
    }
    if (active) {
      const Rect cell = {layout.x(at), layout.panels[panel].cells, layout.cell, layout.cell};
      kit::draw_lit(brush, cell, brush.palette.text);
    }
  }
}

void draw_outputs(kit::Brush& brush, const StripStage& stage, std::size_t panel) {
  const StripRule& rule = stage.rules[panel];
  const ColorScale scale = kit::output_scale(stage.layer(), brush.palette);
  const kit::Page windows = windows_in_sight(stage, rule);
  for (std::int64_t window = windows.first; window < windows.end(); ++window) {
    const Rect rect = strip_output_rect(stage, panel, window);
    const std::optional<double> value = output_value(stage, rule, window);
    kit::ValueCell shown{.kind = kit::ValueCell::Kind::kEmpty};
    if (value) {
      shown.kind = kit::ValueCell::Kind::kValue;
      shown.value = *value;
      shown.fill = color_of(scale, static_cast<float>(*value));
    }
    shown.opacity = rule.own ? 1.0F : kComparison;
    if (rule.own) {
      shown.target = session::Target{session::TensorRole::kOutput, strip_output(stage, window)};
    }
    kit::draw_value_cell(brush, rect, shown, stage.numbers.output);
    brush.outline(rect, faded(brush.palette.output.line, rule.own ? 0.8F : 0.4F),
                  brush.line_width(1), 2 * brush.scale);
    const bool under_way = rule.own && stage.moment().started && window == stage.step().output_at.x;
    if (under_way) {
      brush.outline(rect, brush.palette.output.line, brush.line_width(3), 3 * brush.scale);
    }
    if (is_lit_window(stage, rule, window)) {
      kit::draw_lit(brush, rect, brush.palette.text);
    }
  }
}

}  // namespace convscope::picture::strip
