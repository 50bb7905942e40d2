// Lines of a sum in columns, as large as the room allows.
#include <algorithm>

#include "core/picture/sum/sum_parts.h"

namespace convscope::picture::sum {

namespace {

constexpr float kLargest = 19;  // text sizes at scale 1
constexpr float kSmallest = 12;

Columns columns_of(const kit::Canvas& canvas, const std::vector<SumLine>& lines, float size) {
  Columns columns;
  for (const SumLine& line : lines) {
    columns.label = std::max(columns.label, width_of(canvas, line.label, size));
    columns.body = std::max(columns.body, width_of(canvas, line.tokens, size));
    columns.result = std::max(columns.result, width_of(canvas, line.result, size));
  }
  return columns;
}

// Cuts whole summands off a line that is too long: from its end, or, when the active term would be
// lost, from both ends.
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

}  // namespace

float width_of(const kit::Canvas& canvas, const std::vector<Token>& tokens, float size) {
  float width = 0;
  for (const Token& token : tokens) {
    width += canvas.metrics.width(token.text, token.font, size);
  }
  return width;
}

FittedColumns fit_columns(const kit::Canvas& canvas, std::vector<SumLine>& lines,
                          std::span<const std::int64_t> active_terms, float width) {
  float size = canvas.text_size(kLargest);
  const float smallest = canvas.text_size(kSmallest);
  Columns columns = columns_of(canvas, lines, size);
  while (size > smallest && columns.width() > width) {
    size = std::max(size - 0.5F * canvas.scale, smallest);
    columns = columns_of(canvas, lines, size);
  }
  if (columns.width() > width) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      elide(canvas, lines[i].tokens, active_terms[i], size, width - columns.label - columns.result);
    }
    columns = columns_of(canvas, lines, size);
  }
  return {size, columns};
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

}  // namespace convscope::picture::sum
