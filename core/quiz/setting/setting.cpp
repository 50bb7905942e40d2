#include "core/quiz/setting/setting.h"

#include <algorithm>
#include <cmath>

namespace convscope::quiz {
namespace {

bool is_signal(const Setting& setting) { return setting.scene.layers.front().one_dimensional; }

bool are_short(const Tensor& tensor) {
  constexpr float kLargest = 999;
  return std::ranges::all_of(tensor.values(), [](float value) {
    return std::abs(value) <= kLargest && value * 4 == std::trunc(value * 4);
  });
}

// The scene with only its first layer, and nothing that gives an answer away.
lesson::Scene bare(const lesson::Scene& scene) {
  lesson::Scene one;
  one.input_name = scene.input_name;
  one.input = scene.input;
  one.colors = scene.colors;
  one.layers = {scene.layers.front()};
  one.view = scene.view == lesson::View::kDescent ? lesson::View::kFlat : scene.view;
  one.transposed_as = scene.transposed_as;
  return one;
}

}  // namespace

std::optional<Setting> read_layer(const lesson::Scene& scene, const Spot& spot, conv::Op op) {
  if (scene.layers.empty() || scene.layers.front().spec.op != op) {
    return std::nullopt;
  }
  const lesson::Layer& layer = scene.layers.front();
  if (conv::has_weight(op) && layer.spec.groups != 1) {
    return std::nullopt;
  }
  Setting setting;
  setting.scene = bare(scene);
  setting.input = scene.input.tensor();
  setting.spec = conv::fitted(layer.spec, setting.input.shape());
  setting.weight = layer.weight.tensor();
  setting.bias = layer.bias.tensor();
  setting.output = conv::output_shape(layer.spec, setting.input.shape());
  const auto inside = [](std::int64_t value, std::int64_t size) {
    return std::clamp<std::int64_t>(value, 0, size - 1);
  };
  setting.spot = {inside(spot.filter, setting.output.c), inside(spot.y, setting.output.h),
                  inside(spot.x, setting.output.w)};
  return setting;
}

std::optional<Setting> read_conv(const lesson::Scene& scene, const Spot& spot) {
  auto setting = read_layer(scene, spot, conv::Op::kConv);
  return setting && !setting->spec.flip ? setting : std::nullopt;
}

bool is_by_hand(const Setting& setting) {
  constexpr std::int64_t kMostCells = 5000;
  return setting.input.shape().count() <= kMostCells &&
         setting.weight.shape().count() <= kMostCells && are_short(setting.input) &&
         are_short(setting.weight) && are_short(setting.bias);
}

std::optional<Axis> common_axis(const Setting& setting) {
  const conv::LayerSpec& spec = setting.spec;
  const Shape& input = setting.input.shape();
  const conv::Pads pads = conv::resolved_pads(spec, input);
  const Axis rows = {input.h,  spec.kernel_size.h, spec.stride.h,
                     pads.top, spec.dilation.h,    setting.output.h};
  const Axis columns = {input.w,   spec.kernel_size.w, spec.stride.w,
                        pads.left, spec.dilation.w,    setting.output.w};
  const bool alike = rows.i == columns.i && rows.k == columns.k && rows.s == columns.s &&
                     rows.p == columns.p && rows.d == columns.d && pads.top == pads.bottom &&
                     spec.output_padding.h == spec.output_padding.w;
  const bool fits = pads.left == pads.right && (is_signal(setting) || alike);
  return fits ? std::optional(columns) : std::nullopt;
}

void put(Setting& setting, std::string_view name, std::int64_t value) {
  setting.values.put(name, static_cast<double>(value));
}

void put_axis(Setting& setting, const Axis& axis) {
  put(setting, "i", axis.i);
  put(setting, "k", axis.k);
  put(setting, "s", axis.s);
  put(setting, "p", axis.p);
}

void put_spot(Setting& setting) {
  put(setting, "f", setting.spot.filter);
  put(setting, "y", setting.spot.y);
  put(setting, "x", setting.spot.x);
}

conv::Step step_of(const Setting& s) {
  return conv::step_at(s.input, s.weight, s.bias, s.spec,
                       conv::position_of(s.output, {0, s.spot.filter, s.spot.y, s.spot.x}));
}

double spot_bias(const Setting& setting) {
  return setting.bias.empty() ? 0.0 : setting.bias.at({0, 0, 0, setting.spot.filter});
}

}  // namespace convscope::quiz
