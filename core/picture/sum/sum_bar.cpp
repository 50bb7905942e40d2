#include "core/picture/sum/sum_bar.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/conv/operators/operator.h"
#include "core/picture/kit/bands.h"
#include "core/picture/sum/sum_parts.h"

namespace convscope::picture::sum {

namespace {

// The sum of a cell that is pointed at, whatever the playhead is at.
step::Moment spelled_out(const step::Moment& playhead, const conv::Step& step) {
  step::Moment moment = playhead;
  moment.started = true;
  moment.step = step;
  moment.terms_shown = std::ssize(step.terms);
  moment.active_term = -1;
  moment.total_shown = true;
  // Of many channels only one is spelled out: the one that stands there.
  moment.active_channel =
      std::min(moment.active_channel, static_cast<std::int64_t>(step.partial_sums.size()) - 1);
  return moment;
}

// Says whose sum it is: "[1, 2]", row and column.
void name_cell(const kit::Canvas& canvas, const Shape& map, const Index& at,
               std::vector<SumLine>& lines) {
  const std::string row = map.h > 1 ? std::to_string(at.y) + ", " : "";
  for (SumLine& line : lines) {
    if (line.total && line.label.empty()) {
      line.label.push_back({"[" + row + std::to_string(at.x) + "]   ", canvas.palette.output.text});
    }
  }
}

// Before the first step: what is going to happen, in general.
void draw_formula(kit::Canvas& canvas, const Rect& rect, const session::Session& session,
                  const derive::LayerResult& layer) {
  const std::string formula =
      conv::operator_of(layer.spec.op)
          .formula(layer.spec, layer.input.shape(), session::input_name(session));
  float size = canvas.text_size(15);
  size *= std::min(1.0F, rect.w / canvas.metrics.width(formula, Font::kMono, size));
  canvas.centered_text(rect, formula, Font::kMono, size, canvas.palette.text_dim);
}

}  // namespace

Rect draw_sum_bar(kit::Canvas& canvas, const Rect& rect, const session::Session& session,
                  const derive::LayerResult& layer, const step::Moment& playhead,
                  const step::Highlight& lit) {
  const Rect middle = {rect.center().x, rect.center().y, 0, 0};
  if (rect.h <= 0) {
    return middle;
  }
  const bool asked = lit.field.has_value();
  if (!playhead.started && !asked) {
    draw_formula(canvas, rect, session, layer);
    return middle;
  }
  const step::Moment moment = asked ? spelled_out(playhead, *lit.field) : playhead;
  std::vector<SumLine> lines = sum_lines(canvas, layer, moment, lit, session.clock.granularity,
                                         session::input_name(session));
  if (asked) {
    name_cell(canvas, layer.output_shape, moment.step.output_at, lines);
  }
  const auto [size, columns] =
      fit_columns(canvas, lines, std::vector(lines.size(), moment.active_term), rect.w);
  const float left = rect.x + (rect.w - columns.width()) / 2;
  const float step =
      std::min(canvas.text_size(kit::kBarLine), rect.h / static_cast<float>(lines.size()));
  float baseline = rect.y + (rect.h - step * static_cast<float>(lines.size())) / 2 + step * 0.7F;
  Rect value_rect;
  for (const SumLine& line : lines) {
    draw_tokens(canvas, line.label, moment, left, baseline, size);
    const float equals = left + columns.label + columns.body;
    const float x =
        line.right ? equals - width_of(canvas, line.tokens, size) : left + columns.label;
    const float end = draw_tokens(canvas, line.tokens, moment, x, baseline, size);
    const float result_x = line.column ? equals : end;
    draw_tokens(canvas, line.result, moment, result_x, baseline, size);
    if (line.total) {
      const float sign = canvas.metrics.width(line.result[0].text, Font::kSans, size);
      const float width = canvas.metrics.width(line.result[1].text, Font::kSansBold, size);
      value_rect = {result_x + sign, baseline - size, width, size * 1.3F};
    }
    baseline += step;
  }
  return value_rect;
}

}  // namespace convscope::picture::sum
