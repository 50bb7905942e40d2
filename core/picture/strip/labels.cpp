#include <algorithm>
#include <string>
#include <vector>

#include "core/conv/operators/operator.h"
#include "core/lesson/formula.h"
#include "core/picture/strip/context.h"

namespace convscope::picture::strip {

namespace {

std::string text(std::int64_t number) { return std::to_string(number); }

const char* const kMinus = " \u2212 ";

// How far the filter reaches: "6"; with dilation "(3·(3 − 1) + 1)".
std::string reach_text(const conv::WindowAxis& axis) {
  if (axis.dilation == 1) {
    return text(axis.kernel);
  }
  return "(" + text(axis.dilation) + "\u00B7(" + text(axis.kernel) + kMinus + "1) + 1)";
}

// "⌊(13 − 6)/5⌋ + 1 = 2"
std::string valid_formula(const conv::WindowAxis& axis) {
  return "\u230A(" + text(axis.size) + kMinus + reach_text(axis) + ")/" + text(axis.stride) +
         "\u230B + 1 = " + text(axis.outputs);
}

// "⌈13/5⌉ = 3"
std::string same_formula(const conv::WindowAxis& axis) {
  return "\u2308" + text(axis.size) + "/" + text(axis.stride) + "\u2309 = " + text(axis.outputs);
}

// "2·5 + 6 − 13 = 3"
std::string same_total(const conv::WindowAxis& axis) {
  const std::int64_t total = (axis.outputs - 1) * axis.stride + axis.reach() - axis.size;
  const std::string sum = text(axis.outputs - 1) + "\u00B7" + text(axis.stride) + " + " +
                          reach_text(axis) + kMinus + text(axis.size);
  return total < 0 ? "max(0, " + sum + ") = 0" : sum + " = " + text(total);
}

std::string name_of(const StripRule& rule) {
  switch (rule.kind) {
    case StripRule::Kind::kValid:
      return "VALID";
    case StripRule::Kind::kSame:
      return "SAME";
    case StripRule::Kind::kOther:
      break;
  }
  const conv::LayerSpec& spec = rule.spec;
  const conv::Operator& op = conv::operator_of(spec.op);
  const bool takes_padding = !op.transposed() && op.reads(conv::Setting::kPadding);
  const std::int64_t left = rule.axis.before;
  if (!takes_padding) {
    return {};
  }
  return "padding = " +
         (left == rule.after ? text(left) : "(" + text(left) + ", " + text(rule.after) + ")");
}

std::string formula_of(const kit::Canvas& canvas, const Context& context, const StripRule& rule) {
  switch (rule.kind) {
    case StripRule::Kind::kValid:
      return valid_formula(rule.axis);
    case StripRule::Kind::kSame:
      return same_formula(rule.axis) + "   " +
             canvas.locale.text("stage.strip_same_padding", {{"sum", same_total(rule.axis)},
                                                             {"left", rule.axis.before},
                                                             {"right", rule.after}});
    case StripRule::Kind::kOther:
      break;
  }
  if (!conv::operator_of(rule.spec.op).reads(conv::Setting::kKernelSize)) {
    return {};  // every cell has its output
  }
  return lesson::size_formula(lesson::width_numbers(rule.spec, context.layer().input.shape()));
}

// Name, formula, and which of the two the layer does.
void draw_heading(kit::Canvas& canvas, const Context& context, std::size_t panel) {
  const StripRule& rule = context.rules[panel];
  const Layout& layout = context.layout;
  const Palette& palette = canvas.palette;
  const float size = layout.caption_size;
  const float left = layout.x(static_cast<double>(layout.stage_cells().first));
  const float right = context.scene.main.right();
  Point at = {left, layout.panels[panel].heading};
  const std::string name = name_of(rule);
  if (!name.empty()) {
    at.x +=
        canvas.text(at, name, Font::kSansBold, size, rule.own ? palette.text : palette.text_dim) +
        size;
  }
  const std::string formula = formula_of(canvas, context, rule);
  const std::string mark =
      context.rules.size() < 2
          ? ""
          : canvas.locale.text(rule.own ? "stage.strip_own" : "stage.strip_other");
  const float mark_width = canvas.metrics.width(mark, Font::kSans, layout.label_size);
  const float wanted = canvas.metrics.width(formula, Font::kSans, size);
  const bool both = at.x + wanted + 2 * size + mark_width <= right;
  const float fitted = size * std::min(1.0F, std::max(right - at.x, 1.0F) / std::max(wanted, 1.0F));
  at.x +=
      canvas.text(at, formula, Font::kSans, fitted, rule.own ? palette.text : palette.text_dim) +
      size;
  if (both) {
    canvas.text(at, mark, Font::kSans, layout.label_size,
                rule.own ? palette.accent : palette.text_dim);
  }
}

// 1, 2, 3 ... above the input's own cells, "pad" above the others.
void draw_names(kit::Canvas& canvas, const Context& context, std::size_t panel) {
  const StripRule& rule = context.rules[panel];
  const Layout& layout = context.layout;
  const float size = std::min(layout.label_size, layout.cell * 0.46F);
  if (size < 8 * canvas.scale) {
    return;
  }
  const std::vector<std::int64_t> dropped = dropped_cells(rule);
  const kit::Page cells = layout.stage_cells();
  const float y = layout.panels[panel].names;
  for (std::int64_t x = std::max(cells.first, rule.begin()); x < std::min(cells.end(), rule.end());
       ++x) {
    const bool padding = x < 0 || x >= rule.axis.stage_size();
    if (!padding && x % rule.axis.stretch != 0) {
      continue;
    }
    const std::int64_t own = x / rule.axis.stretch;
    const bool unread = std::find(dropped.begin(), dropped.end(), own) != dropped.end();
    const std::string name = padding  ? std::string("pad")
                             : unread ? "(" + text(own + 1) + ")"
                                      : text(own + 1);
    const float width = canvas.metrics.width(name, Font::kSans, size);
    canvas.text({layout.x(static_cast<double>(x) + 0.5), y}, name, Font::kSans,
                size * std::min(1.0F, layout.cell * 0.92F / width),
                faded(unread && !padding ? canvas.palette.warning : canvas.palette.text_dim,
                      rule.own ? 1.0F : 0.75F),
                Align::kCenter);
  }
}

// "dropped" under the cells after the last window.
void draw_dropped(kit::Canvas& canvas, const Context& context, std::size_t panel) {
  const StripRule& rule = context.rules[panel];
  const Layout& layout = context.layout;
  const std::vector<std::int64_t> dropped = dropped_cells(rule);
  if (dropped.empty() || dropped.back() != rule.axis.size - 1) {
    return;
  }
  std::int64_t first = rule.axis.size - 1;
  for (auto cell = dropped.rbegin(); cell != dropped.rend() && *cell == first; ++cell) {
    --first;
  }
  const double from = static_cast<double>((first + 1) * rule.axis.stretch);
  const double to = static_cast<double>(rule.axis.stage_size());
  if (!layout.stage_cells().holds(rule.axis.stage_size() - 1)) {
    return;
  }
  const std::string word = canvas.locale.text("stage.strip_dropped");
  const float size = layout.label_size;
  const float width = canvas.metrics.width(word, Font::kSans, size);
  // Its left end never reaches under the last window.
  const float middle = std::max(layout.x((from + to) / 2), layout.x(from) + width / 2);
  canvas.text({middle, layout.panels[panel].cells + layout.cell + size * 1.4F}, word, Font::kSans,
              size, faded(canvas.palette.warning, rule.own ? 1.0F : 0.75F), Align::kCenter);
}

// "…" where a long strip continues.
void draw_ends(kit::Canvas& canvas, const Context& context, std::size_t panel) {
  const StripRule& rule = context.rules[panel];
  const Layout& layout = context.layout;
  const kit::Page cells = layout.stage_cells();
  const float top = layout.panels[panel].cells;
  const float size = std::max(layout.cell * 0.5F, 14 * canvas.scale);
  const auto dots = [&](bool more, float x) {
    if (more) {
      canvas.centered_text({x, top, layout.cell * 0.8F, layout.cell}, "\u22EF", Font::kSansBold,
                           size, canvas.palette.text_dim);
    }
  };
  dots(cells.first > rule.begin(), layout.x(static_cast<double>(cells.first)) - layout.cell * 0.8F);
  dots(cells.end() < rule.end(), layout.x(static_cast<double>(cells.end())));
}

struct RowName {
  std::string text;
  Rgba color;
  float middle;  // y
};

std::vector<std::string> row_names(const step::WindowScene& scene) {
  return {scene.input_name(),
          scene.weighted() ? "weight" : std::string(conv::operator_of(scene.layer.spec.op).sign),
          "out"};
}

void draw_row_names(kit::Canvas& canvas, const Context& context, std::size_t panel) {
  const Layout& layout = context.layout;
  const StripPanel& place = layout.panels[panel];
  const StripRule& rule = context.rules[panel];
  const Palette& palette = canvas.palette;
  const std::vector<std::string> names = row_names(context.scene);
  std::vector<RowName> rows = {{names[0], palette.input.text, place.cells + layout.cell / 2},
                               {names[2], palette.output.text, place.outputs + layout.cell / 2}};
  if (rule.own) {
    const float levels = static_cast<float>(layout.levels) * layout.level_height;
    rows.push_back({names[1], palette.weight.text,
                    context.scene.weighted() ? place.weights + layout.weight_height / 2
                                             : place.brackets + levels / 2});
  }
  const float size = layout.label_size;
  const float cap = canvas.metrics.of(Font::kSansBold).cap_height * size;
  const float dots = layout.is_cut() ? layout.cell * 0.8F : 0;
  const float x = layout.x(static_cast<double>(layout.stage_cells().first)) - size - dots;
  for (const RowName& row : rows) {
    canvas.text({x, row.middle + cap / 2}, row.text, Font::kSansBold, size,
                faded(row.color, rule.own ? 1.0F : 0.75F), Align::kRight);
  }
}

}  // namespace

float row_labels_width(const kit::Canvas& canvas, const step::WindowScene& scene) {
  float width = 0;
  for (const std::string& name : row_names(scene)) {
    width = std::max(width, canvas.metrics.width(name, Font::kSansBold, scene.label_size));
  }
  return width + 1.2F * scene.label_size;
}

void draw_labels(kit::Canvas& canvas, const Context& context, std::size_t panel) {
  draw_heading(canvas, context, panel);
  draw_names(canvas, context, panel);
  draw_row_names(canvas, context, panel);
  draw_dropped(canvas, context, panel);
  draw_ends(canvas, context, panel);
}

void draw_note(kit::Canvas& canvas, const Context& context) {
  const Shape& in = context.layer().input.shape();
  const conv::LayerSpec& spec = context.scene.spec();
  std::string note;
  if (in.h > 1) {
    note = canvas.locale.text("stage.strip_row", {{"y", context.row.stage_y}});
  }
  if (spec.kernel_size.h > 1 && !context.scene.weighted()) {
    note += (note.empty() ? "" : " ") +
            canvas.locale.text("stage.strip_window_row",
                               {{"i", context.row.tap}, {"rows", spec.kernel_size.h}});
  } else if (spec.kernel_size.h > 1) {
    note += (note.empty() ? "" : " ") +
            canvas.locale.text("stage.strip_filter_row",
                               {{"i", context.row.tap}, {"rows", spec.kernel_size.h}});
  }
  if (context.scene.channels() > 1) {
    note += (note.empty() ? "" : " ") +
            canvas.locale.text("stage.strip_channel", {{"c", context.row.channel},
                                                       {"channels", context.scene.channels()}});
  }
  if (note.empty()) {
    return;
  }
  // Below the first cell; a long one begins further left.
  const Rect& main = context.scene.main;
  const float wanted = context.layout.label_size;
  const float width = canvas.metrics.width(note, Font::kSans, wanted);
  const float left = context.layout.x(static_cast<double>(context.layout.stage_cells().first));
  const float x = std::clamp(left, main.x, std::max(main.x, main.right() - width));
  canvas.text({x, context.layout.note}, note, Font::kSans, wanted * std::min(1.0F, main.w / width),
              canvas.palette.text_dim);
}

}  // namespace convscope::picture::strip
