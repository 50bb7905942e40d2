// What the views of a sliding window start from, other than the flat one: the moment, what is lit,
// the stage tensors, and the bands of the stage: words on top, the sum at its foot, the view
// between.
#pragma once

#include <optional>

#include "core/derive/derived.h"
#include "core/picture/compose.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/kit/plane.h"
#include "core/picture/step/highlight.h"
#include "core/picture/step/moment.h"

namespace convscope::picture::step {

struct WindowScene {
  const session::Session& session;
  const derive::LayerResult& layer;
  const Moment& moment;
  Highlight lit = {};
  lesson::InputColors look = lesson::InputColors::kSigned;
  Rect header = {};
  Rect main = {};
  Rect bar = {};
  float caption_size = 0;  // pixels per em
  float label_size = 0;

  const conv::Step& step() const { return moment.step; }
  const conv::LayerSpec& spec() const { return layer.equivalent.spec; }
  const Tensor& input() const { return layer.equivalent.input; }
  const Tensor& weight() const { return layer.equivalent.weight; }
  bool one_dimensional() const { return session::layer_of(session).one_dimensional; }
  // Channels of the input that one filter reads, and the first of them.
  std::int64_t channels() const { return input().shape().c / spec().groups; }
  std::int64_t first_channel() const {
    return step().output_at.c / (layer.output_shape.c / spec().groups) * channels();
  }
  bool weighted() const { return conv::has_weight(spec().op); }
  // Of the stage input, where nothing is cut off.
  conv::Pads pads() const;
  // Whether three channels look like one picture.
  bool is_rgb() const { return look == lesson::InputColors::kRgb && input().shape().c == 3; }
  // Whether the map has so many cells that it is a picture, shown whole from the start.
  bool map_at_once() const { return layer.output_shape.h * layer.output_shape.w > kit::kMostCells; }
  // The name of the input in code, with its shape.
  const std::string& input_name() const;
};

// `moment` is the layer's, and outlives the scene. Sets the brush's text scale.
WindowScene window_scene(kit::Canvas& canvas, const session::Session& session,
                         const derive::LayerResult& layer, const Moment& moment,
                         const Viewport& viewport);

// Title, narration and the sum. Returns where the sum's result stands.
Rect draw_scene_words(kit::Canvas& canvas, const WindowScene& scene);

// The cell of the document that a stage cell shows; nothing for an inserted zero.
std::optional<session::Target> input_target(const WindowScene& scene, const Index& stage);
session::Target weight_target(const WindowScene& scene, const Index& stage);

}  // namespace convscope::picture::step
