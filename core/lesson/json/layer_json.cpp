#include "core/lesson/json/layer_json.h"

#include <string>
#include <string_view>
#include <vector>

#include "core/lesson/enum_names.h"
#include "core/lesson/json/spec_json.h"
#include "core/lesson/json/tensor_json.h"
#include "core/lesson/layer_code.h"
#include "core/lesson/limits.h"

namespace convscope::lesson {
namespace {

std::string text_of(const Shape& shape, bool one_dimensional) {
  const std::string channels = std::to_string(shape.n) + ", " + std::to_string(shape.c) + ", ";
  const std::string height = one_dimensional ? "" : std::to_string(shape.h) + ", ";
  return "(" + channels + height + std::to_string(shape.w) + ")";
}

// Settings that follow from the weight may be omitted; if given, they must agree with it.
conv::LayerSpec spec_of_weight(const JsonAt& at, const Layer& layer) {
  const Shape& weight = layer.weight.base.shape();
  const bool transposed = conv::operator_of(layer.spec.op).transposed();
  conv::LayerSpec told;
  told.op = layer.spec.op;
  if (const auto groups = at.find("groups")) {
    told.groups = groups->integer(1, kMaxWeights);
  }
  told.in_channels = transposed ? weight.n : weight.c * told.groups;
  told.out_channels = transposed ? weight.c * told.groups : weight.n;
  told.kernel_size = {weight.h, weight.w};
  const conv::LayerSpec spec = parse_spec(at, layer.one_dimensional, told);
  for (const auto& [key, agrees] :
       {std::pair{"in_channels", spec.in_channels == told.in_channels},
        std::pair{"out_channels", spec.out_channels == told.out_channels},
        std::pair{"kernel_size", spec.kernel_size == told.kernel_size}}) {
    if (!agrees) {
      at.get(key).fail("weight_disagrees",
                       {{"setting", key}, {"shape", text_of(weight, layer.one_dimensional)}});
    }
  }
  return spec;
}

// A layer without weights has to give its kernel size; the stride of PyTorch's pools defaults to
// it.
conv::LayerSpec spec_of_window(const JsonAt& at, const Layer& layer, const Shape& input) {
  conv::LayerSpec told;
  told.op = layer.spec.op;
  const conv::Operator& op = conv::operator_of(told.op);
  if (op.reads(conv::Setting::kKernelSize)) {
    at.get("kernel_size");
    const conv::LayerSpec sized = parse_spec(at, layer.one_dimensional, told);
    told.kernel_size = sized.kernel_size;
    if (op.stride_is_kernel) {
      told.stride = sized.kernel_size;
    }
  }
  return conv::fitted(parse_spec(at, layer.one_dimensional, told), input);
}

void parse_operands(const JsonAt& at, TensorPool& pool, Layer& layer) {
  const bool signal = layer.one_dimensional;
  const JsonAt weight = at.get("weight");
  layer.weight = parse_tensor(weight, signal ? TensorLayout::kSignal : TensorLayout::kPlanes, pool);
  if (signal && layer.weight.base.shape().h != 1) {
    weight.fail("tensor_rank", {{"rank", 4}, {"low", 1}, {"high", 3}});
  }
  layer.spec = spec_of_weight(at, layer);
  const auto bias = at.find("bias");
  if (!bias) {
    return;
  }
  layer.bias = parse_tensor(*bias, TensorLayout::kVector, pool);
  layer.spec.bias = true;
  const Shape expected = {1, 1, 1, layer.spec.out_channels};
  if (layer.bias.base.shape() != expected) {
    bias->fail("bias_disagrees",
               {{"expected", expected.w}, {"found", layer.bias.base.shape().count()}});
  }
}

// All layers of a scene have the same number of dimensions: a signal (N, C, L) has no rows that a
// conv2d could slide along, and PyTorch's Unfold accepts planes only. The other layers accept both.
void check_dimensions(const JsonAt& at, const OpWord& op, bool signal) {
  if (!conv::operator_of(op.op).any_dimensions() && op.one_dimensional != signal) {
    at.get("op").fail(signal ? "layer_needs_planes" : "layer_needs_signal",
                      {{"op", at.get("op").text()}});
  }
}

}  // namespace

std::vector<std::string_view> layer_keys(const OpWord& word) {
  const conv::Operator& op = conv::operator_of(word.op);
  std::vector<std::string_view> keys = {"op", "name"};
  for (const conv::Setting setting : op.settings_read(word.one_dimensional)) {
    keys.push_back(conv::name_of(setting));
  }
  if (op.weight != conv::WeightLayout::kNone) {
    keys.push_back("weight");
  }
  return keys;
}

Layer parse_layer(const JsonAt& at, const Shape& input, bool signal, TensorPool& pool,
                  std::int64_t& kept) {
  at.members();
  const OpWord op = at.get("op").choice(kOps);
  at.allow_only(layer_keys(op));
  check_dimensions(at, op, signal);
  Layer layer;
  layer.spec.op = op.op;
  layer.one_dimensional = signal;
  if (const auto name = at.find("name")) {
    layer.name = name->text();
  }
  if (conv::has_weight(op.op)) {
    parse_operands(at, pool, layer);
  } else {
    layer.spec = spec_of_window(at, layer, input);
  }
  for (const Problem& problem : layer_problems(layer.spec, input, kept)) {
    const auto setting = at.find(problem.field);
    (setting ? *setting : at).fail(problem.code, problem.values);
  }
  return layer;
}

void write_layer(JsonWriter& json, const Layer& layer) {
  const TensorLayout layout = layer.one_dimensional ? TensorLayout::kSignal : TensorLayout::kPlanes;
  json.begin_object();
  json.key("op");
  json.text(op_word(layer));
  if (!layer.name.empty()) {
    json.key("name");
    json.text(layer.name);
  }
  write_spec(json, layer.spec, layer.one_dimensional, /*all=*/false);
  if (conv::has_weight(layer.spec.op)) {
    json.key("weight");
    json.begin_object();
    write_tensor(json, layer.weight, layout);
    json.end_object();
  }
  if (conv::has_weight(layer.spec.op) && layer.spec.bias) {
    json.key("bias");
    json.begin_object();
    write_tensor(json, layer.bias, TensorLayout::kVector);
    json.end_object();
  }
  json.end_object();
}

}  // namespace convscope::lesson
