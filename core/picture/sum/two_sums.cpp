#include "core/picture/sum/two_sums.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "core/picture/kit/bands.h"
#include "core/picture/sum/sum_parts.h"

namespace convscope::picture::sum {

namespace {

constexpr float kLargestOfTwo = 19;  // text sizes at scale 1
constexpr float kSmallestOfTwo = 12;

struct Line {
  std::vector<Token> name;
  std::vector<Token> body;
  std::vector<Token> result;
};

Line line_of(const kit::Canvas& canvas, const NamedSum& sum, session::Granularity granularity) {
  Line line;
  line.name.push_back({sum.name + "   ", sum.color, true, Font::kSansBold});
  if (!sum.moment.started) {
    return line;
  }
  for (SumLine& each : sum_lines(canvas, sum.layer, sum.moment, sum.lit, granularity)) {
    // Of several channels the last line holds their sums; a lone one may be broken into rows.
    if (each.total || each.label.empty()) {
      std::ranges::move(each.tokens, std::back_inserter(line.body));
    }
    if (each.total) {
      line.result = std::move(each.result);
      line.result.resize(std::min<std::size_t>(line.result.size(), 2));  // "=" and the value
    }
  }
  if (!sum.own) {
    for (Token& token : line.body) {
      token.term = -1;
    }
  }
  return line;
}

struct Widths {
  float name = 0;
  float body = 0;
  float result = 0;

  float all() const { return name + body + result; }
};

Widths widths_of(const kit::Canvas& canvas, const std::array<Line, 2>& lines, float size) {
  Widths widths;
  for (const Line& line : lines) {
    widths.name = std::max(widths.name, width_of(canvas, line.name, size));
    widths.body = std::max(widths.body, width_of(canvas, line.body, size));
    widths.result = std::max(widths.result, width_of(canvas, line.result, size));
  }
  return widths;
}

}  // namespace

float two_sums_height(const kit::Canvas& canvas) {
  return std::min(canvas.text_size(2 * kit::kBarLine), 110 * canvas.scale);
}

void draw_two_sums(kit::Canvas& canvas, const Rect& rect, const NamedSum& first,
                   const NamedSum& second, session::Granularity granularity) {
  std::array<Line, 2> lines = {line_of(canvas, first, granularity),
                               line_of(canvas, second, granularity)};
  float size = canvas.text_size(kLargestOfTwo);
  const float smallest = canvas.text_size(kSmallestOfTwo);
  while (size > smallest && widths_of(canvas, lines, size).all() > rect.w) {
    size = std::max(size - 0.5F * canvas.scale, smallest);
  }
  Widths widths = widths_of(canvas, lines, size);
  const std::array<const NamedSum*, 2> sums = {&first, &second};
  if (widths.all() > rect.w) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      elide(canvas, lines[i].body, sums[i]->moment.active_term, size,
            rect.w - widths.name - widths.result);
    }
    widths = widths_of(canvas, lines, size);
  }
  const float left = rect.x + (rect.w - widths.all()) / 2;
  const float step = rect.h / static_cast<float>(lines.size());
  float baseline = rect.y + step * 0.7F;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const step::Moment& moment = sums[i]->moment;
    draw_tokens(canvas, lines[i].name, moment, left, baseline, size);
    draw_tokens(canvas, lines[i].body, moment, left + widths.name, baseline, size);
    draw_tokens(canvas, lines[i].result, moment, left + widths.name + widths.body, baseline, size);
    baseline += step;
  }
}

}  // namespace convscope::picture::sum
