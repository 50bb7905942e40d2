#include "tests/golden_check/ops.h"

#include <map>
#include <stdexcept>

#include "core/conv/conv2d.h"

namespace convscope::golden {

namespace {

using nlohmann::json;
using Sizes = std::vector<std::int64_t>;

// A list by axis, height first; one axis is the width of an image one row high.
Size2 size_of(const json& list, std::int64_t height) {
  const auto sizes = list.get<Sizes>();
  return sizes.size() == 1 ? Size2{height, sizes[0]} : Size2{sizes.at(0), sizes.at(1)};
}

Pads pads_of(const json& list) {
  const auto sizes = list.get<Sizes>();
  return sizes.size() == 2 ? Pads{0, 0, sizes[0], sizes[1]}
                           : Pads{sizes.at(0), sizes.at(1), sizes.at(2), sizes.at(3)};
}

template <typename Value>
Value named(const std::map<std::string, Value>& table, const std::string& name) {
  const auto found = table.find(name);
  if (found == table.end()) {
    throw std::runtime_error("\"" + name + "\" is not known.");
  }
  return found->second;
}

void set_padding(Conv2dSpec& spec, const json& padding) {
  if (padding.is_string()) {
    spec.padding = named<PaddingRule>({{"valid", PaddingRule::kValid},
                                       {"same", PaddingRule::kSame},
                                       {"same_tf", PaddingRule::kSameTf}},
                                      padding.get<std::string>());
  } else {
    spec.padding = PaddingRule::kExplicit;
    spec.pads = pads_of(padding);
  }
}

// (N, C, L) is (N, C, 1, L); (N, C, H, W) stays.
Tensor image(const NpyArray& array) {
  const Sizes& s = array.shape;
  if (s.size() < 3 || s.size() > 4) {
    throw std::runtime_error("An array has neither 3 nor 4 dimensions.");
  }
  const Shape shape = s.size() == 3 ? Shape{s[0], s[1], 1, s[2]} : Shape{s[0], s[1], s[2], s[3]};
  return Tensor(shape, array.values);
}

struct Layer {
  Conv2dSpec spec;
  Tensor input;
  Tensor weight;
  Tensor bias;
};

Layer layer_of(const Case& golden) {
  Layer layer;
  layer.input = image(golden.inputs.at("input"));
  layer.weight = image(golden.inputs.at("weight"));
  if (const auto bias = golden.inputs.find("bias"); bias != golden.inputs.end()) {
    layer.bias = tensor_from_npy(bias->second, "bias");
    layer.spec.bias = true;
  }
  const json& params = golden.params;
  const Shape weight = layer.weight.shape();
  if (!layer.bias.empty() && layer.bias.shape().count() != weight.n) {
    throw std::runtime_error("The bias does not have one number per filter.");
  }
  layer.spec.groups = params.at("groups");
  layer.spec.in_channels = weight.c * layer.spec.groups;
  layer.spec.out_channels = weight.n;
  layer.spec.kernel_size = {weight.h, weight.w};
  layer.spec.stride = size_of(params.at("stride"), 1);
  layer.spec.dilation = size_of(params.at("dilation"), 1);
  set_padding(layer.spec, params.at("padding"));
  layer.spec.padding_mode = named<PaddingMode>({{"zeros", PaddingMode::kZeros},
                                                {"reflect", PaddingMode::kReflect},
                                                {"replicate", PaddingMode::kReplicate},
                                                {"circular", PaddingMode::kCircular}},
                                               params.at("padding_mode"));
  return layer;
}

NpyArray array_of(const Tensor& tensor, bool one_dimension) {
  const Shape& s = tensor.shape();
  return {one_dimension ? Sizes{s.n, s.c, s.w} : Sizes{s.n, s.c, s.h, s.w},
          {tensor.values().begin(), tensor.values().end()}};
}

std::vector<Answer> convolution(const Case& golden) {
  const Layer layer = layer_of(golden);
  if (const auto found = problems(layer.spec, layer.input.shape()); !found.empty()) {
    throw std::runtime_error("The layer is refused: " + found[0].code + ".");
  }
  if (resolved_pads(layer.spec, layer.input.shape()) != pads_of(golden.params.at("pads"))) {
    throw std::runtime_error("The padding differs from the manifest's pads.");
  }
  const bool flat = golden.inputs.at("input").shape.size() == 3;
  const auto& [spec, input, weight, bias] = layer;
  return {{"conv2d", array_of(conv2d(input, weight, bias, spec), flat)},
          {"conv2d_reference", array_of(conv2d_reference(input, weight, bias, spec), flat)}};
}

// Rows of size, kernel, stride, dilation -> rows of padding before, after, output size.
std::vector<Answer> same_tf_table(const Case& golden) {
  const NpyArray& table = golden.inputs.at("table");
  if (table.shape.size() != 2 || table.shape[1] != 4) {
    throw std::runtime_error("The table does not have four columns.");
  }
  NpyArray result{{table.shape[0], 3}, {}};
  for (std::size_t row = 0; row + 3 < table.values.size(); row += 4) {
    const auto number = [&](std::size_t column) {
      return static_cast<std::int64_t>(table.values[row + column]);
    };
    Conv2dSpec spec;
    spec.kernel_size = {1, number(1)};
    spec.stride = {1, number(2)};
    spec.dilation = {1, number(3)};
    spec.padding = PaddingRule::kSameTf;
    const Shape input = {1, 1, 1, number(0)};
    const Pads pads = resolved_pads(spec, input);
    for (const std::int64_t value : {pads.left, pads.right, output_shape(spec, input).w}) {
      result.values.push_back(static_cast<float>(value));
    }
  }
  return {{"same_tf", std::move(result)}};
}

}  // namespace

Op find_op(const std::string& name) {
  static const std::map<std::string, Op> kOps = {
      {"conv1d", convolution},
      {"conv2d", convolution},
      {"same_tf_table", same_tf_table},
  };
  const auto found = kOps.find(name);
  return found == kOps.end() ? Op() : found->second;
}

}  // namespace convscope::golden
