// Layers without weights, and the table of TensorFlow's SAME.
#include <stdexcept>
#include <utility>

#include "core/conv/forward.h"
#include "tests/golden_check/families.h"
#include "tests/golden_check/params.h"

namespace convscope::golden {

namespace {

conv::LayerSpec window_spec(conv::Op op, const nlohmann::json& params) {
  conv::LayerSpec spec{.op = op};
  spec.kernel_size = size_of(params.at("kernel"), 1);
  spec.stride = size_of(params.at("stride"), 1);
  const conv::Size2 padding = size_of(params.at("padding"), 0);
  spec.padding = conv::PaddingRule::kExplicit;
  spec.pads = {padding.h, padding.h, padding.w, padding.w};
  return spec;
}

std::vector<Answer> both_ways(const Case& golden, const conv::LayerSpec& spec) {
  const Tensor input = image(golden, "input");
  require_possible(spec, input);
  const bool flat = is_flat(golden);
  return {{"forward", array_of(conv::forward(input, Tensor(), Tensor(), spec), flat)},
          {"step_at", array_of(by_steps(input, Tensor(), Tensor(), spec), flat)}};
}

}  // namespace

std::vector<Answer> max_pool(const Case& golden) {
  conv::LayerSpec spec = window_spec(conv::Op::kMaxPool, golden.params);
  spec.dilation = size_of(golden.params.at("dilation"), 1);
  spec.ceil_mode = golden.params.at("ceil_mode");
  return both_ways(golden, spec);
}

std::vector<Answer> avg_pool(const Case& golden) {
  conv::LayerSpec spec = window_spec(conv::Op::kAvgPool, golden.params);
  spec.ceil_mode = golden.params.at("ceil_mode");
  spec.count_include_pad = golden.params.at("count_include_pad");
  spec.divisor_override = golden.params.value("divisor_override", 0);
  return both_ways(golden, spec);
}

// Elementwise, so that it works for any number of dimensions: as one row.
std::vector<Answer> rectified(const Case& golden) {
  const NpyArray& array = golden.inputs.at("input");
  const auto count = static_cast<std::int64_t>(array.values.size());
  const Tensor row({1, 1, 1, count}, array.values);
  const conv::LayerSpec spec{.op = conv::Op::kRelu};
  require_possible(spec, row);
  const auto answer = [&](const char* how, const Tensor& map) {
    return Answer{how, {array.shape, {map.values().begin(), map.values().end()}}};
  };
  return {answer("forward", conv::forward(row, Tensor(), Tensor(), spec)),
          answer("step_at", by_steps(row, Tensor(), Tensor(), spec))};
}

std::vector<Answer> unfolded(const Case& golden) {
  conv::LayerSpec spec = window_spec(conv::Op::kUnfold, golden.params);
  spec.dilation = size_of(golden.params.at("dilation"), 1);
  std::vector<Answer> answers = both_ways(golden, spec);
  for (Answer& answer : answers) {  // (N, C·kh·kw, OH, OW) -> (N, C·kh·kw, L)
    auto& shape = answer.array.shape;
    shape = {shape[0], shape[1], shape[2] * shape[3]};
  }
  return answers;
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
    conv::LayerSpec spec;
    spec.kernel_size = {1, number(1)};
    spec.stride = {1, number(2)};
    spec.dilation = {1, number(3)};
    spec.padding = conv::PaddingRule::kSameTf;
    const Shape input = {1, 1, 1, number(0)};
    const conv::Pads pads = conv::resolved_pads(spec, input);
    for (const std::int64_t value : {pads.left, pads.right, conv::output_shape(spec, input).w}) {
      result.values.push_back(static_cast<float>(value));
    }
  }
  return {{"same_tf", std::move(result)}};
}

}  // namespace convscope::golden
