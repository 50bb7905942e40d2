// A setting: the numbers and tensors that a question's formulas are about, read from a scene.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

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
  lesson::Scene scene;  // what `run` takes to check the answer
  Spot spot;
  Values values;
  // Of its first layer.
  conv::LayerSpec spec;  // fitted
  Tensor input;          // X
  Tensor weight;         // Wt
  Tensor bias;           // B, or empty
  Shape output;
  Tensor map;    // Y, where a formula needs it
  Tensor error;  // the error map of the training's first step, where a formula needs it

  // A number by its name.
  double operator[](std::string_view name) const { return values.number(name); }
};

// The scene's first layer, and only that, if it is of this op with one group. The spot is moved
// into the map. What is told, claimed or trained there is left out.
std::optional<Setting> read_layer(const lesson::Scene& scene, const Spot& spot, conv::Op op);
// A convolution whose kernel is not turned.
std::optional<Setting> read_conv(const lesson::Scene& scene, const Spot& spot);

// Whether its numbers can be worked with by hand: few, and in quarters at most.
bool is_by_hand(const Setting& setting);

// One axis, where both are alike; a signal has only one.
struct Axis {
  std::int64_t i = 1;
  std::int64_t k = 1;
  std::int64_t s = 1;
  std::int64_t p = 0;
  std::int64_t d = 1;
  std::int64_t o = 1;
};
// Nothing where the axes or the paddings of their ends differ.
std::optional<Axis> common_axis(const Setting& setting);

// "i", "k", "s" and "p".
void put_axis(Setting& setting, const Axis& axis);
// "f", "y" and "x".
void put_spot(Setting& setting);
// A whole number by its name.
void put(Setting& setting, std::string_view name, std::int64_t value);

// The bias of the spot's filter; 0 without one.
double spot_bias(const Setting& setting);

}  // namespace convscope::quiz
