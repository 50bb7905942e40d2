#include <nlohmann/json.hpp>
#include <ostream>
#include <span>

#include "app/cli/run/numbers.h"
#include "app/cli/run/run_report.h"

namespace convscope::cli {
namespace {

template <typename Values, typename Write>
void write_list(std::ostream& out, const Values& values, const Write& write) {
  out << '[';
  bool first = true;
  for (const auto& value : values) {
    if (!first) {
      out << ',';
    }
    first = false;
    write(value);
  }
  out << ']';
}

void write_shape(std::ostream& out, const ArrayShape& shape) {
  write_list(out, shape, [&](std::int64_t side) { out << side; });
}

std::string element(float value) { return json_value(value); }
std::string element(const conv::Term& term) {
  return term.counted ? json_value(term.product) : "null";
}

// `values` as nested lists of this shape.
template <typename Number>
void write_nested(std::ostream& out, std::span<const std::int64_t> shape,
                  std::span<const Number> values) {
  if (shape.size() <= 1) {
    write_list(out, values, [&](const Number& value) { out << element(value); });
    return;
  }
  const std::size_t stride = shape[0] > 0 ? values.size() / static_cast<std::size_t>(shape[0]) : 0;
  out << '[';
  for (std::size_t i = 0; i < static_cast<std::size_t>(shape[0]); ++i) {
    out << (i > 0 ? "," : "");
    write_nested(out, shape.subspan(1), values.subspan(i * stride, stride));
  }
  out << ']';
}

void write_products(std::ostream& out, const RunReport& report) {
  ArrayShape shape = array_shape(conv::terms_shape(report.layer.spec), report.one_dimensional);
  shape.erase(shape.begin());
  write_nested<conv::Term>(out, shape, report.step->terms);
}

// How a layer without weights combines the cells of its window.
void write_fold(std::ostream& out, const conv::Step& step) {
  switch (step.fold) {
    case conv::Fold::kSum:
      return;
    case conv::Fold::kMax:
      out << ", \"fold\": \"max\"";
      return;
    case conv::Fold::kMean:
      out << ", \"fold\": \"mean\", \"divisor\": " << json_value(step.divisor);
      return;
    case conv::Fold::kCopy:
      out << ", \"fold\": \"copy\"";
      return;
    case conv::Fold::kRelu:
      out << ", \"fold\": \"relu\"";
      return;
    case conv::Fold::kExpression:
      out << ", \"fold\": \"" << step.expression << '"';
      for (const conv::Statistic& statistic : step.statistics) {
        out << ", \"" << statistic.name << "\": " << json_value(statistic.value);
      }
      return;
  }
}

void write_step(std::ostream& out, const RunReport& report) {
  if (!report.step) {
    out << "null";
    return;
  }
  const conv::Step& step = *report.step;
  out << "{\"position\": " << step.position << ", \"window\": {\"top\": " << step.window_y
      << ", \"left\": " << step.window_x << ", \"height\": " << step.window.h
      << ", \"width\": " << step.window.w << "}, \"products\": ";
  write_products(out, report);
  out << ", \"partial_sums\": ";
  write_list(out, step.partial_sums, [&](double sum) { out << json_value(sum); });
  write_fold(out, step);
  // As in the output: rounded once, to float.
  out << ", \"bias\": " << json_value(static_cast<float>(step.bias))
      << ", \"value\": " << json_value(static_cast<float>(step.value)) << "}";
}

// "algorithm": "gemm", for layers with weights.
void write_algorithm(std::ostream& out, const char* separator,
                     const std::optional<conv::Algorithm>& algorithm) {
  if (algorithm) {
    out << separator << "\"algorithm\": \"" << conv::name_of(*algorithm) << "\"";
  }
}

void write_layers(std::ostream& out, const RunReport& report) {
  out << ",\n \"layer\": " << report.number << ",\n \"layers\": ";
  write_list(out, report.layers, [&](const LayerLine& layer) {
    out << "{\"op\": \"" << layer.op << "\", \"input\": ";
    write_shape(out, layer.input);
    out << ", \"output\": ";
    write_shape(out, layer.output);
    write_algorithm(out, ", ", layer.algorithm);
    out << "}";
  });
}

}  // namespace

void write_report(const RunReport& report, std::ostream& out) {
  const derive::LayerResult& layer = report.layer;
  out << "{\"shapes\": {\"input\": ";
  write_shape(out, array_shape(layer.input.shape(), report.one_dimensional));
  if (conv::has_weight(layer.spec.op)) {
    out << ", \"weight\": ";
    write_shape(out, array_shape(layer.weight.shape(), report.one_dimensional));
  }
  out << ", \"output\": ";
  const ArrayShape output_shape =
      output_array_shape(layer.spec, layer.output_shape, report.one_dimensional);
  write_shape(out, output_shape);
  out << "}";
  write_algorithm(out, ",\n ", layer.algorithm);
  if (report.layers.size() > 1) {
    write_layers(out, report);
  }
  write_explanations(report, out);
  if (!report.remarks.empty()) {
    out << ",\n \"remarks\": " << nlohmann::json(report.remarks).dump();
  }
  if (report.with_output) {
    out << ",\n \"output\": ";
    write_nested<float>(out, output_shape, layer.output.values());
  }
  out << ",\n \"step\": ";
  write_step(out, report);
  out << "}\n";
}

}  // namespace convscope::cli
