// ONNX, opset 13: https://onnx.ai/onnx/repo-docs/IR.html has the messages and their fields.
#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "core/code/literals.h"
#include "core/code/protobuf.h"
#include "core/code/writers.h"
#include "core/conv/analysis/flipped.h"
#include "core/conv/padding.h"

namespace convscope::code {
namespace {

constexpr std::int64_t kIrVersion = 7;
constexpr std::int64_t kOpset = 13;
enum DataType : std::int64_t { kFloat = 1, kInt64 = 7 };
enum AttributeType : std::int64_t { kIntAttribute = 2, kStringAttribute = 3, kIntsAttribute = 7 };

using Integers = std::vector<std::int64_t>;

class Node {
 public:
  Node(const char* op, const std::string& name) { add(4, op), add(3, name); }
  void input(const std::string& name) { add(1, name); }
  void output(const std::string& name) { add(2, name); }
  void integer(const char* name, std::int64_t value) {
    Message attribute;
    attribute.bytes(1, name);
    attribute.integer(3, value);
    attribute.integer(20, kIntAttribute);
    message_.message(5, attribute);
  }
  void integers(const char* name, const Integers& values) {
    Message attribute;
    attribute.bytes(1, name);
    for (const std::int64_t value : values) {
      attribute.integer(8, value);
    }
    attribute.integer(20, kIntsAttribute);
    message_.message(5, attribute);
  }
  void word(const char* name, const char* value) {
    Message attribute;
    attribute.bytes(1, name);
    attribute.bytes(4, value);
    attribute.integer(20, kStringAttribute);
    message_.message(5, attribute);
  }
  const Message& message() const { return message_; }

 private:
  void add(int field, std::string_view text) { message_.bytes(field, text); }

  Message message_;
};

// A graph under way: nodes, constants, and the name of the newest value.
class Graph {
 public:
  explicit Graph(const Plan& plan) : value_(plan.input_name) {}

  const std::string& value() const { return value_; }

  void constant(const std::string& name, const Integers& dims, std::span<const float> values) {
    tensor(name, dims, kFloat, Message::raw(values));
  }
  void constant(const std::string& name, const Integers& values) {
    tensor(name, {static_cast<std::int64_t>(values.size())}, kInt64, Message::raw(values));
  }
  // Takes the newest value, and makes `result` the newest.
  Node begin(const char* op, const std::string& result) {
    Node node(op, result);
    node.input(value_);
    value_ = result;
    return node;
  }
  void end(Node node) {
    node.output(value_);
    nodes_.push_back(std::move(node));
  }

  std::vector<Node> nodes_;
  std::vector<Message> constants_;

 private:
  void tensor(const std::string& name, const Integers& dims, DataType type,
              const std::string& raw) {
    Message tensor;
    for (const std::int64_t dim : dims) {
      tensor.integer(1, dim);
    }
    tensor.integer(2, type);
    tensor.bytes(8, name);
    tensor.bytes(9, raw);
    constants_.push_back(std::move(tensor));
  }

  std::string value_;
};

Integers of_axes(const conv::Size2& size, bool line) {
  return line ? Integers{size.w} : Integers{size.h, size.w};
}

// Begins, then ends.
Integers pads_attribute(const conv::Pads& pads, bool line) {
  return line ? Integers{pads.left, pads.right}
              : Integers{pads.top, pads.left, pads.bottom, pads.right};
}

void pad(Graph& graph, const PlannedLayer& layer, const conv::Pads& pads, float value,
         const char* mode = "constant") {
  if (pads == conv::Pads{}) {
    return;
  }
  const std::string amounts = layer.name + "_pads";
  const std::string filling = layer.name + "_pad_value";
  const Integers all = layer.line()
                           ? Integers{0, 0, pads.left, 0, 0, pads.right}
                           : Integers{0, 0, pads.top, pads.left, 0, 0, pads.bottom, pads.right};
  graph.constant(amounts, all);
  graph.constant(filling, {}, std::span(&value, 1));
  Node node = graph.begin("Pad", layer.name + "_padded");
  node.input(amounts);
  node.input(filling);
  node.word("mode", mode);
  graph.end(std::move(node));
}

// Pad knows no circular mode before opset 19: the cells are gathered axis by axis.
void wrap(Graph& graph, const PlannedLayer& layer) {
  const auto gather = [&](std::int64_t axis, const char* name, std::int64_t before,
                          std::int64_t size, std::int64_t after) {
    Integers places;
    for (std::int64_t i = -before; i < size + after; ++i) {
      places.push_back(*conv::source_index(i, size, conv::PaddingMode::kCircular));
    }
    graph.constant(layer.name + "_" + name, places);
    Node node = graph.begin("Gather", layer.name + "_padded_" + name);
    node.input(layer.name + "_" + name);
    node.integer("axis", axis);
    graph.end(std::move(node));
  };
  const conv::Pads& pads = layer.spec.pads;
  if (!layer.line()) {
    gather(2, "rows", pads.top, layer.input.h, pads.bottom);
  }
  gather(layer.line() ? 2 : 3, "columns", pads.left, layer.input.w, pads.right);
}

void window_attributes(Node& node, const PlannedLayer& layer, const conv::Pads& pads,
                       bool dilated = true) {
  node.integers("kernel_shape", of_axes(layer.spec.kernel_size, layer.line()));
  node.integers("strides", of_axes(layer.spec.stride, layer.line()));
  node.integers("pads", pads_attribute(pads, layer.line()));
  if (dilated) {
    node.integers("dilations", of_axes(layer.spec.dilation, layer.line()));
  }
}

void add_weights(Graph& graph, Node& node, const PlannedLayer& layer) {
  const Tensor weight = layer.spec.flip ? conv::flipped(layer.weight) : layer.weight;
  graph.constant(layer.weight_name, dimensions(weight.shape(), layer.line()), weight.values());
  node.input(layer.weight_name);
  if (!layer.bias.empty()) {
    graph.constant(layer.bias_name, {layer.bias.shape().count()}, layer.bias.values());
    node.input(layer.bias_name);
  }
  node.integer("group", layer.spec.groups);
}

void convolution(Graph& graph, const PlannedLayer& layer, const std::string& result) {
  conv::Pads pads = layer.spec.pads;
  switch (layer.spec.padding_mode) {
    case conv::PaddingMode::kZeros:
      break;
    case conv::PaddingMode::kReflect:
      pad(graph, layer, std::exchange(pads, {}), 0, "reflect");
      break;
    case conv::PaddingMode::kReplicate:
      pad(graph, layer, std::exchange(pads, {}), 0, "edge");
      break;
    case conv::PaddingMode::kCircular:
      wrap(graph, layer);
      pads = {};
      break;
  }
  Node node = graph.begin("Conv", result);
  add_weights(graph, node, layer);
  window_attributes(node, layer, pads);
  graph.end(std::move(node));
}

Tensor with_zeros(const Tensor& weight, const conv::Size2& more) {
  const Shape& from = weight.shape();
  const Shape shape = {from.n, from.c, from.h + more.h, from.w + more.w};
  std::vector<float> values(static_cast<std::size_t>(shape.count()));
  for (std::int64_t row = 0; row < from.n * from.c * from.h; ++row) {
    const Index at = {row / from.h / from.c, row / from.h % from.c, row % from.h, 0};
    const auto cells = weight.values().subspan(static_cast<std::size_t>(row * from.w),
                                               static_cast<std::size_t>(from.w));
    std::ranges::copy(cells, values.begin() + offset_of(shape, at));
  }
  return Tensor(shape, std::move(values));
}

// ONNX Runtime wants output_padding below the stride. A kernel with another tap, which is 0, makes
// the output larger; what is too much of it is cut.
PlannedLayer with_small_output_padding(PlannedLayer layer) {
  conv::LayerSpec& spec = layer.spec;
  conv::Size2 more = {0, 0};
  if (spec.output_padding.h >= spec.stride.h) {
    more.h = 1;
    spec.pads.bottom += spec.dilation.h - std::exchange(spec.output_padding.h, 0);
  }
  if (spec.output_padding.w >= spec.stride.w) {
    more.w = 1;
    spec.pads.right += spec.dilation.w - std::exchange(spec.output_padding.w, 0);
  }
  if (more != conv::Size2{0, 0}) {
    layer.weight = with_zeros(layer.weight, more);
    spec.kernel_size = {spec.kernel_size.h + more.h, spec.kernel_size.w + more.w};
  }
  return layer;
}

void transposed(Graph& graph, const PlannedLayer& any, const std::string& result) {
  const PlannedLayer layer = with_small_output_padding(any);
  Node node = graph.begin("ConvTranspose", result);
  add_weights(graph, node, layer);
  window_attributes(node, layer, layer.spec.pads);
  node.integers("output_padding", of_axes(layer.spec.output_padding, layer.line()));
  graph.end(std::move(node));
}

// Runtimes differ in ceil_mode and in how much padding a pool may have: the cells are laid around
// it by hand.
void max_pool(Graph& graph, const PlannedLayer& layer, const std::string& result) {
  pad(graph, layer, layer.reach_pads(), -std::numeric_limits<float>::infinity());
  Node node = graph.begin("MaxPool", result);
  window_attributes(node, layer, {});
  graph.end(std::move(node));
}

void average_pool(Graph& graph, const PlannedLayer& layer, const std::string& result) {
  const std::int64_t cells = layer.spec.kernel_size.h * layer.spec.kernel_size.w;
  const bool plain = layer.divisor() == cells;
  pad(graph, layer, layer.reach_pads(), 0);
  Node node = graph.begin("AveragePool", plain ? result : layer.name + "_mean");
  window_attributes(node, layer, {}, false);
  graph.end(std::move(node));
  if (plain) {
    return;
  }
  // The mean of all cells, then what it is short of where fewer count.
  std::vector<float> factors;
  const WindowCounts counts = window_counts(layer);
  for (const std::int64_t rows : counts.rows) {
    for (const std::int64_t columns : counts.columns) {
      const std::int64_t divisor =
          layer.spec.divisor_override > 0 ? layer.spec.divisor_override : rows * columns;
      factors.push_back(
          static_cast<float>(static_cast<double>(cells) / static_cast<double>(divisor)));
    }
  }
  const Shape shape = {1, 1, layer.output.h, layer.output.w};
  graph.constant(layer.name + "_factors", dimensions(shape, layer.line()), factors);
  Node factor = graph.begin("Mul", result);
  factor.input(layer.name + "_factors");
  graph.end(std::move(factor));
}

// ONNX has no unfold: a convolution whose filters are 1 at one place each gives the same rows.
void unfold(Graph& graph, const PlannedLayer& layer, const std::string& result) {
  const conv::Size2& kernel = layer.spec.kernel_size;
  const std::int64_t cells = kernel.h * kernel.w;
  const Shape shape = {layer.output.c, 1, kernel.h, kernel.w};
  std::vector<float> ones(static_cast<std::size_t>(shape.count()));
  for (std::int64_t row = 0; row < shape.n; ++row) {
    ones[static_cast<std::size_t>(row * cells + row % cells)] = 1;
  }
  graph.constant(layer.name + "_places", dimensions(shape, false), ones);
  Node node = graph.begin("Conv", layer.last ? layer.name + "_maps" : result);
  node.input(layer.name + "_places");
  node.integer("group", layer.input.c);
  window_attributes(node, layer, layer.spec.pads);
  graph.end(std::move(node));
  if (layer.last) {
    graph.constant(layer.name + "_shape", output_dimensions(layer));
    Node reshape = graph.begin("Reshape", result);
    reshape.input(layer.name + "_shape");
    graph.end(std::move(reshape));
  }
}

void add_layer(Graph& graph, const PlannedLayer& layer) {
  const std::string result = layer.last ? "out" : layer.name + "_out";
  switch (layer.spec.op) {
    case conv::Op::kConv:
      return convolution(graph, layer, result);
    case conv::Op::kConvTranspose:
      return transposed(graph, layer, result);
    case conv::Op::kMaxPool:
      return max_pool(graph, layer, result);
    case conv::Op::kAvgPool:
      return average_pool(graph, layer, result);
    case conv::Op::kRelu:
      return graph.end(graph.begin("Relu", result));
    case conv::Op::kUnfold:
      return unfold(graph, layer, result);
  }
}

Message value_info(const std::string& name, const Integers& dims) {
  Message shape;
  for (const std::int64_t side : dims) {
    Message dim;
    dim.integer(1, side);
    shape.message(1, dim);
  }
  Message tensor;
  tensor.integer(1, kFloat);
  tensor.message(2, shape);
  Message type;
  type.message(1, tensor);
  Message info;
  info.bytes(1, name);
  info.message(2, type);
  return info;
}

Message graph_message(const Plan& plan) {
  Graph graph(plan);
  const Integers input = dimensions(plan.input.shape(), plan.one_dimensional);
  graph.constant(plan.input_name, input, plan.input.values());
  for (const PlannedLayer& layer : plan.layers) {
    add_layer(graph, layer);
  }
  Message message;
  for (const Node& node : graph.nodes_) {
    message.message(1, node.message());
  }
  message.bytes(2, "convscope");
  for (const Message& constant : graph.constants_) {
    message.message(5, constant);
  }
  message.bytes(10, plan.title);
  message.message(11, value_info(plan.input_name, input));
  message.message(12, value_info("out", output_dimensions(plan.layers.back())));
  return message;
}

}  // namespace

std::string onnx_model(const Plan& plan) {
  Message opset;
  opset.integer(2, kOpset);
  Message model;
  model.integer(1, kIrVersion);
  model.bytes(2, "convscope");
  model.message(7, graph_message(plan));
  model.message(8, opset);
  return model.text();
}

}  // namespace convscope::code
