// Scenes for questions that no lesson's scene answers to.
#pragma once

#include <cstdint>

#include "core/lesson/lesson.h"
#include "core/quiz/draw.h"
#include "core/quiz/setting.h"

namespace convscope::quiz {

struct Drawn {
  Scene scene;
  Spot spot;
};

// The sizes of a convolution, square where not said otherwise, and the range of its numbers.
struct ConvSizes {
  std::int64_t n = 1;
  std::int64_t c = 1;
  std::int64_t filters = 1;
  std::int64_t h = 5;
  std::int64_t w = 5;
  std::int64_t kh = 3;
  std::int64_t kw = 3;
  std::int64_t stride = 1;
  std::int64_t padding = 0;
  std::int64_t dilation = 1;
  bool bias = false;
  std::int64_t low = -3;
  std::int64_t high = 3;
  Op op = Op::kConv;  // or kConvTranspose
};

TensorRef inline_tensor(const Tensor& values);

// A layer of these sizes with drawn numbers.
Layer drawn_layer(const ConvSizes& sizes, Draw& draw);
// A convolution of this weight.
Layer conv_layer(const Tensor& weight, std::int64_t stride = 1, std::int64_t padding = 0);
Layer pool_layer(Op op, std::int64_t kernel, std::int64_t stride);

Scene scene_of(const Tensor& input, Layer layer);
// A scene of these sizes with drawn numbers.
Scene drawn_conv(const ConvSizes& sizes, Draw& draw);
// Whether its layers can run.
bool can_run(const Scene& scene);
// A random cell of its first map.
Spot drawn_spot(const Scene& scene, Draw& draw);

}  // namespace convscope::quiz
