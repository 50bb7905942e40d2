// The results of `run`, and the two ways to print them.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "core/conv/analysis/step.h"
#include "core/conv/explain.h"
#include "core/derive/derived.h"
#include "core/lesson/locale.h"
#include "core/session/session.h"

namespace convscope::cli {

using ArrayShape = std::vector<std::int64_t>;

// A layer of the scene, printed on one line.
struct LayerLine {
  std::string op;    // its name in lesson files
  std::string code;  // its line of PyTorch
  ArrayShape input;
  ArrayShape output;
  std::optional<conv::Algorithm> algorithm;  // that was used; nullopt for layers without weights
};

// Why a layer is computed as it is (--explain).
struct LayerExplanation {
  std::string code;                          // its line of PyTorch
  std::optional<conv::Algorithm> algorithm;  // that was used; nullopt for layers without weights
  conv::Algorithm wanted = conv::Algorithm::kAuto;
  conv::Explanation of_layer;
};

struct RunReport {
  std::string id;
  std::string title;
  std::string input_name;
  bool one_dimensional = false;
  std::vector<LayerLine> layers;  // of the whole scene
  std::int64_t number = 1;        // of the layer reported below
  derive::LayerResult layer;
  std::optional<conv::Step> step;  // none for the empty map
  session::Granularity depth = session::Granularity::kTerm;
  bool with_output = true;                // print the map as well
  std::vector<std::string> files;         // written by --out
  std::vector<std::string> remarks = {};  // what was assumed or left out of layers as code
  std::vector<LayerExplanation> explanations = {};  // of all layers, if asked for
};

// The shape with the axes that the layer has: a conv1d has no height.
ArrayShape array_shape(const Shape& shape, bool one_dimensional);

// The output's shape; for an unfold (N, C·kh·kw, L), as in PyTorch.
ArrayShape output_array_shape(const conv::LayerSpec& spec, const Shape& output,
                              bool one_dimensional);

// For people: shapes, the output maps as aligned rows, the arithmetic of the step.
void print_report(const RunReport& report, const lesson::Locale& locale, std::ostream& out);
void print_explanations(const RunReport& report, const lesson::Locale& locale, std::ostream& out);
void print_step(const RunReport& report, const lesson::Locale& locale, std::ostream& out);

// For scripts: {"shapes": {"input", "weight", "output"}, "output": nested like the output's shape,
// "algorithm": which computed the map, "step": {"position", "window": {"top", "left", "height",
// "width"}, "products": nested like terms_shape(), "partial_sums", "bias", "value"}}; without
// "weight" and "algorithm" where the layer has no weights. The window is in input cells, negative
// in the padding; of a transposed convolution in cells of its stretched input. Where nothing is
// multiplied the products are the cells, null for one that does not count, "fold" ("max", "mean",
// "copy", "relu") says what became of them, and "divisor" what a mean was divided by. "step" is
// null for the empty map; "remarks" are sentences, if there are any; what is not finite is a string
// ("NaN", "Infinity", "-Infinity"). A scene of several layers has "layer" and "layers" besides;
// with --explain there is "explain": for each layer "chosen", "by", "model" (what the predictions
// would choose) and "candidates" with "predicted_ns" or "why_not", a word of explain.h.
void write_explanations(const RunReport& report, std::ostream& out);
void write_report(const RunReport& report, std::ostream& out);

}  // namespace convscope::cli
