// Random scenes, for questions that fit no lesson's scene.
#pragma once

#include <cstdint>

#include "core/lesson/lesson.h"
#include "core/quiz/setting/draw.h"
#include "core/quiz/setting/setting.h"

namespace convscope::quiz {

struct Drawn {
  lesson::Scene scene;
  Spot spot;
};

// The sizes of a convolution, square unless stated otherwise, and the range of its numbers.
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
  conv::Op op = conv::Op::kConv;  // or kConvTranspose
};

lesson::TensorRef inline_tensor(const Tensor& values);

// A layer of these sizes with random numbers.
lesson::Layer drawn_layer(const ConvSizes& sizes, Draw& draw);
// A convolution with this weight.
lesson::Layer conv_layer(const Tensor& weight, std::int64_t stride = 1, std::int64_t padding = 0);
lesson::Layer pool_layer(conv::Op op, std::int64_t kernel, std::int64_t stride);

lesson::Scene scene_of(const Tensor& input, lesson::Layer layer);
// A scene of these sizes with random numbers.
lesson::Scene drawn_conv(const ConvSizes& sizes, Draw& draw);
// Whether its layers can run.
bool can_run(const lesson::Scene& scene);
// A random cell of its first map.
Spot drawn_spot(const lesson::Scene& scene, Draw& draw);

}  // namespace convscope::quiz
