#include "core/picture/sum/sum_bar.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/conv/operators/operator.h"
#include "core/picture/kit/bands.h"
#include "core/picture/sum/sum_parts.h"

namespace convscope::picture::sum {

namespace {

constexpr float kLargest = 19;  // text sizes at scale 1
constexpr float kSmallest = 12;

// Columns shared by all lines: labels, products up to a common "=", results.
struct Columns {
  float label = 0;
  float body = 0;
  float result = 0;

  float width() const { return label + body + result; }
};

Columns columns_of(const kit::Canvas& canvas, const std::vector<SumLine>& lines, float size) {
  Columns columns;
  for (const SumLine& line : lines) {
    columns.label = std::max(columns.label, width_of(canvas, line.label, size));
    columns.body = std::max(columns.body, width_of(canvas, line.tokens, size));
    columns.result = std::max(columns.result, width_of(canvas, line.result, size));
  }
  return columns;
}

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

float width_of(const kit::Canvas& canvas, const std::vector<Token>& tokens, float size) {
  float width = 0;
  for (const Token& token : tokens) {
    width += canvas.metrics.width(token.text, token.font, size);
  }
  return width;
}

void elide(const kit::Canvas& canvas, std::vector<Token>& tokens, std::int64_t active_term,
           float size, float room) {
  if (width_of(canvas, tokens, size) <= room) {
    return;
  }
  std::vector<std::vector<Token>> summands;
  std::size_t active = 0;
  for (Token& token : tokens) {
    if (token.begins || summands.empty()) {
      summands.emplace_back();
    }
    if (active_term >= 0 && token.term == active_term) {
      active = summands.size() - 1;
    }
    summands.back().push_back(std::move(token));
  }
  const Token dots{" \u2026", canvas.palette.text_dim};
  float used = 2 * canvas.metrics.width(dots.text, dots.font, size);
  std::size_t begin = 0;
  std::size_t end = 0;
  const auto width = [&](std::size_t i) { return width_of(canvas, summands[i], size); };
  while (end < summands.size() && (end <= active || used + width(end) <= room)) {
    used += width(end++);
    while (used > room && begin + 1 < end) {
      used -= width(begin++);
    }
  }
  tokens.clear();
  if (begin > 0) {
    tokens.push_back(dots);
  }
  for (std::size_t i = begin; i < end; ++i) {
    tokens.insert(tokens.end(), summands[i].begin(), summands[i].end());
  }
  if (end < summands.size()) {
    tokens.push_back(dots);
  }
}

float draw_tokens(kit::Canvas& canvas, const std::vector<Token>& tokens, const step::Moment& moment,
                  float x, float baseline, float size) {
  for (const Token& token : tokens) {
    const float width = canvas.metrics.width(token.text, token.font, size);
    if (token.shown) {
      Text text{.at = {x, baseline},
                .text = token.text,
                .font = token.font,
                .size = size,
                .color = token.color};
      if (token.term >= 0) {
        const conv::Term& term = moment.step.terms[static_cast<std::size_t>(token.term)];
        text.target = session::Target{session::TensorRole::kProduct, term.weight_at};
        text.target_rect = {x, baseline - size, width, size * 1.3F};
      }
      canvas.add(text);
    }
    x += width;
  }
  return x;
}

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
  std::vector<SumLine> lines = sum_lines(canvas, layer, moment, lit, session.clock.granularity);
  if (asked) {
    name_cell(canvas, layer.output_shape, moment.step.output_at, lines);
  }
  float size = canvas.text_size(kLargest);
  const float smallest = canvas.text_size(kSmallest);
  while (size > smallest && columns_of(canvas, lines, size).width() > rect.w) {
    size = std::max(size - 0.5F * canvas.scale, smallest);
  }
  Columns columns = columns_of(canvas, lines, size);
  if (columns.width() > rect.w) {
    const float room = rect.w - columns.label - columns.result;
    for (SumLine& line : lines) {
      elide(canvas, line.tokens, moment.active_term, size, room);
    }
    columns = columns_of(canvas, lines, size);
  }
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
