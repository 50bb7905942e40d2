// What the parts of the coverage view share while one frame is drawn.
#pragma once

#include <cstdint>
#include <optional>

#include "core/conv/operators/operator.h"
#include "core/picture/coverage/counts.h"
#include "core/picture/coverage/layout.h"
#include "core/picture/coverage/moment.h"

namespace convscope::picture::coverage {

// One of the two planes.
struct CoverageSide {
  const kit::Plane& plane;
  const Hue& hue;
  session::TensorRole role = session::TensorRole::kInput;
  CoverageCounts counts;    // as they stand
  CoverageCounts all;       // when everything is counted
  std::int64_t lowest = 0;  // of `all`
  std::int64_t highest = 0;
  std::int64_t revealed = -1;  // only the first so many cells have a count; -1: all

  bool shows(std::int64_t y, std::int64_t x) const {
    return revealed < 0 || y * plane.w + x < revealed;
  }
};

struct Context {
  const session::Session& session;
  const derive::LayerResult& layer;
  const CoverageMoment& moment;
  const Layout& layout;
  CoverageSide input;
  CoverageSide output;

  bool transposed() const { return conv::operator_of(layer.spec.op).transposed(); }
  // The plane that the layer is about: what a window reads; of a transposed convolution what the
  // stamps make.
  const CoverageSide& main() const { return transposed() ? output : input; }
  bool one_dimensional() const { return session::layer_of(session).one_dimensional; }
};

// coverage_planes.cpp: cells coloured by their counts, rings, what is never read; the numbers.
void draw_planes(kit::Canvas& canvas, const Context& context);
void draw_numbers(kit::Canvas& canvas, const Context& context);
// The main plane's scale is the brighter one.
ColorScale count_scale(const Context& context, const CoverageSide& side, const Palette& palette);

// coverage_marks.cpp: the window and its output cell (or a cell and its stamp), what is pointed at.
void draw_links(kit::Canvas& canvas, const Context& context);
void draw_marks(kit::Canvas& canvas, const Context& context);
// The cell of one of the planes under the pointer.
std::optional<session::Target> pointed_at(const Context& context);

// coverage_words.cpp: captions, the scale with its numbers of cells, sentences.
void draw_labels(kit::Canvas& canvas, const Context& context);

}  // namespace convscope::picture::coverage
