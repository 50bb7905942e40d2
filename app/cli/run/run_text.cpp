#include <algorithm>
#include <ostream>
#include <utility>

#include "app/cli/run/numbers.h"
#include "app/cli/run/run_report.h"
#include "app/cli/table.h"
#include "core/conv/operators/operator.h"

namespace convscope::cli {
namespace {

// Larger maps are abridged to their edges.
constexpr std::int64_t kMostColumns = 32;
constexpr std::int64_t kMostRows = 64;
constexpr std::int64_t kEdge = 4;
constexpr std::int64_t kMostMaps = 16;

constexpr int kMapDigits = 6;
constexpr std::int64_t kGap = -1;

// 0 .. count-1, or only both ends with a gap between them.
std::vector<std::int64_t> shown(std::int64_t count, std::int64_t most) {
  std::vector<std::int64_t> indices;
  for (std::int64_t i = 0; i < count; ++i) {
    if (count > most && i == kEdge) {
      indices.push_back(kGap);
      i = count - kEdge;
    }
    indices.push_back(i);
  }
  return indices;
}

std::string shape_text(const ArrayShape& shape) {
  std::string text;
  for (const std::int64_t side : shape) {
    text += (text.empty() ? "(" : ", ") + std::to_string(side);
  }
  return text + ")";
}

// The layers of a scene with several; ">" marks the one reported below.
void print_layers(const RunReport& report, std::ostream& out) {
  TextRows rows;
  for (std::size_t i = 0; i < report.layers.size(); ++i) {
    const LayerLine& layer = report.layers[i];
    const auto number = static_cast<std::int64_t>(i) + 1;
    std::vector<std::string>& row = rows.emplace_back();
    row = {(number == report.number ? "> " : "  ") + std::to_string(number), layer.code,
           shape_text(layer.input) + " -> " + shape_text(layer.output)};
    if (layer.algorithm) {
      row.emplace_back(conv::name_of(*layer.algorithm));
    }
  }
  print_listed(rows, "", out);
  out << "\n";
}

void print_shapes(const RunReport& report, std::ostream& out) {
  const derive::LayerResult& layer = report.layer;
  const bool flat = report.one_dimensional;
  TextRows rows = {{report.number == 1 ? report.input_name : "x",
                    shape_text(array_shape(layer.input.shape(), flat))}};
  if (conv::has_weight(layer.spec.op)) {
    rows.push_back({"weight", shape_text(array_shape(layer.weight.shape(), flat))});
  }
  if (!layer.bias.empty()) {
    rows.push_back({"bias", shape_text({layer.bias.shape().w})});
  }
  rows.push_back({"out", shape_text(output_array_shape(layer.spec, layer.output_shape, flat))});
  if (layer.algorithm) {
    rows.push_back({"algorithm", std::string(conv::name_of(*layer.algorithm))});
  }
  print_listed(rows, "  ", out);
}

void print_map(const Tensor& output, std::int64_t n, std::int64_t c, std::ostream& out) {
  TextRows rows;
  for (const std::int64_t y : shown(output.shape().h, kMostRows)) {
    std::vector<std::string>& row = rows.emplace_back();
    for (const std::int64_t x : shown(output.shape().w, kMostColumns)) {
      const bool gap = x == kGap || y == kGap;
      row.push_back(gap ? "..." : readable_number(output.at({n, c, y, x}), kMapDigits));
    }
  }
  print_aligned(rows, "  ", "  ", out);
}

// The output's maps; for unfold a matrix with a column per window.
void print_maps(const RunReport& report, const lesson::Locale& locale, std::ostream& out) {
  const bool unfold = conv::operator_of(report.layer.spec.op).unfolds;
  const Shape all = report.layer.output_shape;
  const Shape shape = unfold ? Shape{all.n, 1, all.c, all.h * all.w} : all;
  const Tensor maps(shape,
                    {report.layer.output.values().begin(), report.layer.output.values().end()});
  const std::string slice = report.one_dimensional ? ",:]" : ",:,:]";
  const std::int64_t count = shape.n * shape.c;
  for (std::int64_t i = 0; i < std::min(count, kMostMaps); ++i) {
    const Index at = {i / shape.c, i % shape.c, 0, 0};
    const std::string map = unfold ? "" : "," + std::to_string(at.c);
    out << "\nout[" << at.n << map << slice << "\n";
    print_map(maps, at.n, at.c, out);
  }
  if (count > kMostMaps) {
    out << "\n" << locale.text("cli.more_maps", {{"count", count - kMostMaps}}) << "\n";
  }
}

}  // namespace

void print_report(const RunReport& report, const lesson::Locale& locale, std::ostream& out) {
  out << report.title << " (" << report.id << ")\n";
  for (const std::string& remark : report.remarks) {
    out << remark << "\n";
  }
  print_explanations(report, locale, out);
  if (report.layers.size() > 1) {
    print_layers(report, out);
  }
  print_shapes(report, out);
  if (report.with_output) {
    print_maps(report, locale, out);
  }
  if (report.step) {
    print_step(report, locale, out);
  }
  for (const std::string& file : report.files) {
    out << locale.text("cli.wrote", {{"file", file}}) << "\n";
  }
}

}  // namespace convscope::cli
