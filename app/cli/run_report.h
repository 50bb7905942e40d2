// What `run` found out, and the two ways to print it.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "core/conv/analysis/step.h"
#include "core/derive/derived.h"
#include "core/lesson/locale.h"
#include "core/session/session.h"

namespace convscope::cli {

using ArrayShape = std::vector<std::int64_t>;

// One layer of the scene, in a line.
struct LayerLine {
  std::string op;    // as a lesson file calls it
  std::string code;  // as PyTorch does
  ArrayShape input;
  ArrayShape output;
  std::optional<conv::Algorithm> algorithm;  // that computed it; none without weights
};

struct RunReport {
  std::string id;
  std::string title;
  std::string input_name;
  bool one_dimensional = false;
  std::vector<LayerLine> layers;  // all of the scene's
  std::int64_t number = 1;        // of the layer that the rest is about
  derive::LayerResult layer;
  std::optional<conv::Step> step;  // none for the empty map
  session::Granularity depth = session::Granularity::kTerm;
  bool with_output = true;         // whether the map is printed
  std::vector<std::string> files;  // that were written
};

// As this kind of layer counts its axes: a conv1d has no height.
ArrayShape array_shape(const Shape& shape, bool one_dimensional);

// The same for the output of `spec`: PyTorch's unfold gives (N, C·kh·kw, L).
ArrayShape output_array_shape(const conv::LayerSpec& spec, const Shape& output,
                              bool one_dimensional);

// How the terms of a step lie: (C/groups, kh, kw), for a window without weights (1, kh, kw), and
// (1, 1, 1) where a value is made of one cell.
Shape terms_shape(const conv::LayerSpec& spec);

// For people: shapes, the output maps as aligned rows, the arithmetic of the step.
void print_report(const RunReport& report, const lesson::Locale& locale, std::ostream& out);
void print_step(const RunReport& report, const lesson::Locale& locale, std::ostream& out);

// For scripts: {"shapes": {"input", "weight", "output"}, "output": nested like the output's shape,
// "algorithm": that computed the map, "step": {"position", "window": {"top", "left", "height",
// "width"}, "products": nested like terms_shape(), "partial_sums", "bias", "value"}}; without
// "weight" and "algorithm" where the layer has no weights. The window is in input cells, negative
// in the padding; of a transposed convolution in cells of its stretched input. Where nothing is
// multiplied the products are the cells, null for one that does not count, "fold" ("max", "mean",
// "copy", "relu") says what became of them, and "divisor" what a mean was divided by. "step" is
// null for the empty map; what is not finite is a string ("NaN", "Infinity", "-Infinity"). A scene
// of several layers has "layer" and "layers" besides.
void write_report(const RunReport& report, std::ostream& out);

}  // namespace convscope::cli
