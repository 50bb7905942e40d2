// Where the descent view puts things: two rows of planes, each a convolution and then a
// subtraction, sums below, the loss curve at the foot.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/derive/derived.h"
#include "core/picture/compose.h"
#include "core/picture/kit/plane.h"

namespace convscope::picture::descent {

// The planes in their order: six columns, the upper row first. The upper row ends in the loss.
enum class DescentPlane {
  kInput,
  kWeight,
  kPrediction,
  kTarget,
  kError,
  kSlid,    // the input again, under the sliding error
  kScaled,  // 2/count · error
  kGradient,
  kStep,  // what is subtracted from the weight
  kAfter,
  kGoal,  // the filter to be found
};
inline constexpr std::size_t kDescentPlanes = 11;

// Whether a plane is a map (of the layer's input or output), not a slice of a filter.
bool is_map(DescentPlane plane);
bool is_input(DescentPlane plane);

// What a layout depends on besides the layer.
struct DescentContent {
  bool goal = true;  // there is a filter to be found
  float header = 0;  // its height in pixels
  float text_scale = 1;
};

// A small plane below a large one: another filter's or channel's.
struct SmallPlane {
  kit::Plane plane;
  std::int64_t n = 0;
  std::int64_t c = 0;
};

// Which slice of the tensors the large planes show.
struct DescentSlice {
  std::int64_t batch = 0;
  std::int64_t filter = 0;
  std::int64_t channel = 0;  // within the filter's group
};

struct Layout {
  Rect header;
  Rect main;  // both rows
  std::array<kit::Plane, kDescentPlanes> planes;
  std::array<std::vector<SmallPlane>, kDescentPlanes> others;
  Rect loss;  // behind the error
  Rect sums;
  Rect status;
  Rect curve;
  float gap = 0;           // between columns
  float bias_line = 0;     // below a plane and its small ones; 0: no bias
  float caption_size = 0;  // pixels per em
  bool pixels = false;     // cells are too small for numbers

  const kit::Plane& plane(DescentPlane which) const {
    return planes[static_cast<std::size_t>(which)];
  }
};

// How large words may be on this canvas.
float descent_text_scale(const Viewport& viewport, float wanted);

Layout lay_out(const derive::LayerResult& layer, const DescentSlice& slice,
               const DescentContent& content, const session::Camera& camera,
               const Viewport& viewport);

}  // namespace convscope::picture::descent
