// What `run` found out, and the two ways to print it.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "core/conv/step.h"
#include "core/lesson/derived.h"
#include "core/lesson/locale.h"
#include "core/lesson/session.h"

namespace convscope {

struct RunReport {
  std::string id;
  std::string title;
  std::string input_name;
  bool one_dimensional = false;
  LayerResult layer;
  std::optional<Step> step;  // none for the empty map
  Granularity depth = Granularity::kTerm;
  bool with_output = true;         // whether the map is printed
  std::vector<std::string> files;  // that were written
};

// As this kind of layer counts its axes: a conv1d has no height.
std::vector<std::int64_t> array_shape(const Shape& shape, bool one_dimensional);

// For people: shapes, the output maps as aligned rows, the arithmetic of the step.
void print_report(const RunReport& report, const Locale& locale, std::ostream& out);

// For scripts: {"shapes": {"input", "weight", "output"}, "output": nested like the output's shape,
// "step": {"position", "window": {"top", "left", "height", "width"}, "products": (C/groups, kh,
// kw), "partial_sums", "bias", "value"}}. The window is in input cells, negative in the padding;
// "step" is null for the empty map; what is not finite is a string ("NaN", "Infinity",
// "-Infinity").
void write_report(const RunReport& report, std::ostream& out);

}  // namespace convscope
