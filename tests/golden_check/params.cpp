#include "tests/golden_check/params.h"

#include <vector>

namespace convscope::golden {

namespace {

using nlohmann::json;
using Sizes = std::vector<std::int64_t>;

void set_padding(conv::LayerSpec& spec, const json& padding) {
  if (padding.is_string()) {
    spec.padding = named<conv::PaddingRule>({{"valid", conv::PaddingRule::kValid},
                                             {"same", conv::PaddingRule::kSame},
                                             {"same_tf", conv::PaddingRule::kSameTf}},
                                            padding.get<std::string>());
  } else {
    spec.padding = conv::PaddingRule::kExplicit;
    spec.pads = pads_of(padding);
  }
}

}  // namespace

conv::Size2 size_of(const json& list, std::int64_t height) {
  const auto sizes = list.get<Sizes>();
  return sizes.size() == 1 ? conv::Size2{height, sizes[0]} : conv::Size2{sizes.at(0), sizes.at(1)};
}

conv::Pads pads_of(const json& list) {
  const auto sizes = list.get<Sizes>();
  return sizes.size() == 2 ? conv::Pads{0, 0, sizes[0], sizes[1]}
                           : conv::Pads{sizes.at(0), sizes.at(1), sizes.at(2), sizes.at(3)};
}

Tensor image(const NpyArray& array) {
  const Sizes& s = array.shape;
  if (s.size() < 3 || s.size() > 4) {
    throw std::runtime_error("An array has neither 3 nor 4 dimensions.");
  }
  const Shape shape = s.size() == 3 ? Shape{s[0], s[1], 1, s[2]} : Shape{s[0], s[1], s[2], s[3]};
  return Tensor(shape, array.values);
}

Tensor image(const Case& golden, const std::string& name) { return image(golden.inputs.at(name)); }

bool is_flat(const Case& golden) { return golden.inputs.at("input").shape.size() == 3; }

Tensor bias_in(const Case& golden) {
  const auto bias = golden.inputs.find("bias");
  return bias == golden.inputs.end() ? Tensor() : tensor_from_npy(bias->second, "bias");
}

NpyArray array_of(const Tensor& tensor, bool flat) {
  const Shape& s = tensor.shape();
  return {flat ? Sizes{s.n, s.c, s.w} : Sizes{s.n, s.c, s.h, s.w},
          {tensor.values().begin(), tensor.values().end()}};
}

conv::LayerSpec conv_spec(const Case& golden) {
  const json& params = golden.params;
  const Shape weight = image(golden, "weight").shape();
  conv::LayerSpec spec;
  spec.groups = params.at("groups");
  spec.in_channels = weight.c * spec.groups;
  spec.out_channels = weight.n;
  spec.kernel_size = {weight.h, weight.w};
  spec.stride = size_of(params.at("stride"), 1);
  spec.dilation = size_of(params.at("dilation"), 1);
  set_padding(spec, params.at("padding"));
  spec.padding_mode = named<conv::PaddingMode>({{"zeros", conv::PaddingMode::kZeros},
                                                {"reflect", conv::PaddingMode::kReflect},
                                                {"replicate", conv::PaddingMode::kReplicate},
                                                {"circular", conv::PaddingMode::kCircular}},
                                               params.at("padding_mode"));
  spec.bias = golden.inputs.contains("bias");
  const Tensor bias = bias_in(golden);
  if (!bias.empty() && bias.shape().count() != weight.n) {
    throw std::runtime_error("The bias does not have one number per filter.");
  }
  return spec;
}

conv::LayerSpec transpose_spec(const Case& golden) {
  const json& params = golden.params;
  const Shape weight = image(golden, "weight").shape();
  conv::LayerSpec spec{.op = conv::Op::kConvTranspose};
  spec.groups = params.at("groups");
  spec.in_channels = weight.n;
  spec.out_channels = weight.c * spec.groups;
  spec.kernel_size = {weight.h, weight.w};
  spec.stride = size_of(params.at("stride"), 1);
  spec.dilation = size_of(params.at("dilation"), 1);
  spec.output_padding = size_of(params.at("output_padding"), 0);
  const conv::Size2 padding = size_of(params.at("padding"), 0);
  spec.padding = conv::PaddingRule::kExplicit;
  spec.pads = {padding.h, padding.h, padding.w, padding.w};
  spec.bias = golden.inputs.contains("bias");
  return spec;
}

void require_possible(const conv::LayerSpec& spec, const Tensor& input) {
  if (const auto found = conv::problems(spec, input.shape()); !found.empty()) {
    throw std::runtime_error("The layer is refused: " + found[0].code + ".");
  }
}

}  // namespace convscope::golden
