#include <algorithm>
#include <span>

#include "core/conv/operators/operator.h"
#include "core/lesson/layer_code.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/receptive_field/context.h"

namespace convscope::picture::receptive_field {

namespace {

const std::string kNone = "\u2013";

std::string pair_text(const std::string& y, const std::string& x, const char* between) {
  return y == x ? y : y + between + x;
}

std::string size_text(std::int64_t h, std::int64_t w, bool flat) {
  return flat ? std::to_string(w) : std::to_string(h) + "\u00D7" + std::to_string(w);
}

// One number where both axes agree, else "y, x"; of a signal only x.
std::string numbers_text(double y, double x, bool flat) {
  return flat ? kit::number_text(x, 6)
              : pair_text(kit::number_text(y, 6), kit::number_text(x, 6), ", ");
}

bool is_flat(const ReceptiveStack& stack) {
  return std::all_of(stack.maps.begin(), stack.maps.end(),
                     [](const ReceptiveMap& map) { return map.shape.h == 1; });
}

std::string padding_text(const conv::Pads& pads, bool flat) {
  if (flat) {
    return pair_text(std::to_string(pads.left), std::to_string(pads.right), ", ");
  }
  if (pads.top == pads.bottom && pads.left == pads.right) {
    return numbers_text(static_cast<double>(pads.top), static_cast<double>(pads.left), flat);
  }
  return std::to_string(pads.top) + ", " + std::to_string(pads.bottom) + ", " +
         std::to_string(pads.left) + ", " + std::to_string(pads.right);
}

// A line of settings: nothing for the input. Left out when every layer has `usual`.
template <typename Setting>
void add_settings(const ReceptiveStack& stack, const std::string& word, const std::string& usual,
                  const Setting& setting, std::vector<ReceptiveLine>& table) {
  ReceptiveLine line{word, {kNone}};
  bool any = false;
  for (std::size_t i = 0; i < stack.specs.size(); ++i) {
    line.by_map.push_back(setting(stack.specs[i], stack.maps[i].shape));
    any = any || line.by_map.back() != usual;
  }
  if (any) {
    table.push_back(std::move(line));
  }
}

template <typename Number>
void add_numbers(const ReceptiveStack& stack, const std::string& word, bool strong,
                 const Number& number, std::vector<ReceptiveLine>& table) {
  ReceptiveLine line{word, {}, strong};
  for (const ReceptiveMap& map : stack.maps) {
    line.by_map.push_back(number(map));
  }
  table.push_back(std::move(line));
}

std::string name_of(const Context& context, std::size_t map) {
  const lesson::Scene& scene = session::scene_of(context.session);
  if (map == 0) {
    return scene.input_name;
  }
  const lesson::Layer& layer = scene.layers[std::min(map - 1, scene.layers.size() - 1)];
  return layer.name.empty() ? std::string(lesson::op_word(layer)) : layer.name;
}

// Not wider than its column.
void fitting_text(kit::Canvas& canvas, Point middle, const std::string& text, Font font, float size,
                  float room, Rgba color) {
  const float width = std::max(canvas.metrics.width(text, font, size), 1.0F);
  canvas.text(middle, text, font, size * std::min(1.0F, room / width), color, Align::kCenter);
}

}  // namespace

std::vector<ReceptiveLine> table_of(const kit::Canvas& canvas, const session::Session& session,
                                    const ReceptiveStack& stack) {
  const lesson::Locale& locale = canvas.locale;
  const bool flat = is_flat(stack) && session::scene_of(session).layers.front().one_dimensional;
  std::vector<ReceptiveLine> table;
  add_settings(
      stack, locale.text("stage.field_kernel"), "",
      [&](const conv::LayerSpec& spec, const Shape&) {
        return size_text(spec.kernel_size.h, spec.kernel_size.w, flat);
      },
      table);
  const auto setting = [&](const conv::Size2& size) {
    return numbers_text(static_cast<double>(size.h), static_cast<double>(size.w), flat);
  };
  add_settings(
      stack, locale.text("stage.field_stride"), "1",
      [&](const conv::LayerSpec& spec, const Shape&) { return setting(spec.stride); }, table);
  add_settings(
      stack, locale.text("stage.field_dilation"), "1",
      [&](const conv::LayerSpec& spec, const Shape&) { return setting(spec.dilation); }, table);
  add_settings(
      stack, locale.text("stage.field_padding"), "0",
      [&](const conv::LayerSpec& spec, const Shape& input) {
        return padding_text(conv::resolved_pads(spec, input), flat);
      },
      table);
  add_numbers(
      stack, locale.text("stage.field_map"), false,
      [&](const ReceptiveMap& map) { return size_text(map.shape.h, map.shape.w, flat); }, table);
  add_numbers(
      stack, locale.text("stage.field_field"), true,
      [&](const ReceptiveMap& map) { return size_text(map.field.size.h, map.field.size.w, flat); },
      table);
  add_numbers(
      stack, locale.text("stage.field_jump"), false,
      [&](const ReceptiveMap& map) {
        return numbers_text(map.field.jump_y, map.field.jump_x, flat);
      },
      table);
  add_numbers(
      stack, locale.text("stage.field_start"), false,
      [&](const ReceptiveMap& map) {
        return numbers_text(map.field.start_y, map.field.start_x, flat);
      },
      table);
  return table;
}

void draw_table(kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  const Palette& palette = canvas.palette;
  const float size = layout.text_size;
  const float room = layout.column - size * 0.4F;
  for (std::size_t map = 0; map < layout.planes.size(); ++map) {
    const ReceptivePlane& plane = layout.planes[map];
    const bool focus = map == context.focus.map;
    const float x = plane.slot.center().x;
    const Hue& hue = map == 0 ? palette.input : palette.output;
    const std::string number = map == 0 ? "" : std::to_string(map) + " \u00B7 ";
    fitting_text(canvas, {x, plane.slot.y - size * 0.6F}, number + name_of(context, map),
                 Font::kSansBold, size, room, hue.text);
    float y = plane.slot.bottom() + 10 * canvas.scale + size;
    const bool first = map == 0 || layout.planes[map - 1].row != plane.row;
    for (const ReceptiveLine& line : context.table) {
      if (first) {
        canvas.text({layout.left, y}, line.word, Font::kSans, size, palette.text_dim);
      }
      const Rgba color =
          line.strong ? palette.weight.text : (focus ? palette.text : palette.text_dim);
      const Font font = line.strong || focus ? Font::kSansBold : Font::kSans;
      fitting_text(canvas, {x, y}, line.by_map[map], font, size, room, color);
      y += layout.line;
    }
  }
}

void draw_sentence(kit::Canvas& canvas, const Context& context) {
  const ReceptiveMap& map = context.stack.maps[context.focus.map];
  const ReceptiveMap& input = context.stack.maps.front();
  const ReceptiveMap& last = context.stack.maps.back();
  const bool flat =
      is_flat(context.stack) && session::scene_of(context.session).layers.front().one_dimensional;
  std::string text;
  if (context.focus.map > 0) {
    // A transposed convolution's cells see fields of different sizes.
    const bool uneven = std::ranges::any_of(
        std::span(context.stack.specs).first(context.focus.map),
        [](const conv::LayerSpec& spec) { return conv::operator_of(spec.op).transposed(); });
    text = canvas.locale.text(uneven ? "stage.field_sees_at_most" : "stage.field_sees",
                              {{"layer", static_cast<std::int64_t>(context.focus.map)},
                               {"name", name_of(context, context.focus.map)},
                               {"field", size_text(map.field.size.h, map.field.size.w, flat)},
                               {"input", size_text(input.shape.h, input.shape.w, flat)},
                               {"jump", numbers_text(map.field.jump_y, map.field.jump_x, flat)}});
  } else {
    std::int64_t cells = 0;
    for (const conv::CellRect& region : context.regions.by_map.back()) {
      cells += region.y.size() * region.x.size();
    }
    text = canvas.locale.text("stage.field_seen_by",
                              {{"count", cells},
                               {"total", last.shape.h * last.shape.w},
                               {"name", name_of(context, context.stack.maps.size() - 1)}});
  }
  const Rect& area = context.layout.words;
  const float size = context.layout.text_size * 1.2F;
  const float width = std::max(canvas.metrics.width(text, Font::kSans, size), 1.0F);
  canvas.text({area.x, area.center().y + size * 0.36F}, text, Font::kSans,
              size * std::min(1.0F, area.w / width), canvas.palette.text);
}

}  // namespace convscope::picture::receptive_field
