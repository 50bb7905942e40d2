// A setting: the numbers and tensors in a question's formulas, read from a scene.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/conv/analysis/step.h"
#include "core/conv/layer_spec.h"
#include "core/lesson/lesson.h"
#include "core/quiz/setting/draw.h"
#include "core/quiz/setting/values.h"
#include "core/tensor/tensor.h"

namespace convscope::quiz {

// A cell of the map of a scene's first layer.
struct Spot {
  std::int64_t filter = 0;
  std::int64_t y = 0;
  std::int64_t x = 0;

  bool operator==(const Spot&) const = default;
};

struct Setting {
  lesson::Scene scene;  // accepted by `run`, to check the answer
  Spot spot;
  Values values;
  // For its first layer.
  conv::LayerSpec spec;  // fitted
  Tensor input;          // X
  Tensor weight;         // Wt
  Tensor bias;           // B, or empty
  Shape output;
  Tensor map;    // Y, if a formula needs it
  Tensor error;  // the error map of the training's first step, if a formula needs it

  // The number with this name.
  double operator[](std::string_view name) const { return values.number(name); }
};

// The scene with only its first layer, if that is of this op and has one group. The spot is clamped
// to the map. Narration, reference map and training are dropped.
std::optional<Setting> read_layer(const lesson::Scene& scene, const Spot& spot, conv::Op op);
// A convolution without flip.
std::optional<Setting> read_conv(const lesson::Scene& scene, const Spot& spot);

// Whether its numbers suit calculation by hand: few, and multiples of a quarter.
bool is_by_hand(const Setting& setting);

// The settings of one axis, if both are alike; a signal has only one.
struct Axis {
  std::int64_t i = 1;
  std::int64_t k = 1;
  std::int64_t s = 1;
  std::int64_t p = 0;
  std::int64_t d = 1;
  std::int64_t o = 1;
};
// nullopt if the axes, or the paddings at their ends, differ.
std::optional<Axis> common_axis(const Setting& setting);

// Adds "i", "k", "s" and "p".
void put_axis(Setting& setting, const Axis& axis);
// Adds "f", "y" and "x".
void put_spot(Setting& setting);
// Adds an integer.
void put(Setting& setting, std::string_view name, std::int64_t value);

// The computation of the spot's cell.
conv::Step step_of(const Setting& setting);

// The bias of the spot's filter; 0 without one.
double spot_bias(const Setting& setting);

}  // namespace convscope::quiz
