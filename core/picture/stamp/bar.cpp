// The stamp spelled out at the foot of the stage: 2 · [[0, 1], [2, 3]] = [[0, 2], [4, 6]].
#include <algorithm>
#include <string>
#include <vector>

#include "core/picture/kit/number_text.h"
#include "core/picture/stamp/stage.h"

namespace convscope::picture::stamp {

namespace {

struct Word {
  std::string text;
  Rgba color;
  Font font = Font::kSans;
  bool shown = true;
  std::optional<session::Target> target = std::nullopt;
};
using Words = std::vector<Word>;

constexpr float kLargest = 19;  // text sizes at scale 1
constexpr float kSmallest = 11;
const std::string kMinus = "\u2212";

float width_of(const kit::Brush& brush, const Words& words, float size) {
  float width = 0;
  for (const Word& word : words) {
    width += brush.metrics.width(word.text, word.font, size);
  }
  return width;
}

void draw_words(kit::Brush& brush, const Words& words, Point at, float size) {
  for (const Word& word : words) {
    const float width = brush.metrics.width(word.text, word.font, size);
    if (word.shown) {
      brush.add(Text{.at = at,
                     .text = word.text,
                     .font = word.font,
                     .size = size,
                     .color = word.color,
                     .target = word.target,
                     .target_rect = {at.x, at.y - size, width, size * 1.3F}});
    }
    at.x += width;
  }
}

// How the factors and the products of this stamp are written.
struct Writing {
  kit::NumberStyle factor{6, -1};
  kit::NumberStyle product{8, -1};
  std::string equals = " = ";
};

Writing writing_of(const conv::Stamp& stamp) {
  const auto exact_factor = [](const conv::StampTerm& term) {
    return kit::is_exact_text(term.weight, 6);
  };
  const auto exact_product = [](const conv::StampTerm& term) {
    return kit::is_exact_text(term.product, 8);
  };
  const bool factors = kit::is_exact_text(stamp.input, 6) &&
                       std::all_of(stamp.terms.begin(), stamp.terms.end(), exact_factor);
  const bool products = std::all_of(stamp.terms.begin(), stamp.terms.end(), exact_product);
  Writing writing;
  writing.factor = factors ? writing.factor : kit::NumberStyle{6, 2};
  writing.product = products ? writing.product : kit::NumberStyle{6, 2};
  writing.equals = factors && products ? " = " : " \u2248 ";
  return writing;
}

bool is_pointed(const StampStage& stage, std::int64_t i) {
  const auto& hover = stage.session.transient.hover;
  const bool pointed = hover &&
                       (hover->tensor == session::TensorRole::kProduct ||
                        hover->tensor == session::TensorRole::kWeight) &&
                       hover->at == stage.term(i).weight_at;
  return pointed || i == stage.moment.active_term;
}

// "[[0, 1], [2, 3]]", in words; entry(i, words) writes the i-th number.
template <typename Entry>
void add_rows(const StampStage& stage, Rgba quiet, bool shown, Words& words, const Entry& entry) {
  const conv::Size2& kernel = stage.layer.spec.kernel_size;
  const bool flat = session::layer_of(stage.session).one_dimensional;
  words.push_back({flat ? "" : "[", quiet, Font::kSans, shown});
  for (std::int64_t y = 0; y < kernel.h; ++y) {
    words.push_back({y == 0 ? "[" : ", [", quiet, Font::kSans, shown});
    for (std::int64_t x = 0; x < kernel.w; ++x) {
      if (x > 0) {
        words.push_back({", ", quiet, Font::kSans, shown});
      }
      entry(y * kernel.w + x, words);
    }
    words.push_back({"]", quiet, Font::kSans, shown});
  }
  words.push_back({flat ? "" : "]", quiet, Font::kSans, shown});
}

Words stamp_words(const kit::Brush& brush, const StampStage& stage, std::size_t row) {
  const Palette& palette = brush.palette;
  const Writing writing = writing_of(stage.stamp());
  Words words;
  const bool made = stage.shown(stage.first_term(row));
  if (stage.layout.kernel.size() > 1) {
    words.push_back(
        {"out[" + std::to_string(stage.batch()) + ", " + std::to_string(stage.map(row)) + "] += ",
         palette.text_dim, Font::kMono});
  }
  const session::Target input{session::TensorRole::kInput, stage.stamp().input_at};
  words.push_back({kit::number_text(stage.stamp().input, writing.factor), palette.input.text,
                   Font::kSansBold, true, input});
  words.push_back({" \u00B7 ", palette.text_dim});
  add_rows(stage, palette.text_dim, true, words, [&](std::int64_t tap, Words& out) {
    const std::int64_t i = stage.first_term(row) + tap;
    out.push_back({kit::number_text(stage.term(i).weight, writing.factor), palette.weight.text,
                   is_pointed(stage, i) ? Font::kSansBold : Font::kSans, true,
                   session::Target{session::TensorRole::kWeight, stage.term(i).weight_at}});
  });
  words.push_back({writing.equals, palette.text_dim, Font::kSans, made});
  add_rows(stage, palette.text_dim, made, words, [&](std::int64_t tap, Words& out) {
    const std::int64_t i = stage.first_term(row) + tap;
    const conv::StampTerm& term = stage.term(i);
    out.push_back({kit::number_text(term.product, writing.product),
                   term.kept ? palette.text : palette.text_dim,
                   is_pointed(stage, i) ? Font::kSansBold : Font::kSans, stage.shown(i),
                   session::Target{session::TensorRole::kProduct, term.weight_at}});
  });
  return words;
}

// A stamp that is too long to spell out.
Words short_words(const kit::Brush& brush, const StampStage& stage, std::size_t row) {
  const Palette& palette = brush.palette;
  return {{"out[" + std::to_string(stage.batch()) + ", " + std::to_string(stage.map(row)) + "] += ",
           palette.text_dim, Font::kMono},
          {kit::number_text(stage.stamp().input, 6), palette.input.text, Font::kSansBold},
          {" \u00B7 ", palette.text_dim},
          {"weight[" + std::to_string(stage.channel()) + ", " +
               std::to_string(stage.group_map(row)) + "]",
           palette.weight.text, Font::kMono}};
}

// The output cell that is pointed at, as the stamps so far have made it: out[...] = 0·3 + 2·1 = 2.
Words sum_words(const kit::Brush& brush, const StampStage& stage, const Index& at) {
  const Palette& palette = brush.palette;
  Words words = {{"out[" + std::to_string(at.n) + ", " + std::to_string(at.c) + ", " +
                      std::to_string(at.y) + ", " + std::to_string(at.x) + "]",
                  palette.output.text, Font::kMono}};
  bool first = true;
  bool exact = true;
  const auto factor = [&](float value) {
    const std::string text = kit::number_text(value, 6);
    exact = exact && kit::is_exact_text(value, 6);
    const bool compound = text.starts_with(kMinus) || text.find('/') != std::string::npos;
    return compound ? "(" + text + ")" : text;
  };
  for (const StampSource& source : stage.sources) {
    if (!stage.added(source.input_at)) {
      continue;
    }
    words.push_back({first ? " = " : " + ", palette.text_dim});
    words.push_back({factor(stage.layer.input.at(source.input_at)), palette.input.text, Font::kSans,
                     true, session::Target{session::TensorRole::kInput, source.input_at}});
    words.push_back({"\u00B7", palette.text_dim});
    words.push_back({factor(stage.layer.weight.at(source.weight_at)), palette.weight.text,
                     Font::kSans, true,
                     session::Target{session::TensorRole::kWeight, source.weight_at}});
    first = false;
  }
  if (stage.moment.complete && stage.layer.spec.bias) {
    words.push_back({first ? " = " : " + ", palette.text_dim});
    words.push_back({factor(stage.layer.bias.at({0, 0, 0, at.c})), palette.bias.text});
    first = false;
  }
  const float value = stage.sums.at(at);
  exact = exact && kit::is_exact_text(value, 8);
  words.push_back({exact ? " = " : " \u2248 ", palette.text_dim});
  words.push_back({kit::number_text(value, 8), palette.output.text, Font::kSansBold});
  return words;
}

// What every stamp does, in general.
Words formula_words(const kit::Brush& brush, const StampStage& stage) {
  const conv::LayerSpec& spec = stage.layer.spec;
  const bool flat = session::layer_of(stage.session).one_dimensional;
  const auto axis = [](std::int64_t stride, const char* place, std::int64_t dilation,
                       const char* tap, std::int64_t pad) {
    const auto times = [](std::int64_t factor, const char* name) {
      return (factor == 1 ? "" : std::to_string(factor)) + name;
    };
    return times(stride, place) + "+" + times(dilation, tap) +
           (pad > 0 ? kMinus + std::to_string(pad) : "");
  };
  const std::string y =
      flat ? "" : axis(spec.stride.h, "y", spec.dilation.h, "i", stage.layer.pads.top) + ", ";
  const std::string x = axis(spec.stride.w, "x", spec.dilation.w, "j", stage.layer.pads.left);
  const std::int64_t channels = spec.in_channels / spec.groups;
  const std::int64_t maps = spec.out_channels / spec.groups;
  std::string map = "o";
  if (spec.groups > 1) {
    const std::string group =
        channels == 1 ? "c" : "\u230Ac/" + std::to_string(channels) + "\u230B";
    map = maps == 1 ? group : std::to_string(maps) + group + "+o";
  }
  const std::string text = "out[n, " + map + ", " + y + x + "] += " + stage.input_name() +
                           "[n, c, " + (flat ? "" : "y, ") + "x] \u00B7 weight[c, o, " +
                           (flat ? "" : "i, ") + "j]";
  return {{text, brush.palette.text_dim, Font::kMono}};
}

std::vector<Words> lines_of(const kit::Brush& brush, const StampStage& stage) {
  const auto& hover = stage.session.transient.hover;
  const bool sum = hover && hover->tensor == session::TensorRole::kOutput && !stage.sums.empty() &&
                   contains(stage.sums.shape(), hover->at) && stage.moment.added > 0;
  if (sum) {
    return {sum_words(brush, stage, hover->at)};
  }
  if (!stage.moment.started) {
    return {formula_words(brush, stage)};
  }
  std::vector<Words> lines;
  for (std::size_t row = 0; row < stage.layout.kernel.size(); ++row) {
    lines.push_back(stamp_words(brush, stage, row));
    const Rect& bar = stage.layout.bar;
    if (width_of(brush, lines.back(), brush.text_size(kSmallest)) > bar.w) {
      lines.back() = short_words(brush, stage, row);
    }
  }
  return lines;
}

}  // namespace

void draw_bar(kit::Brush& brush, const StampStage& stage) {
  const Rect& bar = stage.layout.bar;
  const float rule = bar.y - 7 * brush.scale;
  brush.line({bar.x, rule}, {bar.right(), rule}, brush.palette.border, brush.line_width(1));
  const std::vector<Words> lines = lines_of(brush, stage);
  float size = brush.text_size(stage.moment.started ? kLargest : 15);
  for (const Words& words : lines) {
    const float width = width_of(brush, words, size);
    size *= std::min(1.0F, bar.w / std::max(width, 1.0F));
  }
  const float step = bar.h / static_cast<float>(lines.size());
  float baseline = bar.y + step * 0.5F + brush.metrics.of(Font::kSans).cap_height * size / 2;
  float widest = 0;
  for (const Words& words : lines) {
    widest = std::max(widest, width_of(brush, words, size));
  }
  for (const Words& words : lines) {
    draw_words(brush, words, {bar.x + (bar.w - widest) / 2, baseline}, size);
    baseline += step;
  }
}

}  // namespace convscope::picture::stamp
