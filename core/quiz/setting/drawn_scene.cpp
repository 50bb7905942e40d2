#include "core/quiz/setting/drawn_scene.h"

#include <utility>

namespace convscope::quiz {
namespace {

void set_padding(conv::LayerSpec& spec, std::int64_t padding) {
  if (padding > 0) {
    spec.padding = conv::PaddingRule::kExplicit;
    spec.pads = {padding, padding, padding, padding};
  }
}

}  // namespace

lesson::TensorRef inline_tensor(const Tensor& values) {
  return {lesson::InlineSource{}, values, {}};
}

lesson::Layer drawn_layer(const ConvSizes& sizes, Draw& draw) {
  lesson::Layer layer;
  const bool transposed = sizes.op == conv::Op::kConvTranspose;
  layer.name = transposed ? "up" : "conv";
  layer.spec.op = sizes.op;
  layer.spec.in_channels = sizes.c;
  layer.spec.out_channels = sizes.filters;
  layer.spec.kernel_size = {sizes.kh, sizes.kw};
  layer.spec.stride = {sizes.stride, sizes.stride};
  layer.spec.dilation = {sizes.dilation, sizes.dilation};
  layer.spec.bias = sizes.bias;
  set_padding(layer.spec, sizes.padding);
  layer.weight =
      inline_tensor(draw.integers(conv::weight_shape(layer.spec), sizes.low, sizes.high));
  if (sizes.bias) {
    layer.bias = inline_tensor(draw.integers({1, 1, 1, sizes.filters}, -3, 3));
  }
  return layer;
}

lesson::Layer conv_layer(const Tensor& weight, std::int64_t stride, std::int64_t padding) {
  lesson::Layer layer;
  layer.name = "conv";
  layer.spec.in_channels = weight.shape().c;
  layer.spec.out_channels = weight.shape().n;
  layer.spec.kernel_size = {weight.shape().h, weight.shape().w};
  layer.spec.stride = {stride, stride};
  set_padding(layer.spec, padding);
  layer.weight = inline_tensor(weight);
  return layer;
}

lesson::Layer pool_layer(conv::Op op, std::int64_t kernel, std::int64_t stride) {
  lesson::Layer layer;
  layer.name = "pool";
  layer.spec.op = op;
  layer.spec.kernel_size = {kernel, kernel};
  layer.spec.stride = {stride, stride};
  return layer;
}

lesson::Scene scene_of(const Tensor& input, lesson::Layer layer) {
  lesson::Scene scene;
  scene.input = inline_tensor(input);
  scene.layers = {std::move(layer)};
  return scene;
}

lesson::Scene drawn_conv(const ConvSizes& sizes, Draw& draw) {
  const Tensor input = draw.integers({sizes.n, sizes.c, sizes.h, sizes.w}, sizes.low, sizes.high);
  return scene_of(input, drawn_layer(sizes, draw));
}

bool can_run(const lesson::Scene& scene) {
  Shape shape = scene.input.base.shape();
  for (const lesson::Layer& layer : scene.layers) {
    if (!conv::problems(layer.spec, shape).empty()) {
      return false;
    }
    shape = conv::output_shape(layer.spec, shape);
  }
  return !scene.layers.empty();
}

Spot drawn_spot(const lesson::Scene& scene, Draw& draw) {
  const Shape map = conv::output_shape(scene.layers.front().spec, scene.input.base.shape());
  return {draw.between(0, map.c - 1), draw.between(0, map.h - 1), draw.between(0, map.w - 1)};
}

}  // namespace convscope::quiz
