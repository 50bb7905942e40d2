#include "core/picture/sum/two_sums.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "core/picture/kit/bands.h"
#include "core/picture/sum/sum_parts.h"

namespace convscope::picture::sum {

namespace {

SumLine line_of(const kit::Canvas& canvas, const NamedSum& sum, session::Granularity granularity) {
  SumLine line;
  line.label.push_back({sum.name + "   ", sum.color, true, Font::kSansBold});
  if (!sum.moment.started) {
    return line;
  }
  for (SumLine& each : sum_lines(canvas, sum.layer, sum.moment, sum.lit, granularity)) {
    // Of several channels the last line holds their sums; a lone one may be broken into rows.
    if (each.total || each.label.empty()) {
      std::ranges::move(each.tokens, std::back_inserter(line.tokens));
    }
    if (each.total) {
      line.result = std::move(each.result);
      line.result.resize(std::min<std::size_t>(line.result.size(), 2));  // "=" and the value
    }
  }
  return line;
}

// Nothing that can be pointed at: the pointer is the document's.
void forget_terms(SumLine& line) {
  for (Token& token : line.tokens) {
    token.term = -1;
  }
}

}  // namespace

float two_sums_height(const kit::Canvas& canvas) {
  return std::min(canvas.text_size(2 * kit::kBarLine), 110 * canvas.scale);
}

void draw_two_sums(kit::Canvas& canvas, const Rect& rect, const NamedSum& first,
                   const NamedSum& second, session::Granularity granularity) {
  std::vector<SumLine> lines = {line_of(canvas, first, granularity),
                                line_of(canvas, second, granularity)};
  const std::array<const NamedSum*, 2> sums = {&first, &second};
  const std::array active_terms = {first.moment.active_term, second.moment.active_term};
  const auto [size, columns] = fit_columns(canvas, lines, active_terms, rect.w);
  const float left = rect.x + (rect.w - columns.width()) / 2;
  const float step = rect.h / static_cast<float>(lines.size());
  float baseline = rect.y + step * 0.7F;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const step::Moment& moment = sums[i]->moment;
    if (!sums[i]->own) {
      forget_terms(lines[i]);
    }
    draw_tokens(canvas, lines[i].label, moment, left, baseline, size);
    draw_tokens(canvas, lines[i].tokens, moment, left + columns.label, baseline, size);
    draw_tokens(canvas, lines[i].result, moment, left + columns.label + columns.body, baseline,
                size);
    baseline += step;
  }
}

}  // namespace convscope::picture::sum
