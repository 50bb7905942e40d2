// The stamp spelled out at the foot of the stage: 2 · [[0, 1], [2, 3]] = [[0, 2], [4, 6]].
#include <algorithm>
#include <string>
#include <vector>

#include "core/picture/kit/bands.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/runs.h"
#include "core/picture/stamp/context.h"

namespace convscope::picture::stamp {

namespace {

constexpr float kLargest = 19;  // text sizes at scale 1
constexpr float kSmallest = 11;
const std::string kMinus = "\u2212";

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

bool is_pointed(const Context& context, std::int64_t i) {
  const auto& hover = context.session.transient.hover;
  const bool pointed = hover &&
                       (hover->tensor == session::TensorRole::kProduct ||
                        hover->tensor == session::TensorRole::kWeight) &&
                       hover->at == context.term(i).weight_at;
  return pointed || i == context.moment.active_term;
}

// "[[0, 1], [2, 3]]", in words; entry(i, words) writes the i-th number.
template <typename Entry>
void add_rows(const Context& context, Rgba quiet, bool shown, kit::Runs& words,
              const Entry& entry) {
  const conv::Size2& kernel = context.layer.spec.kernel_size;
  const bool flat = session::layer_of(context.session).one_dimensional;
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

kit::Runs stamp_words(const kit::Canvas& canvas, const Context& context, std::size_t row) {
  const Palette& palette = canvas.palette;
  const Writing writing = writing_of(context.stamp());
  kit::Runs words;
  const bool made = context.shown(context.first_term(row));
  if (context.layout.kernel.size() > 1) {
    words.push_back({"out[" + std::to_string(context.batch()) + ", " +
                         std::to_string(context.map(row)) + "] += ",
                     palette.text_dim, Font::kMono});
  }
  const session::Target input{session::TensorRole::kInput, context.stamp().input_at};
  words.push_back({kit::number_text(context.stamp().input, writing.factor), palette.input.text,
                   Font::kSansBold, true, input});
  words.push_back({" \u00B7 ", palette.text_dim});
  add_rows(context, palette.text_dim, true, words, [&](std::int64_t tap, kit::Runs& out) {
    const std::int64_t i = context.first_term(row) + tap;
    out.push_back({kit::number_text(context.term(i).weight, writing.factor), palette.weight.text,
                   is_pointed(context, i) ? Font::kSansBold : Font::kSans, true,
                   session::Target{session::TensorRole::kWeight, context.term(i).weight_at}});
  });
  words.push_back({writing.equals, palette.text_dim, Font::kSans, made});
  add_rows(context, palette.text_dim, made, words, [&](std::int64_t tap, kit::Runs& out) {
    const std::int64_t i = context.first_term(row) + tap;
    const conv::StampTerm& term = context.term(i);
    out.push_back({kit::number_text(term.product, writing.product),
                   term.kept ? palette.text : palette.text_dim,
                   is_pointed(context, i) ? Font::kSansBold : Font::kSans, context.shown(i),
                   session::Target{session::TensorRole::kProduct, term.weight_at}});
  });
  return words;
}

// A stamp that is too long to spell out.
kit::Runs short_words(const kit::Canvas& canvas, const Context& context, std::size_t row) {
  const Palette& palette = canvas.palette;
  return {
      {"out[" + std::to_string(context.batch()) + ", " + std::to_string(context.map(row)) + "] += ",
       palette.text_dim, Font::kMono},
      {kit::number_text(context.stamp().input, 6), palette.input.text, Font::kSansBold},
      {" \u00B7 ", palette.text_dim},
      {"weight[" + std::to_string(context.channel()) + ", " +
           std::to_string(context.group_map(row)) + "]",
       palette.weight.text, Font::kMono}};
}

// The output cell that is pointed at, as the stamps so far have made it: out[...] = 0·3 + 2·1 = 2.
kit::Runs sum_words(const kit::Canvas& canvas, const Context& context, const Index& at) {
  const Palette& palette = canvas.palette;
  kit::Runs words = {{"out[" + std::to_string(at.n) + ", " + std::to_string(at.c) + ", " +
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
  for (const StampSource& source : context.sources) {
    if (!context.added(source.input_at)) {
      continue;
    }
    words.push_back({first ? " = " : " + ", palette.text_dim});
    words.push_back({factor(context.layer.input.at(source.input_at)), palette.input.text,
                     Font::kSans, true,
                     session::Target{session::TensorRole::kInput, source.input_at}});
    words.push_back({"\u00B7", palette.text_dim});
    words.push_back({factor(context.layer.weight.at(source.weight_at)), palette.weight.text,
                     Font::kSans, true,
                     session::Target{session::TensorRole::kWeight, source.weight_at}});
    first = false;
  }
  if (context.moment.complete && context.layer.spec.bias) {
    words.push_back({first ? " = " : " + ", palette.text_dim});
    words.push_back({factor(context.layer.bias.at({0, 0, 0, at.c})), palette.bias.text});
    first = false;
  }
  const float value = context.sums.at(at);
  exact = exact && kit::is_exact_text(value, 8);
  words.push_back({exact ? " = " : " \u2248 ", palette.text_dim});
  words.push_back({kit::number_text(value, 8), palette.output.text, Font::kSansBold});
  return words;
}

// What every stamp does, in general.
kit::Runs formula_words(const kit::Canvas& canvas, const Context& context) {
  const conv::LayerSpec& spec = context.layer.spec;
  const bool flat = session::layer_of(context.session).one_dimensional;
  const auto axis = [](std::int64_t stride, const char* place, std::int64_t dilation,
                       const char* tap, std::int64_t pad) {
    const auto times = [](std::int64_t factor, const char* name) {
      return (factor == 1 ? "" : std::to_string(factor)) + name;
    };
    return times(stride, place) + "+" + times(dilation, tap) +
           (pad > 0 ? kMinus + std::to_string(pad) : "");
  };
  const std::string y =
      flat ? "" : axis(spec.stride.h, "y", spec.dilation.h, "i", context.layer.pads.top) + ", ";
  const std::string x = axis(spec.stride.w, "x", spec.dilation.w, "j", context.layer.pads.left);
  const std::int64_t channels = spec.in_channels / spec.groups;
  const std::int64_t maps = spec.out_channels / spec.groups;
  std::string map = "o";
  if (spec.groups > 1) {
    const std::string group =
        channels == 1 ? "c" : "\u230Ac/" + std::to_string(channels) + "\u230B";
    map = maps == 1 ? group : std::to_string(maps) + group + "+o";
  }
  const std::string text = "out[n, " + map + ", " + y + x + "] += " + context.input_name() +
                           "[n, c, " + (flat ? "" : "y, ") + "x] \u00B7 weight[c, o, " +
                           (flat ? "" : "i, ") + "j]";
  return {{text, canvas.palette.text_dim, Font::kMono}};
}

std::vector<kit::Runs> lines_of(const kit::Canvas& canvas, const Context& context) {
  const auto& hover = context.session.transient.hover;
  const bool sum = hover && hover->tensor == session::TensorRole::kOutput &&
                   !context.sums.empty() && contains(context.sums.shape(), hover->at) &&
                   context.moment.added > 0;
  if (sum) {
    return {sum_words(canvas, context, hover->at)};
  }
  if (!context.moment.started) {
    return {formula_words(canvas, context)};
  }
  std::vector<kit::Runs> lines;
  for (std::size_t row = 0; row < context.layout.kernel.size(); ++row) {
    lines.push_back(stamp_words(canvas, context, row));
    const Rect& bar = context.layout.bar;
    if (kit::width_of(canvas, lines.back(), canvas.text_size(kSmallest)) > bar.w) {
      lines.back() = short_words(canvas, context, row);
    }
  }
  return lines;
}

}  // namespace

void draw_bar(kit::Canvas& canvas, const Context& context) {
  const Rect& bar = context.layout.bar;
  kit::draw_rule(canvas, bar);
  const std::vector<kit::Runs> lines = lines_of(canvas, context);
  float size = canvas.text_size(context.moment.started ? kLargest : 15);
  for (const kit::Runs& words : lines) {
    const float width = kit::width_of(canvas, words, size);
    size *= std::min(1.0F, bar.w / std::max(width, 1.0F));
  }
  const float step = bar.h / static_cast<float>(lines.size());
  float baseline = bar.y + step * 0.5F + canvas.metrics.of(Font::kSans).cap_height * size / 2;
  float widest = 0;
  for (const kit::Runs& words : lines) {
    widest = std::max(widest, kit::width_of(canvas, words, size));
  }
  for (const kit::Runs& words : lines) {
    kit::draw_runs(canvas, words, {bar.x + (bar.w - widest) / 2, baseline}, size);
    baseline += step;
  }
}

}  // namespace convscope::picture::stamp
